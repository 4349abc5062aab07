using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Which contracts.</summary>
public sealed class GetContractInfoRequest : IProtoMessage<GetContractInfoRequest>
{
    /// <summary>Their ids, hexadecimal; none for all.</summary>
    public List<string> Contracts { get; } = [];

    /// <inheritdoc/>
    public static ProtoSchema<GetContractInfoRequest> Schema { get; } = new ProtoSchema<GetContractInfoRequest>()
        .Repeated(1, "contracts", ProtoKinds.Text, message => message.Contracts);
}
