using Phala.Testing;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>What clusters, their members and their clients read.</summary>
public static class ClusterTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
        [new CommandTarget(), new CommandEnvelopeTarget(), new ContractCallTarget(), new LogRequestTarget(), new QueryBodyTarget(), new AnswerTarget(), new ReceiptFileTarget(), new ClusterSnapshotTarget()];
}
