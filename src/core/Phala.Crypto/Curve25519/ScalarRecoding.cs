namespace Phala.Crypto.Curve25519;

/// <summary>
/// Signed digits of scalars for the multiplication loops. <see cref="SignedRadix16"/> is constant time; the others depend on the value and are for public
/// scalars only.
/// </summary>
internal static class ScalarRecoding
{
    /// <summary>Digits of <see cref="SignedRadix16"/>.</summary>
    internal const int Radix16Digits = 64;

    /// <summary>Digits of <see cref="NonAdjacentForm"/>.</summary>
    internal const int NafDigits = 256;

    /// <summary>Σ digit_i 16^i with −8 ≤ digit_i ≤ 8, constant time. (Only the highest digit can be 8, and a canonical scalar's is at most 2.)</summary>
    internal static void SignedRadix16(in Scalar scalar, Span<sbyte> digits)
    {
        ReadOnlySpan<ulong> words = [scalar.W0, scalar.W1, scalar.W2, scalar.W3];
        int carry = 0;
        for (int i = 0; i < Radix16Digits - 1; i++)
        {
            int digit = (int)(words[i >> 4] >> (4 * (i & 15)) & 15) + carry;
            carry = (digit + 8) >> 4;
            digits[i] = (sbyte)(digit - (carry << 4));
        }

        digits[Radix16Digits - 1] = (sbyte)((int)(words[3] >> 60) + carry);
    }

    /// <summary>
    /// Σ digit_i 2^i where every digit is zero or odd with an absolute value below 2^(width − 1), and of <paramref name="width"/> adjacent digits at most one
    /// is not zero. Variable time. Returns the index of the highest digit that is not zero, or −1.
    /// </summary>
    internal static int NonAdjacentForm(in Scalar scalar, int width, Span<sbyte> digits)
    {
        ReadOnlySpan<ulong> words = [scalar.W0, scalar.W1, scalar.W2, scalar.W3, 0];
        digits[..NafDigits].Clear();
        ulong radix = 1UL << width;
        ulong carry = 0;
        int highest = -1;
        for (int position = 0; position < NafDigits;)
        {
            int word = position >> 6, bit = position & 63;
            ulong window = words[word] >> bit;
            if (bit + width > 64) window |= words[word + 1] << (64 - bit);
            window = (window & (radix - 1)) + carry;
            if ((window & 1) == 0)
            {
                // An even window moves on by one; the carry, if any, has been absorbed into a run of ones and stays.
                position++;
                continue;
            }

            carry = window >= radix / 2 ? 1UL : 0;
            digits[position] = (sbyte)((long)window - (long)(carry << width));
            highest = position;
            position += width;
        }

        return highest;
    }

    /// <summary>The number of digits of <see cref="SignedRadix"/>: 253 bits and the last carry.</summary>
    internal static int SignedRadixDigits(int width) => (253 + width) / width;

    /// <summary>Σ digit_i 2^(width i) with −2^(width − 1) ≤ digit_i &lt; 2^(width − 1) (the highest: ≤); width 4 to 13. Variable time (indices are public).</summary>
    internal static void SignedRadix(in Scalar scalar, int width, Span<short> digits)
    {
        ReadOnlySpan<ulong> words = [scalar.W0, scalar.W1, scalar.W2, scalar.W3, 0];
        int count = SignedRadixDigits(width);
        int carry = 0;
        for (int i = 0; i < count; i++)
        {
            int position = i * width, word = position >> 6, bit = position & 63;
            ulong window = words[word] >> bit;
            if (bit + width > 64) window |= words[word + 1] << (64 - bit);
            int digit = (int)(window & ((1UL << width) - 1)) + carry;
            carry = (digit + (1 << (width - 1))) >> width;
            digits[i] = (short)(digit - (carry << width));
        }
    }
}
