using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>All of an assembly that is generated for.</summary>
/// <param name="Contracts">Its contracts: one, or it is no contract's.</param>
/// <param name="Interfaces">Its interfaces.</param>
/// <param name="Events">Its events.</param>
internal sealed record AssemblyModel(EquatableArray<ContractModel> Contracts, EquatableArray<InterfaceModel> Interfaces, EquatableArray<EventModel> Events)
{
    /// <summary>Everything that is encoded or decoded.</summary>
    internal IEnumerable<TypeModel> Types()
    {
        IEnumerable<MessageModel> messages = [.. Contracts.SelectMany(static contract => contract.Constructors.Concat(contract.Messages)), .. Interfaces.SelectMany(static each => each.Messages)];
        IEnumerable<StoredModel> stored = Contracts.SelectMany(static contract => contract.Stored);
        return messages.SelectMany(static message => message.Parameters.Select(static parameter => parameter.Type))
            .Concat(messages.Select(static message => message.Returns).OfType<TypeModel>())
            .Concat(stored.Select(static each => each.Content))
            .Concat(stored.Select(static each => each.MapKey).OfType<TypeModel>())
            .Concat(Events.SelectMany(static each => each.Fields.Select(static field => field.Type)));
    }
}
