namespace Phala.Crypto.Curve25519;

/// <summary>The group in 64-bit words, for any processor.</summary>
internal readonly struct PortableArithmetic : IGroupArithmetic<EdwardsPoint, CachedPoint>
{
    private static readonly CachedPoint[] Radix256 = BaseTable.Prepare<PortableArithmetic, EdwardsPoint, CachedPoint>(BaseTable.Radix256());

    private static readonly CachedPoint[] OddMultiples = BaseTable.Prepare<PortableArithmetic, EdwardsPoint, CachedPoint>(BaseTable.OddMultiples());

    public static ReadOnlySpan<CachedPoint> BaseRadix256 => Radix256;

    public static ReadOnlySpan<CachedPoint> BaseOddMultiples => OddMultiples;

    public static EdwardsPoint FromExtended(in EdwardsPoint point) => point;

    public static EdwardsPoint ToExtended(in EdwardsPoint sum) => sum;

    public static CachedPoint Prepare(in EdwardsPoint sum) => CachedPoint.From(sum);

    public static void Double(ref EdwardsPoint sum, int times)
    {
        // Doubling reads no T: only the last one computes it.
        ProjectivePoint point = sum.ToProjective();
        for (int i = 1; i < times; i++) point = point.Double().ToProjective();
        sum = point.Double().ToExtended();
    }

    public static void Add(ref EdwardsPoint sum, in CachedPoint term) => sum = EdwardsPoint.Add(sum, term).ToExtended();

    public static void Subtract(ref EdwardsPoint sum, in CachedPoint term) => sum = EdwardsPoint.Subtract(sum, term).ToExtended();

    public static void Lookup(ReadOnlySpan<CachedPoint> multiples, int digit, out CachedPoint term)
    {
        int sign = digit >> 31;
        ulong absolute = (ulong)((digit ^ sign) - sign);
        CachedPoint chosen = CachedPoint.Identity;
        for (int i = 0; i < multiples.Length; i++)
        {
            chosen = CachedPoint.Select(ConstantTime.EqualMask(absolute, (ulong)i + 1), chosen, multiples[i]);
        }

        term = CachedPoint.ConditionalNegate((ulong)(long)sign, chosen);
    }
}
