namespace Phala.Crypto.Curve25519;

/// <summary>A table of P, 3 P, … 15 P, for scalars in non-adjacent form of width 5. Variable time.</summary>
internal static class OddMultiples
{
    /// <summary>The width of the form.</summary>
    internal const int Width = 5;

    /// <summary>Entries of a table.</summary>
    internal const int Count = 8;

    internal static void Fill<TArithmetic, TSum, TTerm>(in EdwardsPoint point, Span<TTerm> multiples)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        TSum sum = TArithmetic.FromExtended(point);
        multiples[0] = TArithmetic.Prepare(sum);
        TSum doubled = sum;
        TArithmetic.Double(ref doubled, 1);
        TTerm twice = TArithmetic.Prepare(doubled);
        for (int i = 1; i < Count; i++)
        {
            TArithmetic.Add(ref sum, twice);
            multiples[i] = TArithmetic.Prepare(sum);
        }
    }

    /// <summary>sum += digit · P; the digit is odd.</summary>
    internal static void AddDigit<TArithmetic, TSum, TTerm>(ref TSum sum, ReadOnlySpan<TTerm> multiples, int digit)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        if (digit > 0) TArithmetic.Add(ref sum, multiples[digit / 2]);
        else TArithmetic.Subtract(ref sum, multiples[-digit / 2]);
    }
}
