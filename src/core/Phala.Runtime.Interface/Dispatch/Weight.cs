using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>What executing something costs.</summary>
/// <param name="RefTime">Time on the reference machine in picoseconds.</param>
/// <param name="ProofSize">Bytes of a proof of what is read. A chain on its own limits it loosely.</param>
[Scale("sp_weights::weight_v2::Weight")]
public readonly partial record struct Weight([Compact] ulong RefTime, [Compact] ulong ProofSize)
{
    /// <summary>Nothing.</summary>
    public static Weight Zero => default;

    /// <summary>The sum; the greatest weight where there is none.</summary>
    public static Weight operator +(Weight left, Weight right) => new(Add(left.RefTime, right.RefTime), Add(left.ProofSize, right.ProofSize));

    /// <summary>The difference; zero where it would be less.</summary>
    public static Weight operator -(Weight left, Weight right) =>
        new(left.RefTime - Math.Min(left.RefTime, right.RefTime), left.ProofSize - Math.Min(left.ProofSize, right.ProofSize));

    /// <summary>Whether neither part is above the other's.</summary>
    public bool FitsIn(Weight limit) => RefTime <= limit.RefTime && ProofSize <= limit.ProofSize;

    private static ulong Add(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;
}
