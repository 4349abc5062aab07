using Phala.Crypto.Encryption;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Messages sealed by a known sender: the sender's key (32 bytes, missing ones are zero) ‖ encapsulation ‖ ciphertext; the outermost check is that of the length.</summary>
internal sealed class HpkeOpenAuthenticatedTarget : FuzzTarget
{
    private static readonly X25519KeyPair Recipient = X25519KeyPair.Derive(SignatureSamples.Bytes(32, 1));
    private static readonly X25519KeyPair Sender = X25519KeyPair.Derive(SignatureSamples.Bytes(32, 2));

    public override string Name => "hpke-open-authenticated";

    // Of small order: the encapsulation of the second entry, the sender of the third.
    public override IReadOnlyList<byte[]> Corpus { get; } =
        [Sample(100), [.. Sender.PublicKey, .. new byte[332]], [.. new byte[32], .. Sample(100)[32..]], Sample(60), Sample(0)];

    public override IReadOnlyCollection<string> Errors { get; } =
        [nameof(HpkeError.InvalidPublicKey), nameof(HpkeError.Truncated), nameof(HpkeError.NotAuthentic)];

    public override long AllocationBound(int inputLength) => 20_000 + (4 * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        byte[] sender = new byte[32];
        SignatureSamples.Part(input, 0, 32).CopyTo(sender);
        ReadOnlySpan<byte> message = SignatureSamples.Part(input, 32, int.MaxValue);
        byte[] plaintext = new byte[Math.Max(0, message.Length - Hpke.Overhead)];
        HpkeError error = Hpke.OpenAuthenticated(Recipient, sender, "fuzz"u8, [], message, plaintext);
        if (error != HpkeError.None && plaintext.AsSpan().ContainsAnyExcept((byte)0)) throw new InvalidOperationException("plaintext of a message that did not open");
        if (error == HpkeError.None && !Sender.PublicKey.SequenceEqual(sender)) throw new InvalidOperationException("a message of another sender");
        return new FuzzOutcome(error != HpkeError.Truncated, error == HpkeError.None ? null : error.ToString());
    }

    private static byte[] Sample(int length)
    {
        byte[] message = new byte[length + Hpke.Overhead];
        Hpke.SealAuthenticated(Sender, Recipient.PublicKey, "fuzz"u8, [], SignatureSamples.Bytes(length, length), SignatureSamples.Bytes(32, length), message);
        return [.. Sender.PublicKey, .. message];
    }
}
