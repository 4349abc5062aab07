using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Crypto;

/// <summary>Messages signed by an account: account (32 bytes, missing ones are zero) ‖ signature (65) ‖ message; the outermost check is that of the signature's length.</summary>
internal sealed class SubstrateEcdsaTarget : FuzzTarget
{
    private const int AccountLength = SubstrateEcdsa.AccountLength, SignatureLength = EcdsaSecp256k1.RecoverableSignatureLength;

    private static readonly byte[] Message = SignatureSamples.Bytes(SignatureSamples.MessageLength, 6);
    private static readonly byte[] Valid = Sample();

    public override string Name => "substrate-ecdsa";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Valid, Valid,
        With(Valid, AccountLength, new byte[32]),
        With(Valid, AccountLength + 32, Enumerable.Repeat((byte)0xff, 32)),
        With(Valid, AccountLength + 64, [7]),
        With(Valid, AccountLength, SignatureOfInfinity()),
    ];

    public override IReadOnlyCollection<string> Errors { get; } =
        [.. Enum.GetNames<EcdsaError>().Except([nameof(EcdsaError.None), nameof(EcdsaError.HighS)])];

    public override long AllocationBound(int inputLength) => 1024 + (2L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        Span<byte> account = stackalloc byte[AccountLength];
        account.Clear();
        SignatureSamples.Part(input, 0, AccountLength).CopyTo(account);
        ReadOnlySpan<byte> signature = SignatureSamples.Part(input, AccountLength, SignatureLength);
        EcdsaError error = SubstrateEcdsa.Verify(account, SignatureSamples.Part(input, AccountLength + SignatureLength, int.MaxValue), signature);
        return new FuzzOutcome(error != EcdsaError.BadLength, error == EcdsaError.None ? null : error.ToString());
    }

    // R = G and s = z, which is the signature of the point at infinity.
    private static byte[] SignatureOfInfinity()
    {
        byte[] hash = new byte[EcdsaSecp256k1.HashLength];
        Blake2b.Hash256(Message, hash);
        return [.. Convert.FromHexString("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"), .. hash, 0];
    }

    private static byte[] With(byte[] sample, int at, IEnumerable<byte> part)
    {
        byte[] changed = [.. sample];
        part.ToArray().CopyTo(changed, at);
        return changed;
    }

    private static byte[] Sample()
    {
        byte[] secret = SignatureSamples.Bytes(32, 4), account = new byte[AccountLength], signature = new byte[SignatureLength];
        EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey key);
        SubstrateEcdsa.WriteAccount(key, account);
        SubstrateEcdsa.TrySign(secret, Message, signature);
        return [.. account, .. signature, .. Message];
    }
}
