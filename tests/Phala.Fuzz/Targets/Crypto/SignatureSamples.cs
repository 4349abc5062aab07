using Phala.Crypto.Signatures;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Signed messages as the signature targets read them: key (32 bytes) ‖ signature (64) ‖ message; shorter inputs give shorter parts.</summary>
internal static class SignatureSamples
{
    private const int KeyLength = 32, SignatureLength = 64;

    /// <summary>The length of the messages: long enough that most damage hits them and leaves the key decodable.</summary>
    internal const int MessageLength = 200;

    internal static byte[] Sr25519(int seed)
    {
        byte[] signature = new byte[SignatureLength], message = Bytes(MessageLength, seed);
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(Bytes(KeyLength, seed));
        pair.Sign(message, Bytes(KeyLength, seed + 1), signature);
        return [.. pair.PublicKey, .. signature, .. message];
    }

    internal static byte[] Ed25519(int seed)
    {
        byte[] signature = new byte[SignatureLength], message = Bytes(MessageLength, seed);
        using Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(Bytes(KeyLength, seed));
        pair.Sign(message, signature);
        return [.. pair.PublicKey, .. signature, .. message];
    }

    /// <summary>A copy whose scalar is surely not below the order.</summary>
    internal static byte[] WithLargeScalar(byte[] sample)
    {
        byte[] changed = [.. sample];
        changed[KeyLength + SignatureLength - 1] |= 0x7f;
        return changed;
    }

    /// <summary>A copy whose message is cut off inside the signature.</summary>
    internal static byte[] Cut(byte[] sample) => sample[..(KeyLength + SignatureLength - 1)];

    internal static ReadOnlySpan<byte> Key(ReadOnlySpan<byte> input) => Part(input, 0, KeyLength);

    internal static ReadOnlySpan<byte> Signature(ReadOnlySpan<byte> input) => Part(input, KeyLength, SignatureLength);

    internal static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> input) => Part(input, KeyLength + SignatureLength, int.MaxValue);

    internal static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> input, int start, int length)
    {
        ReadOnlySpan<byte> rest = input[Math.Min(start, input.Length)..];
        return rest[..Math.Min(length, rest.Length)];
    }

    internal static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
