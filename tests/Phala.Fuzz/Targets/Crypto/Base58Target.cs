using System.Text;
using Phala.Crypto.Keys;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Base58 text, decoded into 40 bytes; past the outermost check is what begins with a digit. What is accepted must be written again as it was.</summary>
public sealed class Base58Target : FuzzTarget
{
    private const int Capacity = 40;

    /// <inheritdoc/>
    public override string Name => "base58";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. ((int[])[0, 1, 20, 39, 40]).Select(length => Encoding.ASCII.GetBytes(Base58.Encode(SignatureSamples.Bytes(length, length)))),
        .. ((int[])[3, 40, 41]).Select(length => Encoding.ASCII.GetBytes(Base58.Encode(new byte[length]))),
        Encoding.ASCII.GetBytes(Base58.Encode(SignatureSamples.Bytes(41, 8))),
        Encoding.UTF8.GetBytes("２" + Base58.Encode(SignatureSamples.Bytes(30, 9))),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<Base58Error>().Where(name => name != nameof(Base58Error.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (16L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        Span<byte> bytes = stackalloc byte[Capacity];
        Base58Error error = Base58.TryDecode(text, bytes, out int length);
        if (error == Base58Error.None && Base58.Encode(bytes[..length]) != text) throw new InvalidOperationException("accepted text is written differently");
        bool begins = text.Length == 0 || char.IsAsciiLetterOrDigit(text[0]);
        return new FuzzOutcome(begins, error == Base58Error.None ? null : error.ToString());
    }
}
