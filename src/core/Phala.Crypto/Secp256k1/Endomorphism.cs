namespace Phala.Crypto.Secp256k1;

/// <summary>
/// The endomorphism (x, y) → (β·x, y) of the curve, which multiplies a point by λ (Gallant, Lambert and Vanstone 2001): a multiple by 256 bits becomes
/// the sum of two multiples by 128 bits. Variable time, for verification alone.
/// </summary>
/// <remarks>
/// λ³ = 1 modulo n and β³ = 1 modulo p. (a1, b1) and (a2, b2) are the shortest vectors with a + b·λ = 0 modulo n, and a1 = b2 = 0x3086d221a7d46bcde86c90e49284eb15.
/// </remarks>
internal static class Endomorphism
{
    /// <summary>β.</summary>
    public static FieldElement Beta => FieldElement.FromWords(0xC1396C28719501EE, 0x9CF0497512F58995, 0x6E64479EAC3434E9, 0x7AE96A2B657C0710);

    /// <summary>λ.</summary>
    public static Scalar Lambda => new(0xDF02967C1B23BD72, 0x122E22EA20816678, 0xA5261C028812645A, 0x5363AD4CC05C30E0);

    /// <summary>-b1.</summary>
    private static Scalar MinusB1 => new(0x6F547FA90ABFE4C3, 0xE4437ED6010E8828, 0, 0);

    /// <summary>-b2 modulo n.</summary>
    private static Scalar MinusB2 => new(0xD765CDA83DB1562C, 0x8A280AC50774346D, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF);

    /// <summary>b2·2^384/n, rounded.</summary>
    private static Scalar ScaledB2 => new(0xE893209A45DBB031, 0x3DAA8A1471E8CA7F, 0xE86C90E49284EB15, 0x3086D221A7D46BCD);

    /// <summary>-b1·2^384/n, rounded.</summary>
    private static Scalar ScaledMinusB1 => new(0x1571B4AE8AC47F71, 0x221208AC9DF506C6, 0x6F547FA90ABFE4C4, 0xE4437ED6010E8828);

    /// <summary>Writes a scalar as first + second·λ with numbers of at most 128 bits.</summary>
    public static void Split(in Scalar scalar, out SignedScalar first, out SignedScalar second)
    {
        Scalar high = (MultiplyShift(scalar, ScaledB2) * MinusB1) + (MultiplyShift(scalar, ScaledMinusB1) * MinusB2);
        first = ToSigned(scalar + -(high * Lambda));
        second = ToSigned(high);
    }

    private static SignedScalar ToSigned(in Scalar scalar)
    {
        bool negative = scalar.IsHigh;
        Scalar magnitude = negative ? -scalar : scalar;
        return new SignedScalar(new UInt128(magnitude.W1, magnitude.W0), negative);
    }

    /// <summary>a·b/2^384, rounded to the nearest; below 2^128.</summary>
    private static Scalar MultiplyShift(in Scalar a, in Scalar b)
    {
        ReadOnlySpan<ulong> left = [a.W0, a.W1, a.W2, a.W3], right = [b.W0, b.W1, b.W2, b.W3];
        Span<ulong> product = stackalloc ulong[8];
        product.Clear();
        for (int i = 0; i < 4; i++)
        {
            ulong carry = 0;
            for (int j = 0; j < 4; j++)
            {
                UInt128 sum = Math.BigMul(left[i], right[j]) + product[i + j] + carry;
                product[i + j] = (ulong)sum;
                carry = (ulong)(sum >> 64);
            }

            product[i + 4] = carry;
        }

        UInt128 rounded = new UInt128(product[7], product[6]) + (product[5] >> 63);
        return new Scalar((ulong)rounded, (ulong)(rounded >> 64), 0, 0);
    }
}
