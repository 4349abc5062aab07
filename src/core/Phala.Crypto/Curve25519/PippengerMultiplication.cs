using System.Buffers;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// Pippenger's method: for each window of the scalars, points go into the bucket of their digit, and Σ digit · bucket costs two additions per bucket.
/// Variable time.
/// </summary>
internal static class PippengerMultiplication
{
    internal static EdwardsPoint MultiplyVartime<TArithmetic, TSum, TTerm>(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        int count = scalars.Length;
        int width = WindowWidth(count);
        int windows = ScalarRecoding.SignedRadixDigits(width);
        short[] digits = ArrayPool<short>.Shared.Rent(count * windows);
        TTerm[] terms = ArrayPool<TTerm>.Shared.Rent(count);
        TSum[] buckets = ArrayPool<TSum>.Shared.Rent(1 << (width - 1));
        for (int i = 0; i < count; i++)
        {
            ScalarRecoding.SignedRadix(scalars[i], width, digits.AsSpan(i * windows, windows));
            terms[i] = TArithmetic.Prepare(TArithmetic.FromExtended(points[i]));
        }

        TSum sum = TArithmetic.FromExtended(EdwardsPoint.Identity);
        Span<TSum> own = buckets.AsSpan(0, 1 << (width - 1));
        for (int window = windows - 1; window >= 0; window--)
        {
            TArithmetic.Double(ref sum, width);
            own.Fill(TArithmetic.FromExtended(EdwardsPoint.Identity));
            Distribute<TArithmetic, TSum, TTerm>(terms.AsSpan(0, count), digits.AsSpan(window), windows, own);
            TArithmetic.Add(ref sum, TArithmetic.Prepare(WeightedSum<TArithmetic, TSum, TTerm>(own)));
        }

        ArrayPool<TSum>.Shared.Return(buckets);
        ArrayPool<TTerm>.Shared.Return(terms);
        ArrayPool<short>.Shared.Return(digits);
        return TArithmetic.ToExtended(sum);
    }

    /// <summary>Balances additions to buckets (count per window, the cost of one each) and of buckets (2^width per window, of one and a half each).</summary>
    internal static int WindowWidth(int count) => count switch
    {
        < 500 => 6,
        < 1100 => 7,
        < 2600 => 8,
        < 6000 => 9,
        < 13500 => 10,
        _ => 11,
    };

    /// <summary>Bucket d − 1 gets the points with digit d, and minus those with digit −d; a point's digit is every <paramref name="stride"/>-th.</summary>
    private static void Distribute<TArithmetic, TSum, TTerm>(ReadOnlySpan<TTerm> terms, ReadOnlySpan<short> digits, int stride, Span<TSum> buckets)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        for (int i = 0; i < terms.Length; i++)
        {
            int digit = digits[i * stride];
            if (digit > 0) TArithmetic.Add(ref buckets[digit - 1], terms[i]);
            else if (digit < 0) TArithmetic.Subtract(ref buckets[-digit - 1], terms[i]);
        }
    }

    /// <summary>Σ (k + 1) · bucket_k, by sums of sums from the highest down.</summary>
    private static TSum WeightedSum<TArithmetic, TSum, TTerm>(ReadOnlySpan<TSum> buckets)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        TSum running = buckets[^1];
        TSum sum = running;
        for (int i = buckets.Length - 2; i >= 0; i--)
        {
            TArithmetic.Add(ref running, TArithmetic.Prepare(buckets[i]));
            TArithmetic.Add(ref sum, TArithmetic.Prepare(running));
        }

        return sum;
    }
}
