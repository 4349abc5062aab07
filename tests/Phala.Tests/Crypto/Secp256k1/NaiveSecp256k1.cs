using System.Globalization;
using System.Numerics;

namespace Phala.Tests.Crypto.Secp256k1;

/// <summary>secp256k1 with the school's formulas over BigInteger: the second implementation that the fast one is compared with.</summary>
internal static class NaiveSecp256k1
{
    public static readonly BigInteger P = (BigInteger.One << 256) - (BigInteger.One << 32) - 977;
    public static readonly BigInteger N = Parse("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    public static readonly (BigInteger X, BigInteger Y) G = (
        Parse("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"), Parse("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"));

    public static BigInteger Parse(string hex) => BigInteger.Parse("0" + hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static BigInteger Read(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    public static byte[] Bytes(BigInteger value)
    {
        byte[] bytes = new byte[32];
        byte[] digits = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 32 - digits.Length);
        return bytes;
    }

    public static BigInteger Mod(BigInteger value, BigInteger modulus) => ((value % modulus) + modulus) % modulus;

    /// <summary>By Euclid's algorithm; 0 for 0.</summary>
    public static BigInteger Invert(BigInteger value, BigInteger modulus)
    {
        (BigInteger r, BigInteger next, BigInteger t, BigInteger nextT) = (modulus, Mod(value, modulus), 0, 1);
        while (!next.IsZero)
        {
            BigInteger quotient = r / next;
            (r, next, t, nextT) = (next, r - (quotient * next), nextT, t - (quotient * nextT));
        }

        return r.IsOne ? Mod(t, modulus) : 0;
    }

    public static (BigInteger X, BigInteger Y)? Add((BigInteger X, BigInteger Y)? a, (BigInteger X, BigInteger Y)? b)
    {
        if (a is not { } p) return b;
        if (b is not { } q) return a;
        if (p.X == q.X && Mod(p.Y + q.Y, P) == 0) return null;
        BigInteger slope = p.X == q.X ? 3 * p.X * p.X * Invert(2 * p.Y, P) : (q.Y - p.Y) * Invert(q.X - p.X, P);
        BigInteger x = Mod((slope * slope) - p.X - q.X, P);
        return (x, Mod((slope * (p.X - x)) - p.Y, P));
    }

    public static (BigInteger X, BigInteger Y)? Multiply(BigInteger scalar, (BigInteger X, BigInteger Y)? point)
    {
        (BigInteger X, BigInteger Y)? sum = null;
        for (; scalar > 0; scalar >>= 1)
        {
            if (!scalar.IsEven) sum = Add(sum, point);
            point = Add(point, point);
        }

        return sum;
    }
}
