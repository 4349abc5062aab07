using Phala.Chain;
using Phala.Crypto.Signatures;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Scheme ‖ account (32 bytes) ‖ signature (65; the last is passed over where the scheme has 64), filled up with zeros. The message is fixed. Past the outermost check is what has a signature at all.</summary>
internal sealed class MultiSignatureTarget : FuzzTarget
{
    private const int SignatureAt = 33, Length = SignatureAt + 65;

    private static readonly byte[] Message = [1, 2, 3];

    public override string Name => "multi-signature";

    public override IReadOnlyList<byte[]> Corpus { get; } = MakeCorpus();

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<MultiSignatureError>().Except([nameof(MultiSignatureError.None)])];

    public override long AllocationBound(int inputLength) => 1024;

    public override int SampleSize => 10_000;

    public override FuzzOutcome Run(byte[] input)
    {
        Span<byte> padded = stackalloc byte[Length];
        padded.Clear();
        input.AsSpan(0, Math.Min(input.Length, Length)).CopyTo(padded);
        SignatureScheme scheme = (SignatureScheme)(padded[0] % 3);
        MultiSignature signature = new(scheme, padded.Slice(SignatureAt, MultiSignature.LengthOf(scheme)));
        MultiSignatureError error = signature.Verify(Message, new AccountId(padded[1..SignatureAt]));
        return new FuzzOutcome(input.Length > SignatureAt, error == MultiSignatureError.None ? null : error.ToString());
    }

    private static List<byte[]> MakeCorpus()
    {
        byte[] secret = [.. Enumerable.Repeat((byte)9, 32)], edwards = new byte[65], ristretto = new byte[65], ecdsa = new byte[65], account = new byte[32];
        using Ed25519KeyPair ed = Ed25519KeyPair.FromSeed(secret);
        ed.Sign(Message, edwards.AsSpan(0, 64));
        using Sr25519KeyPair sr = Sr25519KeyPair.FromSeed(secret);
        sr.Sign(Message, new byte[Sr25519.EntropyLength], ristretto.AsSpan(0, 64));
        SubstrateEcdsa.TrySign(secret, Message, ecdsa);
        EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey key);
        SubstrateEcdsa.WriteAccount(key, account);
        return [[0, .. ed.PublicKey, .. edwards], [1, .. sr.PublicKey, .. ristretto], [2, .. account, .. ecdsa]];
    }
}
