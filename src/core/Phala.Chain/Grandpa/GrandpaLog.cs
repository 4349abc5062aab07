using Phala.Codec;

namespace Phala.Chain.Grandpa;

/// <summary>What a runtime tells GRANDPA in a header.</summary>
[Scale("sp_consensus_grandpa::ConsensusLog")]
public abstract partial record GrandpaLog
{
    private GrandpaLog()
    {
    }

    /// <summary>The set changes so many blocks after this one, once this one is final.</summary>
    [Variant(1, Unnamed = true)]
    public sealed record Scheduled(ScheduledChange Change) : GrandpaLog;

    /// <summary>The set changes whether or not this block is final.</summary>
    [Variant(2, Unnamed = true)]
    public sealed record Forced(uint MedianLastFinalized, ScheduledChange Change) : GrandpaLog;

    /// <summary>An authority should vote no longer. Its votes count all the same.</summary>
    [Variant(3, Unnamed = true)]
    public sealed record OnDisabled(ulong AuthorityIndex) : GrandpaLog;

    /// <summary>Finality pauses after so many blocks.</summary>
    [Variant(4, Unnamed = true)]
    public sealed record Pause(uint Delay) : GrandpaLog;

    /// <summary>Finality resumes after so many blocks.</summary>
    [Variant(5, Unnamed = true)]
    public sealed record Resume(uint Delay) : GrandpaLog;
}
