using Phala.Crypto.Curve25519.FourLane;

namespace Phala.Crypto.Curve25519;

/// <summary>X25519 (RFC 7748 §5): multiplication on curve25519 with u-coordinates only. Constant time.</summary>
/// <remarks>Trust: any 32 bytes are a valid u-coordinate; for a point of small order the result is all zero, which the caller must reject (RFC 7748 §6.1).</remarks>
internal static class MontgomeryLadder
{
    /// <summary>The length of scalars, u-coordinates and results in bytes.</summary>
    internal const int Size = 32;

    /// <summary>(A − 2)/4 of the curve v² = u³ + A u² + u.</summary>
    internal const ulong A24 = 121665;

    /// <summary>X25519(scalar, u): the scalar is clamped here, u's highest bit is ignored, u need not be canonical.</summary>
    internal static void Multiply(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> u, Span<byte> result)
    {
        Span<byte> clamped = stackalloc byte[Size];
        scalar[..Size].CopyTo(clamped);
        Scalar.Clamp(clamped);
        FieldElement x, z;
        if (FourLaneArithmetic.IsSupported) ParallelLadder.Multiply(clamped, FieldElement.FromBytes(u), out x, out z);
        else Ladder(clamped, FieldElement.FromBytes(u), out x, out z);
        clamped.Clear();
        (x * FieldRoots.Invert(z)).ToBytes(result);
    }

    /// <summary>X25519(scalar, 9), over the Edwards curve's table of the base point.</summary>
    internal static void MultiplyBase(ReadOnlySpan<byte> scalar, Span<byte> result)
    {
        Span<byte> clamped = stackalloc byte[Size];
        scalar[..Size].CopyTo(clamped);
        Scalar.Clamp(clamped);

        // The base point has order l, so the clamped scalar may be reduced.
        EdwardsPoint.MultiplyBase(Scalar.FromBytesModOrder(clamped)).ToMontgomeryU().ToBytes(result);
        clamped.Clear();
    }

    /// <summary>RFC 7748 §5's ladder, from the highest bit down: (x2 : z2) is k P and (x3 : z3) is (k + 1) P for the bits k read so far.</summary>
    internal static void Ladder(ReadOnlySpan<byte> scalar, in FieldElement u, out FieldElement x, out FieldElement z)
    {
        FieldElement x2 = FieldElement.One, z2 = FieldElement.Zero, x3 = u, z3 = FieldElement.One;
        FieldElement a24 = new(A24, 0, 0, 0, 0);
        ulong swapped = 0;
        for (int position = 254; position >= 0; position--)
        {
            ulong bit = 0UL - ((ulong)(scalar[position >> 3] >> (position & 7)) & 1);
            FieldElement.ConditionalSwap(swapped ^ bit, ref x2, ref x3);
            FieldElement.ConditionalSwap(swapped ^ bit, ref z2, ref z3);
            swapped = bit;

            FieldElement a = FieldElement.AddLoose(x2, z2);
            FieldElement b = FieldElement.SubtractLoose(x2, z2);
            FieldElement da = FieldElement.SubtractLoose(x3, z3) * a;
            FieldElement cb = FieldElement.AddLoose(x3, z3) * b;
            FieldElement aa = a.Square();
            FieldElement bb = b.Square();
            FieldElement e = FieldElement.SubtractLoose(aa, bb);
            x3 = FieldElement.AddLoose(da, cb).Square();
            z3 = u * FieldElement.SubtractLoose(da, cb).Square();
            x2 = aa * bb;
            z2 = e * (aa + (a24 * e));
        }

        FieldElement.ConditionalSwap(swapped, ref x2, ref x3);
        FieldElement.ConditionalSwap(swapped, ref z2, ref z3);
        x = x2;
        z = z2;
    }
}
