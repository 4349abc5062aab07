namespace Phala.Crypto.Curve25519.FourLane;

/// <summary>Powers of four field elements at a time. Constant time: the exponents are fixed.</summary>
internal static class FieldRoots4
{
    /// <summary>z^((p − 5)/8) = z^(2^252 − 3) in every lane, by the chain of <see cref="FieldRoots"/>.</summary>
    internal static FieldElement4 Pow22523(in FieldElement4 z)
    {
        FieldMultiplication4.Square(z, out FieldElement4 z2);
        FieldElement4 z9 = SquareTimesThenMultiply(z2, 2, z);
        FieldMultiplication4.Multiply(z9, z2, out FieldElement4 z11);
        FieldElement4 to5 = SquareTimesThenMultiply(z11, 1, z9); // z^(2^5 − 1), and so on
        FieldElement4 to10 = SquareTimesThenMultiply(to5, 5, to5);
        FieldElement4 to20 = SquareTimesThenMultiply(to10, 10, to10);
        FieldElement4 to40 = SquareTimesThenMultiply(to20, 20, to20);
        FieldElement4 to50 = SquareTimesThenMultiply(to40, 10, to10);
        FieldElement4 to100 = SquareTimesThenMultiply(to50, 50, to50);
        FieldElement4 to200 = SquareTimesThenMultiply(to100, 100, to100);
        FieldElement4 to250 = SquareTimesThenMultiply(to200, 50, to50);
        return SquareTimesThenMultiply(to250, 2, z);
    }

    private static FieldElement4 SquareTimesThenMultiply(in FieldElement4 value, int count, in FieldElement4 factor)
    {
        FieldMultiplication4.SquareTimes(value, count, out FieldElement4 power);
        FieldMultiplication4.Multiply(power, factor, out power);
        return power;
    }
}
