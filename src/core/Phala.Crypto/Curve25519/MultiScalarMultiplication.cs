namespace Phala.Crypto.Curve25519;

/// <summary>Σ scalar_i · P_i: Straus's shared doublings for few points, Pippenger's buckets for many. Variable time.</summary>
internal static class MultiScalarMultiplication
{
    /// <summary>From this many points on, buckets cost less than a table for each point.</summary>
    private const int PippengerThreshold = 190;

    internal static EdwardsPoint MultiplyVartime(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points)
    {
        if (scalars.Length != points.Length) throw new ArgumentException("One scalar for each point.", nameof(scalars));
        if (scalars.Length == 0) return EdwardsPoint.Identity;
        return scalars.Length < PippengerThreshold
            ? StrausMultiplication.MultiplyVartime(scalars, points)
            : PippengerMultiplication.MultiplyVartime(scalars, points);
    }
}
