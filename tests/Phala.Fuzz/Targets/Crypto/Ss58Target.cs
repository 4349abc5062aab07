using System.Text;
using Phala.Crypto.Hashing;
using Phala.Crypto.Keys;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>
/// Addresses. The first byte tells how the rest becomes text: as it is, as Base58 of it, or as Base58 of it with a checksum that fits, so that what lies behind the checksum is met too.
/// </summary>
public sealed class Ss58Target : FuzzTarget
{
    private const byte AsText = 0;
    private const byte AsBytes = 1;
    private const int MaxLength = 64;

    /// <inheritdoc/>
    public override string Name => "ss58";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [AsText, .. Encoding.ASCII.GetBytes(Ss58.Encode(new byte[32], 30))],
        [AsBytes, 30, .. new byte[32], 1, 2],
        [2, 30, .. new byte[32]],
        [2, 42, .. new byte[33]],
        [2, 46, .. new byte[32]],
        [2, 0x50, 0x01, .. new byte[32]],
        [2, 0x4A, 0x80, .. new byte[32]],
        [2, 30, .. new byte[8]],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<Ss58Error>().Where(name => name != nameof(Ss58Error.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (8L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        string text = Text(input);
        byte[] account = new byte[Ss58.MaxAccountLength];
        Ss58Error error = Ss58.TryDecode(text, account, out int length, out int prefix);
        if (error == Ss58Error.None && Ss58.Encode(account.AsSpan(0, length), prefix) != text) throw new InvalidOperationException("An accepted address does not encode to itself.");
        if (error == Ss58Error.None && length == 32) error = Ss58.TryDecode(text, Ss58.PhalaPrefix, account.AsSpan(0, 32));
        return new FuzzOutcome(error != Ss58Error.BadBase58, error == Ss58Error.None ? null : error.ToString());
    }

    private static string Text(byte[] input)
    {
        if (input.Length == 0) return "";
        if (input[0] == AsText) return Encoding.Latin1.GetString(input, 1, input.Length - 1);
        byte[] body = input[1..Math.Min(input.Length, MaxLength)];
        if (input[0] == AsBytes) return Base58.Encode(body);
        byte[] hash = new byte[64];
        Blake2b.Hash512([.. "SS58PRE"u8, .. body], hash);
        return Base58.Encode([.. body, .. hash[..(body.Length > 32 ? 2 : 1)]]);
    }
}
