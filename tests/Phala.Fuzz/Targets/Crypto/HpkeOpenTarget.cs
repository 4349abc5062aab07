using Phala.Crypto.Encryption;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Sealed messages: encapsulation ‖ ciphertext; the outermost check is that of the length.</summary>
internal sealed class HpkeOpenTarget : FuzzTarget
{
    private static readonly X25519KeyPair Recipient = X25519KeyPair.Derive(SignatureSamples.Bytes(32, 1));

    public override string Name => "hpke-open";

    // The second entry's encapsulation is of small order, as are most of its mutants'.
    public override IReadOnlyList<byte[]> Corpus { get; } = [Sample(100), [.. new byte[32], .. new byte[300]], Sample(0)];

    public override IReadOnlyCollection<string> Errors { get; } =
        [nameof(HpkeError.InvalidPublicKey), nameof(HpkeError.Truncated), nameof(HpkeError.NotAuthentic)];

    public override long AllocationBound(int inputLength) => 20_000 + (4 * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        byte[] plaintext = new byte[Math.Max(0, input.Length - Hpke.Overhead)];
        HpkeError error = Hpke.Open(Recipient, "fuzz"u8, [], input, plaintext);
        if (error != HpkeError.None && plaintext.AsSpan().ContainsAnyExcept((byte)0)) throw new InvalidOperationException("plaintext of a message that did not open");
        return new FuzzOutcome(error != HpkeError.Truncated, error == HpkeError.None ? null : error.ToString());
    }

    private static byte[] Sample(int length)
    {
        byte[] message = new byte[length + Hpke.Overhead];
        Hpke.Seal(Recipient.PublicKey, "fuzz"u8, [], SignatureSamples.Bytes(length, length), SignatureSamples.Bytes(32, length), message);
        return message;
    }
}
