using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>
/// Public keys of both schemes, read from the first 32 bytes; the outermost check is that there are so many. What decodes must give its bytes back, and an
/// sr25519 key must be the one encoding of its element.
/// </summary>
internal sealed class PublicKeyTarget : FuzzTarget
{
    private const string NeitherScheme = "Neither", Ed25519Only = "Ed25519Only", Sr25519Only = "Sr25519Only";

    public override string Name => "public-keys";

    public override IReadOnlyList<byte[]> Corpus { get; } =
        [SignatureSamples.Sr25519(1)[..80], SignatureSamples.Ed25519(2)[..80], new byte[80], [.. Enumerable.Repeat((byte)0xff, 80)]];

    public override IReadOnlyCollection<string> Errors { get; } = [NeitherScheme, Ed25519Only, Sr25519Only];

    public override long AllocationBound(int inputLength) => 200;

    public override FuzzOutcome Run(byte[] input)
    {
        ReadOnlySpan<byte> bytes = SignatureSamples.Part(input, 0, 32);
        Span<byte> copy = stackalloc byte[32];
        bool isSr = Sr25519VerifyingKey.TryDecode(bytes, out Sr25519VerifyingKey sr);
        if (isSr) sr.CopyTo(copy);
        if (isSr && (!bytes.SequenceEqual(copy) || !IsOnlyEncoding(bytes))) throw new InvalidOperationException("an sr25519 key has one encoding");
        bool isEd = Ed25519VerifyingKey.TryDecode(bytes, out Ed25519VerifyingKey ed);
        if (isEd) ed.CopyTo(copy);
        if (isEd && !bytes.SequenceEqual(copy)) throw new InvalidOperationException("a key gives its bytes back");
        return new FuzzOutcome(bytes.Length == 32, (isSr, isEd) switch
        {
            (true, true) => null,
            (true, false) => Sr25519Only,
            (false, true) => Ed25519Only,
            _ => NeitherScheme,
        });
    }

    // RFC 9496 §4.3.1: below p and even, so neither the highest bit nor the lowest is set.
    private static bool IsOnlyEncoding(ReadOnlySpan<byte> bytes) => (bytes[31] & 0x80) == 0 && (bytes[0] & 1) == 0;
}
