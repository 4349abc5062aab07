namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>The group with a point's four coordinates in four lanes of AVX2 vectors.</summary>
internal readonly struct FourLaneArithmetic : IGroupArithmetic<ParallelPoint, ParallelCachedPoint>
{
    private static readonly ParallelCachedPoint[] Radix256 =
        BaseTable.Prepare<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>(BaseTable.Radix256());

    private static readonly ParallelCachedPoint[] OddMultiples =
        BaseTable.Prepare<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>(BaseTable.OddMultiples());

    /// <summary>Whether this processor can.</summary>
    internal static bool IsSupported => System.Runtime.Intrinsics.X86.Avx2.IsSupported;

    public static ReadOnlySpan<ParallelCachedPoint> BaseRadix256 => Radix256;

    public static ReadOnlySpan<ParallelCachedPoint> BaseOddMultiples => OddMultiples;

    public static ParallelPoint FromExtended(in EdwardsPoint point) => ParallelPoint.From(point);

    public static EdwardsPoint ToExtended(in ParallelPoint sum) => sum.ToExtended();

    public static ParallelCachedPoint Prepare(in ParallelPoint sum) => ParallelCachedPoint.From(sum);

    public static void Double(ref ParallelPoint sum, int times) => sum.Double(times);

    public static void Add(ref ParallelPoint sum, in ParallelCachedPoint term) => sum.Add(term);

    public static void Subtract(ref ParallelPoint sum, in ParallelCachedPoint term) => sum.Add(term.Negate());

    public static void Lookup(ReadOnlySpan<ParallelCachedPoint> multiples, int digit, out ParallelCachedPoint term) =>
        ParallelCachedPoint.Lookup(multiples, digit, out term);
}
