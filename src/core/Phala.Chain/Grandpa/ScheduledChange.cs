using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>The next set of authorities.</summary>
/// <param name="NextAuthorities">Its list.</param>
/// <param name="Delay">How many blocks later it takes over. Here only 0 is supported: from the next block on.</param>
[Scale("sp_consensus_grandpa::ScheduledChange")]
public readonly partial record struct ScheduledChange(Vec<GrandpaAuthority> NextAuthorities, uint Delay)
{
    /// <summary>The digest item that announces the change.</summary>
    public DigestItem.Consensus ToDigestItem() =>
        new(EngineId.Grandpa, Vec.Create<byte>(Scale.Encode<GrandpaLog>(new GrandpaLog.Scheduled(this))));
}
