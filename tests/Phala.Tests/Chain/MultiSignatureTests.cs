using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Xunit;

namespace Phala.Tests.Chain;

public sealed class MultiSignatureTests
{
    private static readonly byte[] Message = [1, 2, 3, 4];

    public static TheoryData<SignatureScheme> Schemes => [SignatureScheme.Ed25519, SignatureScheme.Sr25519, SignatureScheme.Ecdsa];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void TheSignersAccountAndNoOtherIsAccepted(SignatureScheme scheme)
    {
        (MultiSignature signature, AccountId account) = Sign(scheme, 1);
        (_, AccountId other) = Sign(scheme, 2);
        Assert.Equal(MultiSignatureError.None, signature.Verify(Message, account));
        Assert.Equal(MultiSignatureError.WrongSignature, signature.Verify([1, 2, 3, 5], account));
        Assert.Equal(MultiSignatureError.WrongSignature, signature.Verify(Message, other));
        Assert.Equal(0, Crypto.Allocation.Of(() => signature.Verify(Message, account)));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void ASchemesSignatureIsNoneOfAnotherScheme(SignatureScheme scheme)
    {
        (MultiSignature signature, AccountId account) = Sign(scheme, 1);
        foreach (SignatureScheme other in Enum.GetValues<SignatureScheme>())
        {
            if (other == scheme) continue;
            byte[] bytes = new byte[MultiSignature.LengthOf(other)];
            signature.Bytes[..64].CopyTo(bytes);
            Assert.NotEqual(MultiSignatureError.None, new MultiSignature(other, bytes).Verify(Message, account));
        }
    }

    [Fact]
    public void MalformedPartsHaveTheirNames()
    {
        (MultiSignature marked, AccountId account) = Sign(SignatureScheme.Sr25519, 1);
        byte[] bytes = marked.Bytes.ToArray();
        bytes[63] &= 0x7f;
        Assert.Equal(MultiSignatureError.MalformedSignature, new MultiSignature(SignatureScheme.Sr25519, bytes).Verify(Message, account));
        AccountId noPoint = new([.. Enumerable.Repeat((byte)0xff, 32)]);
        Assert.Equal(MultiSignatureError.MalformedPublicKey, marked.Verify(Message, noPoint));
        Assert.Equal(MultiSignatureError.MalformedSignature, new MultiSignature(SignatureScheme.Ecdsa, new byte[65]).Verify(Message, account));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void TheEncodingIsTheSchemesByteAndTheSignature(SignatureScheme scheme)
    {
        MultiSignature signature = Sign(scheme, 3).Signature;
        byte[] encoded = Scale.Encode(signature);
        Assert.Equal([(byte)scheme, .. signature.Bytes], encoded);
        Assert.Equal(scheme == SignatureScheme.Ecdsa ? 66 : 65, encoded.Length);
        Assert.Equal(signature, Scale.Decode<MultiSignature>(encoded).Value);
        Assert.NotEqual(signature, Sign(scheme, 4).Signature);
        Assert.Equal(ScaleError.UnexpectedEnd, Scale.Decode<MultiSignature>(encoded.AsSpan()[..^1]).Error);
        Assert.Equal(ScaleError.UnknownVariant, Scale.Decode<MultiSignature>([3, .. encoded[1..]]).Error);
        Assert.Equal(0, Crypto.Allocation.Of(() => Scale.Decode<MultiSignature>(encoded)));
    }

    [Fact]
    public void ASignatureOfAnotherLengthIsTheCallersMistake()
    {
        Assert.Throws<ArgumentException>(() => new MultiSignature(SignatureScheme.Ed25519, new byte[65]));
        Assert.Throws<ArgumentException>(() => new MultiSignature(SignatureScheme.Ecdsa, new byte[64]));
        Assert.Throws<ArgumentException>(() => new MultiSignature((SignatureScheme)3, new byte[64]));
    }

    private static (MultiSignature Signature, AccountId Account) Sign(SignatureScheme scheme, byte seed)
    {
        byte[] secret = [.. Enumerable.Repeat(seed, 32)], signature = new byte[MultiSignature.LengthOf(scheme)], account = new byte[32];
        switch (scheme)
        {
            case SignatureScheme.Ed25519:
                using (Ed25519KeyPair keys = Ed25519KeyPair.FromSeed(secret))
                {
                    keys.Sign(Message, signature);
                    account = keys.PublicKey.ToArray();
                }

                break;
            case SignatureScheme.Sr25519:
                using (Sr25519KeyPair keys = Sr25519KeyPair.FromSeed(secret))
                {
                    keys.Sign(Message, new byte[Sr25519.EntropyLength], signature);
                    account = keys.PublicKey.ToArray();
                }

                break;
            default:
                Assert.True(SubstrateEcdsa.TrySign(secret, Message, signature));
                Assert.True(Secp256k1KeyPair.TryFromSecret(secret, out Secp256k1KeyPair? pair));
                using (pair) SubstrateEcdsa.WriteAccount(pair.PublicKey, account);
                break;
        }

        return (new MultiSignature(scheme, signature), new AccountId(account));
    }
}
