using Phala.Testing;

namespace Phala.Fuzz.Targets.Node;

/// <summary>What the node's interfaces take from strangers.</summary>
public static class NodeTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new RpcMessageTarget(), new RpcParametersTarget(), new RpcMethodTarget(), new SubmissionTarget(), new TransactionTarget(), new WorkerCallTarget(), .. CommandTargets.All,
    ];
}
