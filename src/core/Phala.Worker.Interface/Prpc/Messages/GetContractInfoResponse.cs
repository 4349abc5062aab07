using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What they are. Unknown ones are left out.</summary>
public sealed class GetContractInfoResponse : IProtoMessage<GetContractInfoResponse>
{
    /// <summary>They.</summary>
    public List<ContractInfo> Contracts { get; } = [];

    /// <inheritdoc/>
    public static ProtoSchema<GetContractInfoResponse> Schema { get; } = new ProtoSchema<GetContractInfoResponse>()
        .Repeated(1, "contracts", new MessageKind<ContractInfo>(), message => message.Contracts);
}
