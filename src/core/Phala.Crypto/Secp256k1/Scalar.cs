using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Secp256k1;

/// <summary>An integer modulo the group order n, below n, in four words with the lowest first.</summary>
/// <remarks>Everything here is free of branches and indices that depend on the value: nonces and secret keys are scalars.</remarks>
internal readonly struct Scalar(ulong w0, ulong w1, ulong w2, ulong w3)
{
    private const ulong N0 = 0xBFD25E8CD0364141;
    private const ulong N1 = 0xBAAEDCE6AF48A03B;
    private const ulong N2 = 0xFFFFFFFFFFFFFFFE;
    private const ulong N3 = 0xFFFFFFFFFFFFFFFF;

    /// <summary>-1/n modulo 2^64, for Montgomery's reduction.</summary>
    private const ulong NegativeInverse = 0x4B0DFF665588B13F;

    /// <summary>The lowest word.</summary>
    public readonly ulong W0 = w0;

    /// <summary>The second word.</summary>
    public readonly ulong W1 = w1;

    /// <summary>The third word.</summary>
    public readonly ulong W2 = w2;

    /// <summary>The highest word.</summary>
    public readonly ulong W3 = w3;

    public static Scalar One => new(1, 0, 0, 0);

    /// <summary>2^512 mod n: brings a number into Montgomery's form.</summary>
    private static Scalar MontgomerySquare => new(0x896CF21467D7D140, 0x741496C20E7CF878, 0xE697F5E45BCD07C6, 0x9D671CD581C69BC5);

    /// <summary>(n - 1)/2.</summary>
    private static Scalar HalfOrder => new(0xDFE92F46681B20A0, 0x5D576E7357A4501D, 0xFFFFFFFFFFFFFFFF, 0x7FFFFFFFFFFFFFFF);

    public bool IsZero => (W0 | W1 | W2 | W3) == 0;

    /// <summary>Whether this is above n/2, so that its negative is the smaller one.</summary>
    public bool IsHigh => HalfOrder.IsBelow(this);

    /// <summary>Whether this is the smaller number.</summary>
    public bool IsBelow(in Scalar other)
    {
        Subtract(W0, W1, W2, W3, other.W0, other.W1, other.W2, other.W3, out ulong borrow);
        return borrow != 0;
    }

    public static Scalar operator +(in Scalar a, in Scalar b)
    {
        ulong carry = 0;
        ulong w0 = AddCarry(a.W0, b.W0, ref carry), w1 = AddCarry(a.W1, b.W1, ref carry), w2 = AddCarry(a.W2, b.W2, ref carry), w3 = AddCarry(a.W3, b.W3, ref carry);
        return ReduceOnce(w0, w1, w2, w3, carry);
    }

    public static Scalar operator -(in Scalar a)
    {
        Scalar negative = Subtract(N0, N1, N2, N3, a.W0, a.W1, a.W2, a.W3, out _);
        return Select(0 - (a.IsZero ? 1UL : 0UL), negative, default);
    }

    public static Scalar operator *(in Scalar a, in Scalar b) => Montgomery(Montgomery(a, b), MontgomerySquare);

    /// <summary>One of two: <paramref name="b"/> where the mask is all ones, <paramref name="a"/> where it is zero.</summary>
    public static Scalar Select(ulong mask, in Scalar a, in Scalar b) =>
        new(a.W0 ^ ((a.W0 ^ b.W0) & mask), a.W1 ^ ((a.W1 ^ b.W1) & mask), a.W2 ^ ((a.W2 ^ b.W2) & mask), a.W3 ^ ((a.W3 ^ b.W3) & mask));

    /// <summary>Reads 32 bytes, big-endian, modulo n.</summary>
    /// <param name="bytes">The number.</param>
    /// <param name="overflow">Whether the number was n or more.</param>
    public static Scalar Read(ReadOnlySpan<byte> bytes, out bool overflow)
    {
        ulong w3 = BinaryPrimitives.ReadUInt64BigEndian(bytes), w2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        ulong w1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]), w0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
        Subtract(w0, w1, w2, w3, N0, N1, N2, N3, out ulong borrow);
        overflow = borrow == 0;
        return ReduceOnce(w0, w1, w2, w3, 0);
    }

    /// <summary>Writes 32 bytes, big-endian.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, W3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], W2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], W1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], W0);
    }

    /// <summary>Four bits, counted from the lowest.</summary>
    public uint Nibble(int index)
    {
        // The index is public; the choice of a word by it tells nothing.
        ulong word = (index >> 4) switch { 0 => W0, 1 => W1, 2 => W2, _ => W3 };
        return (uint)(word >> (4 * (index & 15))) & 15;
    }

    /// <summary>1/this, and 0 for 0: this^(n - 2), by a fixed sequence of steps.</summary>
    [SkipLocalsInit]
    public Scalar Invert()
    {
        Scalar exponent = new(N0 - 2, N1, N2, N3);
        Span<Scalar> powers = stackalloc Scalar[16];
        powers[0] = Montgomery(One, MontgomerySquare);
        powers[1] = Montgomery(this, MontgomerySquare);
        for (int power = 2; power < 16; power++) powers[power] = Montgomery(powers[power - 1], powers[1]);

        Scalar result = powers[15];
        for (int digit = 62; digit >= 0; digit--)
        {
            for (int step = 0; step < 4; step++) result = Montgomery(result, result);
            result = Montgomery(result, powers[(int)exponent.Nibble(digit)]);
        }

        powers.Clear();
        return Montgomery(result, One);
    }

    /// <summary>a·b/2^256 modulo n.</summary>
    [SkipLocalsInit]
    private static Scalar Montgomery(in Scalar a, in Scalar b)
    {
        ulong b0 = b.W0, b1 = b.W1, b2 = b.W2, b3 = b.W3;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        MontgomeryStep(a.W0, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        MontgomeryStep(a.W1, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        MontgomeryStep(a.W2, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        MontgomeryStep(a.W3, b0, b1, b2, b3, ref t0, ref t1, ref t2, ref t3, ref t4);
        return ReduceOnce(t0, t1, t2, t3, t4);
    }

    /// <summary>t = (t + a·b) / 2^64, made divisible by adding a multiple of n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MontgomeryStep(
        ulong a, ulong b0, ulong b1, ulong b2, ulong b3, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        ulong carry = 0;
        t0 = MultiplyAdd(a, b0, t0, ref carry);
        t1 = MultiplyAdd(a, b1, t1, ref carry);
        t2 = MultiplyAdd(a, b2, t2, ref carry);
        t3 = MultiplyAdd(a, b3, t3, ref carry);
        t4 += carry;
        ulong t5 = t4 < carry ? 1UL : 0UL;

        ulong multiple = t0 * NegativeInverse;
        carry = 0;
        MultiplyAdd(multiple, N0, t0, ref carry);
        t0 = MultiplyAdd(multiple, N1, t1, ref carry);
        t1 = MultiplyAdd(multiple, N2, t2, ref carry);
        t2 = MultiplyAdd(multiple, N3, t3, ref carry);
        t3 = t4 + carry;
        t4 = t5 + (t3 < carry ? 1UL : 0UL);
    }

    /// <summary>a·b + c + carry: returns the lower word, the upper one becomes the carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MultiplyAdd(ulong a, ulong b, ulong c, ref ulong carry)
    {
        ulong low = a * b;
        ulong high = Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, b) : Math.BigMul(a, b, out _);
        low += c;
        high += low < c ? 1UL : 0UL;
        low += carry;
        carry = high + (low < carry ? 1UL : 0UL);
        return low;
    }

    /// <summary>Takes n off a number below 2n, of 256 bits and a carry, where it is not below n.</summary>
    private static Scalar ReduceOnce(ulong w0, ulong w1, ulong w2, ulong w3, ulong carry)
    {
        Scalar reduced = Subtract(w0, w1, w2, w3, N0, N1, N2, N3, out ulong borrow);
        return Select(0 - (carry | (borrow ^ 1)), new Scalar(w0, w1, w2, w3), reduced);
    }

    private static Scalar Subtract(ulong a0, ulong a1, ulong a2, ulong a3, ulong b0, ulong b1, ulong b2, ulong b3, out ulong borrow)
    {
        borrow = 0;
        ulong w0 = SubtractBorrow(a0, b0, ref borrow), w1 = SubtractBorrow(a1, b1, ref borrow);
        ulong w2 = SubtractBorrow(a2, b2, ref borrow), w3 = SubtractBorrow(a3, b3, ref borrow);
        return new Scalar(w0, w1, w2, w3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddCarry(ulong a, ulong b, ref ulong carry)
    {
        ulong sum = a + b, withCarry = sum + carry;
        carry = (sum < a ? 1UL : 0UL) | (withCarry < sum ? 1UL : 0UL);
        return withCarry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SubtractBorrow(ulong a, ulong b, ref ulong borrow)
    {
        ulong difference = a - b, withBorrow = difference - borrow;
        borrow = (a < b ? 1UL : 0UL) | (difference < borrow ? 1UL : 0UL);
        return withBorrow;
    }
}
