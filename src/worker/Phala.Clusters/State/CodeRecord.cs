using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Clusters.State;

/// <summary>Code that was added to a cluster.</summary>
/// <param name="Owner">Who added it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Deposit">What is locked for it, in units of 10⁻¹² PHA.</param>
/// <param name="References">How many contracts run it, or want it kept.</param>
/// <param name="Work">What compiling it counts as, in bytes.</param>
[Scale]
public readonly partial record struct CodeRecord(AccountId Owner, ResourceType Kind, uint Length, UInt128 Deposit, ulong References, uint Work)
{
    /// <summary>How many keys of the state code takes.</summary>
    public const uint Items = 2;
}
