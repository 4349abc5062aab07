using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Secp256k1;

/// <summary>An integer modulo p = 2^256 - 2^32 - 977 in five limbs of 52 bits, the last of 48.</summary>
/// <remarks>
/// <para>Invariant: an element has a <i>magnitude</i> m, known from the formula that made it: its limbs are at most m·(2^52 + 2^44), the last one m·2^48.
/// Products have magnitude 1, sums add magnitudes, <see cref="Negate"/> of m gives m + 1. The magnitudes of two factors may multiply to 32 at most.</para>
/// <para>Everything here is free of branches and indices that depend on the value.</para>
/// </remarks>
internal readonly struct FieldElement(ulong n0, ulong n1, ulong n2, ulong n3, ulong n4)
{
    private const ulong Mask52 = (1UL << 52) - 1;
    private const ulong Mask48 = (1UL << 48) - 1;

    /// <summary>The limbs of p.</summary>
    private const ulong P0 = 0xFFFFEFFFFFC2F;

    /// <summary>2^256 mod p.</summary>
    private const ulong Fold256 = 0x1000003D1;

    /// <summary>2^260 mod p: what a carry out of five whole limbs is worth.</summary>
    private const ulong Fold260 = 0x1000003D10;

    private readonly ulong _n0 = n0;
    private readonly ulong _n1 = n1;
    private readonly ulong _n2 = n2;
    private readonly ulong _n3 = n3;
    private readonly ulong _n4 = n4;

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>Magnitudes add.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        new(a._n0 + b._n0, a._n1 + b._n1, a._n2 + b._n2, a._n3 + b._n3, a._n4 + b._n4);

    /// <summary>A product of magnitude 1.</summary>
    /// <remarks>Each product of limbs is cut at 2^52 at once, so that sums of them stay within 64 bits and need no carries.</remarks>
    [SkipLocalsInit]
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        ulong a0 = a._n0, a1 = a._n1, a2 = a._n2, a3 = a._n3, a4 = a._n4;
        ulong b0 = b._n0, b1 = b._n1, b2 = b._n2, b3 = b._n3, b4 = b._n4;
        ulong s0 = a0 << 6, s1 = a1 << 6, s2 = a2 << 6, s3 = a3 << 6, s4 = a4 << 6;
        ulong t0 = b0 << 6, t1 = b1 << 6, t2 = b2 << 6, t3 = b3 << 6, t4 = b4 << 6;

        ulong z0 = Low(a0, b0); ulong z1 = Low(a1, b0); ulong z2 = Low(a2, b0); ulong z3 = Low(a3, b0); ulong z4 = Low(a4, b0);
        z1 += High(s0, t0); z2 += High(s1, t0); z3 += High(s2, t0); z4 += High(s3, t0); ulong z5 = High(s4, t0);
        z1 += Low(a0, b1); z2 += Low(a1, b1); z3 += Low(a2, b1); z4 += Low(a3, b1); z5 += Low(a4, b1);
        z2 += High(s0, t1); z3 += High(s1, t1); z4 += High(s2, t1); z5 += High(s3, t1); ulong z6 = High(s4, t1);
        z2 += Low(a0, b2); z3 += Low(a1, b2); z4 += Low(a2, b2); z5 += Low(a3, b2); z6 += Low(a4, b2);
        z3 += High(s0, t2); z4 += High(s1, t2); z5 += High(s2, t2); z6 += High(s3, t2); ulong z7 = High(s4, t2);
        z3 += Low(a0, b3); z4 += Low(a1, b3); z5 += Low(a2, b3); z6 += Low(a3, b3); z7 += Low(a4, b3);
        z4 += High(s0, t3); z5 += High(s1, t3); z6 += High(s2, t3); z7 += High(s3, t3); ulong z8 = High(s4, t3);
        z4 += Low(a0, b4); z5 += Low(a1, b4); z6 += Low(a2, b4); z7 += Low(a3, b4); z8 += Low(a4, b4);
        z5 += High(s0, t4); z6 += High(s1, t4); z7 += High(s2, t4); z8 += High(s3, t4); ulong z9 = High(s4, t4);
        return Reduce(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9);
    }

    /// <summary>The square, of magnitude 1; the magnitude is 5 at most.</summary>
    [SkipLocalsInit]
    public FieldElement Square()
    {
        ulong a0 = _n0, a1 = _n1, a2 = _n2, a3 = _n3, a4 = _n4;
        ulong d0 = a0 << 1, d1 = a1 << 1, d2 = a2 << 1, d3 = a3 << 1;
        ulong s0 = a0 << 6, s1 = a1 << 6, s2 = a2 << 6, s3 = a3 << 6, s4 = a4 << 6;
        ulong e0 = s0 << 1, e1 = s1 << 1, e2 = s2 << 1, e3 = s3 << 1;

        ulong z0 = Low(a0, a0); ulong z1 = Low(d0, a1); ulong z2 = Low(d0, a2); ulong z3 = Low(d0, a3); ulong z4 = Low(d0, a4);
        z1 += High(s0, s0); z2 += High(e0, s1); z3 += High(e0, s2); z4 += High(e0, s3); ulong z5 = High(e0, s4);
        z2 += Low(a1, a1); z3 += Low(d1, a2); z4 += Low(d1, a3); z5 += Low(d1, a4);
        z3 += High(s1, s1); z4 += High(e1, s2); z5 += High(e1, s3); ulong z6 = High(e1, s4);
        z4 += Low(a2, a2); z5 += Low(d2, a3); z6 += Low(d2, a4);
        z5 += High(s2, s2); z6 += High(e2, s3); ulong z7 = High(e2, s4);
        z6 += Low(a3, a3); z7 += Low(d3, a4);
        z7 += High(s3, s3); ulong z8 = High(e3, s4);
        z8 += Low(a4, a4);
        ulong z9 = High(s4, s4);
        return Reduce(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9);
    }

    /// <summary>The lower 52 bits of a product of limbs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Low(ulong a, ulong b) => (a * b) & Mask52;

    /// <summary>A product without its lower 52 bits; both factors come shifted by 6, or their shifts add up to 12.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong b) => Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);

    /// <summary>Folds ten columns, each below 2^60, to five limbs of magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduce(ulong z0, ulong z1, ulong z2, ulong z3, ulong z4, ulong z5, ulong z6, ulong z7, ulong z8, ulong z9)
    {
        // Column 5 + k is worth 2^260 in column k.
        z0 += Low(z5, Fold260);
        z1 += High(z5 << 4, Fold260 << 8) + Low(z6, Fold260);
        z2 += High(z6 << 4, Fold260 << 8) + Low(z7, Fold260);
        z3 += High(z7 << 4, Fold260 << 8) + Low(z8, Fold260);
        z4 += High(z8 << 4, Fold260 << 8) + Low(z9, Fold260);
        ulong above = High(z9 << 4, Fold260 << 8);

        z1 += z0 >> 52;
        z2 += z1 >> 52;
        z3 += z2 >> 52;
        z4 += z3 >> 52;

        // What lies above 2^256, less than 2^38, times 2^32 + 977.
        above = (above << 4) + (z4 >> 48);
        z0 = (z0 & Mask52) + (above * 977) + ((above & 0xFFFFF) << 32);
        z1 = (z1 & Mask52) + (above >> 20) + (z0 >> 52);
        return new FieldElement(z0 & Mask52, z1, z2 & Mask52, z3 & Mask52, z4 & Mask48);
    }

    /// <summary>A small multiple; magnitudes multiply.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Times(uint factor) => new(_n0 * factor, _n1 * factor, _n2 * factor, _n3 * factor, _n4 * factor);

    /// <summary>Minus this element, which has at most the given magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Negate(uint magnitude)
    {
        ulong multiple = magnitude + 1;
        return new FieldElement(
            (P0 * multiple) - _n0, (Mask52 * multiple) - _n1, (Mask52 * multiple) - _n2, (Mask52 * multiple) - _n3, (Mask48 * multiple) - _n4);
    }

    /// <summary>Half of this element; a magnitude of m becomes m/2 + 1 at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Half()
    {
        // An odd representative becomes even by adding p.
        ulong odd = 0 - (_n0 & 1);
        ulong n0 = _n0 + (P0 & odd), n1 = _n1 + (Mask52 & odd), n2 = _n2 + (Mask52 & odd), n3 = _n3 + (Mask52 & odd), n4 = _n4 + (Mask48 & odd);
        return new FieldElement(
            (n0 >> 1) + ((n1 & 1) << 51), (n1 >> 1) + ((n2 & 1) << 51), (n2 >> 1) + ((n3 & 1) << 51), (n3 >> 1) + ((n4 & 1) << 51), n4 >> 1);
    }

    /// <summary>The same number with carries propagated: magnitude 1 from any magnitude up to 60.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Reduce()
    {
        ulong n0 = _n0 + ((_n4 >> 48) * Fold256), n1 = _n1 + (n0 >> 52), n2 = _n2 + (n1 >> 52), n3 = _n3 + (n2 >> 52);
        return new FieldElement(n0 & Mask52, n1 & Mask52, n2 & Mask52, n3 & Mask52, (_n4 & Mask48) + (n3 >> 52));
    }

    /// <summary>The one representative below p, of magnitude 1.</summary>
    public FieldElement Normalize()
    {
        (ulong n0, ulong n1, ulong n2, ulong n3, ulong n4) = Propagate(_n0, _n1, _n2, _n3, _n4, 0);

        // Now below 2^256 + 2^70 or so; once more, with p taken off where that is possible: adding 2^32 + 977 then carries out of 2^256.
        ulong probe = ProbeCarry(n0 + Fold256, n1, n2, n3, n4);
        (n0, n1, n2, n3, n4) = Propagate(n0, n1, n2, n3, n4 & Mask48, (probe | (n4 >> 48)) * Fold256);
        return new FieldElement(n0, n1, n2, n3, n4 & Mask48);
    }

    /// <summary>Carries through the limbs after folding the last limb's excess; the last limb may end one bit long.</summary>
    private static (ulong N0, ulong N1, ulong N2, ulong N3, ulong N4) Propagate(ulong n0, ulong n1, ulong n2, ulong n3, ulong n4, ulong extra)
    {
        n0 += ((n4 >> 48) * Fold256) + extra;
        n4 &= Mask48;
        n1 += n0 >> 52;
        n2 += n1 >> 52;
        n3 += n2 >> 52;
        n4 += n3 >> 52;
        return (n0 & Mask52, n1 & Mask52, n2 & Mask52, n3 & Mask52, n4);
    }

    private static ulong ProbeCarry(ulong n0, ulong n1, ulong n2, ulong n3, ulong n4)
    {
        n1 += n0 >> 52;
        n2 += n1 >> 52;
        n3 += n2 >> 52;
        n4 += n3 >> 52;
        return n4 >> 48;
    }

    /// <summary>Whether this is zero modulo p.</summary>
    public bool IsZero()
    {
        FieldElement n = Normalize();
        return (n._n0 | n._n1 | n._n2 | n._n3 | n._n4) == 0;
    }

    /// <summary>Whether the representative below p is odd.</summary>
    public bool IsOdd() => (Normalize()._n0 & 1) != 0;

    /// <summary>Whether both are equal modulo p; this one of magnitude 1, the other of 20 at most.</summary>
    public bool Equals(in FieldElement other) => (Negate(1) + other).IsZero();

    /// <summary>One of two elements: <paramref name="b"/> where the mask is all ones, <paramref name="a"/> where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement Select(ulong mask, in FieldElement a, in FieldElement b) => new(
        a._n0 ^ ((a._n0 ^ b._n0) & mask), a._n1 ^ ((a._n1 ^ b._n1) & mask), a._n2 ^ ((a._n2 ^ b._n2) & mask),
        a._n3 ^ ((a._n3 ^ b._n3) & mask), a._n4 ^ ((a._n4 ^ b._n4) & mask));

    /// <summary>Reads 32 bytes, big-endian. False where the number is not below p.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement element)
    {
        ulong w3 = BinaryPrimitives.ReadUInt64BigEndian(bytes), w2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        ulong w1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), w0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
        element = FromWords(w0, w1, w2, w3);
        return ProbeCarry(element._n0 + Fold256, element._n1, element._n2, element._n3, element._n4) == 0;
    }

    /// <summary>A number below 2^256 in four words, the lowest first.</summary>
    public static FieldElement FromWords(ulong w0, ulong w1, ulong w2, ulong w3) => new(
        w0 & Mask52, ((w0 >> 52) | (w1 << 12)) & Mask52, ((w1 >> 40) | (w2 << 24)) & Mask52, ((w2 >> 28) | (w3 << 36)) & Mask52, w3 >> 16);

    /// <summary>Writes the representative below p as 32 bytes, big-endian.</summary>
    public void Write(Span<byte> bytes)
    {
        FieldElement n = Normalize();
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], n._n0 | (n._n1 << 52));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], (n._n1 >> 12) | (n._n2 << 40));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (n._n2 >> 24) | (n._n3 << 28));
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (n._n3 >> 36) | (n._n4 << 16));
    }

    /// <summary>1/this, and 0 for 0: this^(p - 2).</summary>
    public FieldElement Invert()
    {
        // p - 2 in binary: 223 ones, a zero, 22 ones, 0000101101.
        FieldElement x2, x22, x223 = PowerOf223Ones(out x2, out x22);
        FieldElement t = (x223.SquareTimes(23) * x22).SquareTimes(5) * this;
        t = t.SquareTimes(3) * x2;
        return t.SquareTimes(2) * this;
    }

    /// <summary>The square root, if there is one: this^((p + 1) / 4) squared must give this back. The other root is its negative.</summary>
    public bool TrySquareRoot(out FieldElement root)
    {
        // (p + 1) / 4 in binary: 223 ones, a zero, 22 ones, 00001100.
        FieldElement x2, x22, x223 = PowerOf223Ones(out x2, out x22);
        root = ((x223.SquareTimes(23) * x22).SquareTimes(6) * x2).SquareTimes(2);
        return root.Square().Equals(this);
    }

    /// <summary>This to the power 2^223 - 1; on the way the powers 2^2 - 1 and 2^22 - 1.</summary>
    private FieldElement PowerOf223Ones(out FieldElement x2, out FieldElement x22)
    {
        x2 = Square() * this;
        FieldElement x3 = x2.Square() * this;
        FieldElement x6 = x3.SquareTimes(3) * x3, x9 = x6.SquareTimes(3) * x3, x11 = x9.SquareTimes(2) * x2;
        x22 = x11.SquareTimes(11) * x11;
        FieldElement x44 = x22.SquareTimes(22) * x22, x88 = x44.SquareTimes(44) * x44;
        FieldElement x176 = x88.SquareTimes(88) * x88, x220 = x176.SquareTimes(44) * x44;
        return x220.SquareTimes(3) * x3;
    }

    private FieldElement SquareTimes(int count)
    {
        FieldElement result = this;
        for (int step = 0; step < count; step++) result = result.Square();
        return result;
    }
}
