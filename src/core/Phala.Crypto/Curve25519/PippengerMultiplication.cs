using System.Buffers;

namespace Phala.Crypto.Curve25519;

/// <summary>
/// Pippenger's method: for each window of the scalars, points go into the bucket of their digit, and Σ digit · bucket costs two additions per bucket.
/// Variable time.
/// </summary>
internal static class PippengerMultiplication
{
    internal static EdwardsPoint MultiplyVartime(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points)
    {
        int count = scalars.Length;
        int width = WindowWidth(count);
        int windows = ScalarRecoding.SignedRadixDigits(width);
        short[] digits = ArrayPool<short>.Shared.Rent(count * windows);
        CachedPoint[] cached = ArrayPool<CachedPoint>.Shared.Rent(count);
        EdwardsPoint[] buckets = ArrayPool<EdwardsPoint>.Shared.Rent(1 << (width - 1));
        for (int i = 0; i < count; i++)
        {
            ScalarRecoding.SignedRadix(scalars[i], width, digits.AsSpan(i * windows, windows));
            cached[i] = CachedPoint.From(points[i]);
        }

        EdwardsPoint sum = EdwardsPoint.Identity;
        for (int window = windows - 1; window >= 0; window--)
        {
            for (int i = 0; i < width; i++) sum = sum.Double();
            Span<EdwardsPoint> own = buckets.AsSpan(0, 1 << (width - 1));
            Distribute(cached.AsSpan(0, count), digits, windows, window, own);
            sum += WeightedSum(own);
        }

        ArrayPool<EdwardsPoint>.Shared.Return(buckets);
        ArrayPool<CachedPoint>.Shared.Return(cached);
        ArrayPool<short>.Shared.Return(digits);
        return sum;
    }

    /// <summary>Windows that balance additions to buckets (count per window) and of buckets (2^width per window).</summary>
    internal static int WindowWidth(int count) => count switch
    {
        < 500 => 6,
        < 800 => 7,
        < 3000 => 8,
        < 10000 => 9,
        _ => 10,
    };

    /// <summary>Bucket d − 1 gets the points with digit d, and minus those with digit −d.</summary>
    private static void Distribute(ReadOnlySpan<CachedPoint> points, ReadOnlySpan<short> digits, int windows, int window, Span<EdwardsPoint> buckets)
    {
        buckets.Fill(EdwardsPoint.Identity);
        for (int i = 0; i < points.Length; i++)
        {
            int digit = digits[(i * windows) + window];
            if (digit > 0) buckets[digit - 1] = EdwardsPoint.Add(buckets[digit - 1], points[i]).ToExtended();
            else if (digit < 0) buckets[-digit - 1] = EdwardsPoint.Subtract(buckets[-digit - 1], points[i]).ToExtended();
        }
    }

    /// <summary>Σ (k + 1) · bucket_k, by sums of sums from the highest down.</summary>
    private static EdwardsPoint WeightedSum(ReadOnlySpan<EdwardsPoint> buckets)
    {
        EdwardsPoint running = buckets[^1];
        EdwardsPoint sum = running;
        for (int i = buckets.Length - 2; i >= 0; i--)
        {
            running += buckets[i];
            sum += running;
        }

        return sum;
    }
}
