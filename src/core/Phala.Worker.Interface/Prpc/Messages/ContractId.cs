using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>A contract's id.</summary>
public sealed class ContractId : IProtoMessage<ContractId>
{
    /// <summary>It, hexadecimal.</summary>
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    public static ProtoSchema<ContractId> Schema { get; } = new ProtoSchema<ContractId>()
        .Field(1, "id", ProtoKinds.Text, message => message.Id, (message, value) => message.Id = value);
}
