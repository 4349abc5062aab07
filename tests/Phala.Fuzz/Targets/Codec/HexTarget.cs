using System.Text;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Codec;

/// <summary>
/// Hexadecimal text, as so many bytes as it holds and as 32 bytes; past the outermost check is what has the prefix. What is accepted must be written again
/// as it was, but for the case of its digits.
/// </summary>
public sealed class HexTarget : FuzzTarget
{
    private const int WantedLength = 32;

    /// <inheritdoc/>
    public override string Name => "hex";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. ((string[])[Text('a', 64), Text('F', 64), Text('0', 64), Text('7', 63), Text('b', 62), "0x", Text('c', 63) + "１"]).Select(Encoding.UTF8.GetBytes),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<HexError>().Where(name => name != nameof(HexError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (16L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        Span<byte> destination = stackalloc byte[WantedLength];
        HexError whole = Hex.Parse(text, out byte[] bytes), error = Hex.Parse(text, destination);
        if (whole == HexError.None && !IsSame(bytes, text)) throw new InvalidOperationException("accepted bytes are written differently");
        bool fits = whole == HexError.None && bytes.Length == WantedLength;
        if (fits ? error != HexError.None || !destination.SequenceEqual(bytes) : error == HexError.None) throw new InvalidOperationException($"{whole} of any length, {error} of 32 bytes");
        return new FuzzOutcome(error != HexError.MissingPrefix, error == HexError.None ? null : error.ToString());
    }

    private static bool IsSame(byte[] bytes, string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) && Hex.Format(bytes).Equals(text, StringComparison.OrdinalIgnoreCase);

    private static string Text(char digit, int count) => "0x" + new string(digit, count);
}
