using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What the worker's cluster is.</summary>
public sealed class GetClusterInfoResponse : IProtoMessage<GetClusterInfoResponse>
{
    /// <summary>It; none where the worker executes none.</summary>
    public ClusterInfo? Info { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<GetClusterInfoResponse> Schema { get; } = new ProtoSchema<GetClusterInfoResponse>()
        .Optional(1, "info", new MessageKind<ClusterInfo>(), message => message.Info, (message, value) => message.Info = value);
}
