using System.Globalization;
using System.Numerics;
using Phala.Crypto.Curve25519;

namespace Phala.Tests.Crypto.Curve25519;

/// <summary>The naive second implementation: affine edwards25519 over <see cref="BigInteger"/>, straight from RFC 8032's definitions.</summary>
internal static class CurveModel
{
    internal static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    internal static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

    internal static readonly BigInteger D = Mod(-121665 * Inverse(121666));

    internal static readonly BigInteger SqrtMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);

    internal static (BigInteger X, BigInteger Y) Identity => (0, 1);

    internal static (BigInteger X, BigInteger Y) Base { get; } = Decompress(4 * Inverse(5) % P, 0)!.Value;

    internal static BigInteger Mod(BigInteger value) => Mod(value, P);

    internal static BigInteger Mod(BigInteger value, BigInteger modulus)
    {
        BigInteger remainder = value % modulus;
        return remainder.Sign < 0 ? remainder + modulus : remainder;
    }

    internal static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    /// <summary>A square root, or null.</summary>
    internal static BigInteger? Sqrt(BigInteger value)
    {
        value = Mod(value);
        BigInteger root = BigInteger.ModPow(value, (P + 3) / 8, P);
        if (Mod(root * root) != value) root = Mod(root * SqrtMinusOne);
        return Mod(root * root) == value ? root : null;
    }

    internal static (BigInteger X, BigInteger Y)? Decompress(BigInteger y, int sign)
    {
        BigInteger? root = Sqrt((y * y - 1) * Inverse(D * y * y + 1));
        if (root is not { } x) return null;
        if ((int)(x % 2) != sign) x = Mod(-x);
        return (x, Mod(y));
    }

    internal static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        BigInteger product = Mod(D * a.X * b.X % P * a.Y % P * b.Y);
        return (Mod((a.X * b.Y + a.Y * b.X) * Inverse(1 + product)), Mod((a.Y * b.Y + a.X * b.X) * Inverse(1 - product)));
    }

    internal static (BigInteger X, BigInteger Y) Multiply(BigInteger scalar, (BigInteger X, BigInteger Y) point)
    {
        // Projective inside, so that a multiplication costs one inversion.
        (BigInteger X, BigInteger Y, BigInteger Z) sum = (0, 1, 1), addend = (point.X, point.Y, 1);
        for (; scalar > 0; scalar >>= 1)
        {
            if (!scalar.IsEven) sum = AddProjective(sum, addend);
            addend = AddProjective(addend, addend);
        }

        BigInteger inverse = Inverse(sum.Z);
        return (Mod(sum.X * inverse), Mod(sum.Y * inverse));
    }

    internal static BigInteger Value(in FieldElement e) => Mod(
        e.L0 + ((BigInteger)e.L1 << 51) + ((BigInteger)e.L2 << 102) + ((BigInteger)e.L3 << 153) + ((BigInteger)e.L4 << 204));

    internal static BigInteger Value(in Scalar s) =>
        s.W0 + ((BigInteger)s.W1 << 64) + ((BigInteger)s.W2 << 128) + ((BigInteger)s.W3 << 192);

    internal static (BigInteger X, BigInteger Y) Value(in EdwardsPoint p)
    {
        BigInteger inverse = Inverse(Value(p.Z));
        return (Mod(Value(p.X) * inverse), Mod(Value(p.Y) * inverse));
    }

    internal static byte[] Bytes(BigInteger value, int length = 32)
    {
        byte[] bytes = new byte[length];
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    internal static BigInteger FromBytes(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    internal static FieldElement Field(BigInteger value) => FieldElement.FromBytes(Bytes(Mod(value)));

    internal static Scalar ScalarOf(BigInteger value) => Scalar.FromBytesModOrder(Bytes(Mod(value, L)));

    internal static EdwardsPoint PointOf((BigInteger X, BigInteger Y) p) => new(Field(p.X), Field(p.Y), FieldElement.One, Field(p.X * p.Y));

    /// <summary>Whether the order divides l.</summary>
    internal static bool IsTorsionFree(in EdwardsPoint p) => Multiply(L, Value(p)) == Identity;

    private static (BigInteger X, BigInteger Y, BigInteger Z) AddProjective(
        (BigInteger X, BigInteger Y, BigInteger Z) a, (BigInteger X, BigInteger Y, BigInteger Z) b)
    {
        // add-2007-bl of the explicit formulas database, for twisted Edwards curves with a = -1: other formulas than the product's.
        BigInteger zz = a.Z * b.Z % P, square = zz * zz % P, xx = a.X * b.X % P, yy = a.Y * b.Y % P, e = D * xx % P * yy % P;
        BigInteger f = square - e, g = square + e;
        BigInteger x = zz * f % P * (((a.X + a.Y) * (b.X + b.Y) - xx - yy) % P);
        BigInteger y = zz * g % P * ((yy + xx) % P);
        return (Mod(x), Mod(y), Mod(f * g));
    }
}
