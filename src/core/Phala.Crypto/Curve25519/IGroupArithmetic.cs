namespace Phala.Crypto.Curve25519;

/// <summary>
/// What the multiplications need of edwards25519, in the two forms there are: <see cref="PortableArithmetic"/> and
/// <see cref="FourLane.FourLaneArithmetic"/>. <typeparamref name="TSum"/> is a running sum, <typeparamref name="TTerm"/> a point prepared to be added.
/// All of it is constant time.
/// </summary>
internal interface IGroupArithmetic<TSum, TTerm>
    where TSum : unmanaged
    where TTerm : unmanaged
{
    /// <summary>B's multiples (k + 1) 256^i B in 32 rows of 8.</summary>
    static abstract ReadOnlySpan<TTerm> BaseRadix256 { get; }

    /// <summary>B's odd multiples B, 3 B, … 127 B.</summary>
    static abstract ReadOnlySpan<TTerm> BaseOddMultiples { get; }

    static abstract TSum FromExtended(in EdwardsPoint point);

    static abstract EdwardsPoint ToExtended(in TSum sum);

    static abstract TTerm Prepare(in TSum sum);

    static abstract void Double(ref TSum sum, int times);

    static abstract void Add(ref TSum sum, in TTerm term);

    static abstract void Subtract(ref TSum sum, in TTerm term);

    /// <summary>digit · P from P, 2 P, … 8 P, −8 ≤ digit ≤ 8, reading every entry.</summary>
    static abstract void Lookup(ReadOnlySpan<TTerm> multiples, int digit, out TTerm term);
}
