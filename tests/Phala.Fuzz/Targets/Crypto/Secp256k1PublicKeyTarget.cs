using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Public keys of secp256k1. The first byte tells to which of the two lengths the rest is brought, or to leave it.</summary>
public sealed class Secp256k1PublicKeyTarget : FuzzTarget
{
    private static readonly byte[] Uncompressed = MakeKey();

    /// <inheritdoc/>
    public override string Name => "secp256k1-public-key";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [0, 2, .. Uncompressed[1..33]],
        [0, 3, .. Uncompressed[1..33]],
        [1, .. Uncompressed],
        [1, .. Uncompressed],
        [1, 4, .. new byte[64]],
        [0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 254, 255, 255, 252, 47],
        [2, 2, .. Uncompressed[1..33]],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<Secp256k1PublicKeyError>().Where(name => name != nameof(Secp256k1PublicKeyError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 1024 + (2L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        byte[] bytes = Fit(input);
        Secp256k1PublicKeyError error = Secp256k1PublicKey.TryDecode(bytes, out Secp256k1PublicKey key);
        if (error == Secp256k1PublicKeyError.None)
        {
            byte[] encoded = new byte[bytes.Length];
            key.Encode(encoded);
            if (!encoded.AsSpan().SequenceEqual(bytes)) throw new InvalidOperationException("An accepted key does not encode to itself.");
        }

        return new FuzzOutcome(error != Secp256k1PublicKeyError.BadLength, error == Secp256k1PublicKeyError.None ? null : error.ToString());
    }

    private static byte[] Fit(byte[] input)
    {
        if (input.Length == 0) return [];
        byte[] bytes = input[0] switch { 0 => new byte[Secp256k1PublicKey.CompressedLength], 1 => new byte[Secp256k1PublicKey.UncompressedLength], _ => new byte[input.Length - 1] };
        input.AsSpan(1, Math.Min(input.Length - 1, bytes.Length)).CopyTo(bytes);
        return bytes;
    }

    private static byte[] MakeKey()
    {
        byte[] secret = new byte[32], key = new byte[Secp256k1PublicKey.UncompressedLength];
        secret[31] = 7;
        EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey publicKey);
        publicKey.Encode(key);
        return key;
    }
}
