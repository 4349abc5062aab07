using System.Globalization;
using System.Numerics;
using System.Text;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Codec;

/// <summary>
/// Decimal text as a number within bounds: accepted is exactly what consists of digits (after a minus sign where there are negative numbers) and lies within
/// them. Past the outermost check is what begins as a number does.
/// </summary>
/// <param name="name">The target's name.</param>
/// <param name="least">The least number of the type.</param>
/// <param name="most">The greatest number of the type.</param>
/// <param name="parse">The parser: the number, or null where it refuses.</param>
public sealed class NumberTextTarget(string name, BigInteger least, BigInteger most, Func<string, BigInteger?> parse) : FuzzTarget
{
    private const string NotANumber = "NotANumber", OutOfRange = "OutOfRange";

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. ((BigInteger[])[0, 1, ulong.MaxValue, BigInteger.Pow(10, 38), least, most, least - 1, most + 1, 10 * most]).Select(number => Bytes(number.ToString(CultureInfo.InvariantCulture))),
        Bytes(new string('0', 90) + "7"), Bytes("12\0"), Bytes("+5"), Bytes("1٣"), Bytes("-0"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [NotANumber, OutOfRange];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        ReadOnlySpan<char> digits = least.Sign < 0 && text.StartsWith('-') ? text.AsSpan(1) : text;
        bool isNumber = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
        BigInteger number = isNumber ? BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : default;
        BigInteger? expected = isNumber && number >= least && number <= most ? number : null;
        if (parse(text) is var parsed && parsed != expected) throw new InvalidOperationException($"'{text}' is {expected}, not {parsed}");
        bool begins = digits.Length > 0 && char.IsAsciiDigit(digits[0]);
        return new FuzzOutcome(begins, expected is not null ? null : isNumber ? OutOfRange : NotANumber);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
