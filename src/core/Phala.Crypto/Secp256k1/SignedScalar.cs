namespace Phala.Crypto.Secp256k1;

/// <summary>A number of at most 128 bits and its sign.</summary>
/// <param name="Magnitude">The absolute value.</param>
/// <param name="IsNegative">Whether the number is below zero.</param>
internal readonly record struct SignedScalar(UInt128 Magnitude, bool IsNegative)
{
    /// <summary>The most digits of the form below.</summary>
    public const int MaxDigits = 129;

    /// <summary>
    /// Writes the width-w non-adjacent form, the lowest digit first: digits are zero or odd and below 2^(w-1) in absolute value, and of w neighbours at most one is not zero.
    /// Variable time.
    /// </summary>
    /// <returns>How many digits there are.</returns>
    public int WriteDigits(int width, Span<short> digits)
    {
        digits.Clear();
        UInt128 rest = Magnitude;
        int at = 0;
        while (rest != 0)
        {
            int zeros = (int)UInt128.TrailingZeroCount(rest);
            rest >>= zeros;
            at += zeros;

            int digit = (int)(uint)(rest & ((1U << width) - 1));
            if (digit >= 1 << (width - 1)) digit -= 1 << width;
            digits[at++] = (short)(IsNegative ? -digit : digit);

            // (rest - digit) / 2 for odd numbers, without leaving 128 bits.
            int half = (digit - 1) >> 1;
            rest = half < 0 ? (rest >> 1) + (uint)-half : (rest >> 1) - (uint)half;
        }

        return at;
    }
}
