using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Worker.Interface.Queries;

/// <summary>What a client knows when an answer comes: from its query, and from blocks that it verified itself.</summary>
/// <param name="Genesis">The chain.</param>
/// <param name="Cluster">The cluster that was asked.</param>
/// <param name="Session">The signing key of the worker's session, by a proof of the registry.</param>
/// <param name="LeaseEnd">The session's lease, by the same proof.</param>
/// <param name="Request">The query.</param>
/// <param name="Head">The newest block that the client verified.</param>
/// <param name="Anchor">The cluster's anchor under that block, by a proof; none where there is none.</param>
/// <param name="Now">The client's clock in milliseconds since 1970.</param>
/// <param name="LongestAge">How old the answer's view may be, in milliseconds.</param>
/// <param name="RequireAnchored">Whether the chain must have the answer's state.</param>
public sealed record AnswerExpectation(
    Hash256 Genesis,
    Hash256 Cluster,
    Sr25519PublicKey Session,
    uint LeaseEnd,
    QueryRequest Request,
    BlockId Head,
    Option<ClusterAnchor> Anchor,
    ulong Now,
    ulong LongestAge,
    bool RequireAnchored)
{
    /// <summary>How far the client's clock may be behind the chain's, in milliseconds.</summary>
    public const ulong ClockTolerance = 30_000;
}
