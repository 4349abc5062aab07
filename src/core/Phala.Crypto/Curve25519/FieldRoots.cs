namespace Phala.Crypto.Curve25519;

/// <summary>Inverses and square roots: powers with fixed exponents, so constant time like the multiplications they are made of.</summary>
internal static class FieldRoots
{
    /// <summary>1/z = z^(p − 2); zero for zero.</summary>
    internal static FieldElement Invert(in FieldElement z)
    {
        FieldElement power = PowTwoTo250MinusOne(z, out FieldElement z11);
        return power.SquareTimes(5) * z11;
    }

    /// <summary>z^((p − 5)/8) = z^(2^252 − 3).</summary>
    internal static FieldElement Pow22523(in FieldElement z) => PowTwoTo250MinusOne(z, out _).SquareTimes(2) * z;

    /// <summary>
    /// RFC 9496 §4.2, SQRT_RATIO_M1: all ones and +√(u/v) if u/v is a square (also when u is zero), else zero and +√(i u/v), which is zero when v is.
    /// </summary>
    internal static ulong SqrtRatioM1(in FieldElement u, in FieldElement v, out FieldElement root) =>
        SelectRoot(u, v, Pow22523(PowerBase(u, v)), out root);

    /// <summary>u v^7: what <see cref="SqrtRatioM1"/> raises to the power (p − 5)/8.</summary>
    internal static FieldElement PowerBase(in FieldElement u, in FieldElement v)
    {
        FieldElement v3 = v.Square() * v;
        return v3.Square() * v * u;
    }

    /// <summary>
    /// <see cref="SqrtRatioM1"/> from that power: with r = u v³ (u v^7)^((p − 5)/8), r² v is u, −u, i u or −i u, and each is mended or named by a
    /// multiplication with i.
    /// </summary>
    internal static ulong SelectRoot(in FieldElement u, in FieldElement v, in FieldElement power, out FieldElement root)
    {
        FieldElement r = v.Square() * v * u * power;
        FieldElement check = v * r.Square();
        FieldElement minusU = -u;
        ulong isRoot = FieldElement.EqualsMask(check, u);
        ulong isFlipped = FieldElement.EqualsMask(check, minusU);
        ulong isFlippedI = FieldElement.EqualsMask(check, minusU * FieldConstants.SqrtMinusOne);

        FieldElement mended = FieldElement.Select(isFlipped | isFlippedI, r, r * FieldConstants.SqrtMinusOne);
        root = FieldElement.Absolute(mended);
        return isRoot | isFlipped;
    }

    /// <summary>
    /// Inverts all of <paramref name="values"/> in place with one inversion and three multiplications each (Montgomery's trick).
    /// No value may be zero. <paramref name="scratch"/> is as long as <paramref name="values"/>.
    /// </summary>
    internal static void InvertAll(Span<FieldElement> values, Span<FieldElement> scratch)
    {
        FieldElement product = FieldElement.One;
        for (int i = 0; i < values.Length; i++)
        {
            scratch[i] = product;
            product *= values[i];
        }

        FieldElement inverse = Invert(product);
        for (int i = values.Length - 1; i >= 0; i--)
        {
            FieldElement value = values[i];
            values[i] = inverse * scratch[i];
            inverse *= value;
        }
    }

    /// <summary>z^(2^250 − 1), and z^11 on the way.</summary>
    private static FieldElement PowTwoTo250MinusOne(in FieldElement z, out FieldElement z11)
    {
        FieldElement z2 = z.Square();
        FieldElement z9 = z2.SquareTimes(2) * z;
        z11 = z9 * z2;
        FieldElement to5 = z11.Square() * z9; // z^(2^5 − 1), and so on
        FieldElement to10 = to5.SquareTimes(5) * to5;
        FieldElement to20 = to10.SquareTimes(10) * to10;
        FieldElement to40 = to20.SquareTimes(20) * to20;
        FieldElement to50 = to40.SquareTimes(10) * to10;
        FieldElement to100 = to50.SquareTimes(50) * to50;
        FieldElement to200 = to100.SquareTimes(100) * to100;
        return to200.SquareTimes(50) * to50;
    }
}
