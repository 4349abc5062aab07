using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>
/// ECDSA signatures: a byte that tells what to do, a hash, a signature. Bytes that are missing are zero, and what follows the signature is not looked at, but for one kind of input that
/// keeps its length.
/// </summary>
public sealed class EcdsaTarget : FuzzTarget
{
    private const int HashLength = EcdsaSecp256k1.HashLength;
    private const byte Recover = 0;
    private const byte RecoverLow = 1;
    private const byte Verify = 2;
    private const byte OwnLength = 3;

    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)0x11, 32)];
    private static readonly byte[] Hash = [.. Enumerable.Repeat((byte)0x22, HashLength)];
    private static readonly Secp256k1PublicKey Key = MakeKey();
    private static readonly byte[] Signature = Sign();

    // R = G and s = z, which is the signature of the point at infinity.
    private static readonly byte[] SignatureOfInfinity =
        [.. Convert.FromHexString("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"), .. Hash, 0];

    /// <inheritdoc/>
    public override string Name => "ecdsa-secp256k1";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [Recover, .. Hash, .. Signature],
        [RecoverLow, .. Hash, .. Signature],
        [RecoverLow, .. Hash, .. Signature[..32], 0xF0, .. Signature[33..]],
        [Verify, .. Hash, .. Signature],
        [Recover, .. Hash, .. SignatureOfInfinity],
        [Recover, .. Hash, .. new byte[32], .. Signature[32..]],
        [Verify, .. Hash, .. Signature[..32], .. new byte[33]],
        [OwnLength, .. Hash, .. Signature],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<EcdsaError>().Where(name => name != nameof(EcdsaError.None))];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 1024 + (2L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        byte mode = input.Length == 0 ? Recover : input[0];
        byte[] hash = Part(input, 1, HashLength);
        int rest = Math.Max(0, input.Length - 1 - HashLength);
        byte[] signature = Part(input, 1 + HashLength, mode == OwnLength ? rest : EcdsaSecp256k1.RecoverableSignatureLength);
        EcdsaHighS highS = mode == RecoverLow ? EcdsaHighS.Reject : EcdsaHighS.Accept;

        EcdsaError error = EcdsaSecp256k1.Verify(Key, hash, signature, highS);
        if (mode != Verify)
        {
            error = EcdsaSecp256k1.Recover(hash, signature, out Secp256k1PublicKey key, highS);
            if (error == EcdsaError.None && EcdsaSecp256k1.Verify(key, hash, signature) != EcdsaError.None) throw new InvalidOperationException("The recovered key does not verify.");
        }

        return new FuzzOutcome(error != EcdsaError.BadLength, error == EcdsaError.None ? null : error.ToString());
    }

    private static byte[] Part(byte[] input, int at, int length)
    {
        byte[] part = new byte[length];
        if (at < input.Length) input.AsSpan(at, Math.Min(length, input.Length - at)).CopyTo(part);
        return part;
    }

    private static Secp256k1PublicKey MakeKey()
    {
        EcdsaSecp256k1.TryDerivePublicKey(Secret, out Secp256k1PublicKey key);
        return key;
    }

    private static byte[] Sign()
    {
        byte[] signature = new byte[EcdsaSecp256k1.RecoverableSignatureLength];
        EcdsaSecp256k1.TrySign(Secret, Hash, signature);
        return signature;
    }
}
