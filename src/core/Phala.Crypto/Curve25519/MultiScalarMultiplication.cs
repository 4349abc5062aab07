using Phala.Crypto.Curve25519.FourLane;

namespace Phala.Crypto.Curve25519;

/// <summary>Σ scalar_i · P_i: Straus's shared doublings for few points, Pippenger's buckets for many. Variable time.</summary>
internal static class MultiScalarMultiplication
{
    /// <summary>From this many points on, buckets cost less than a table for each point.</summary>
    internal const int PippengerThreshold = 180;

    internal static EdwardsPoint MultiplyVartime(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points) => FourLaneArithmetic.IsSupported
        ? MultiplyVartime<FourLaneArithmetic, ParallelPoint, ParallelCachedPoint>(scalars, points)
        : MultiplyVartime<PortableArithmetic, EdwardsPoint, CachedPoint>(scalars, points);

    internal static EdwardsPoint MultiplyVartime<TArithmetic, TSum, TTerm>(ReadOnlySpan<Scalar> scalars, ReadOnlySpan<EdwardsPoint> points)
        where TArithmetic : IGroupArithmetic<TSum, TTerm>
        where TSum : unmanaged
        where TTerm : unmanaged
    {
        if (scalars.Length != points.Length) throw new ArgumentException("One scalar for each point.", nameof(scalars));
        if (scalars.Length == 0) return EdwardsPoint.Identity;
        return scalars.Length < PippengerThreshold
            ? StrausMultiplication.MultiplyVartime<TArithmetic, TSum, TTerm>(scalars, points)
            : PippengerMultiplication.MultiplyVartime<TArithmetic, TSum, TTerm>(scalars, points);
    }
}
