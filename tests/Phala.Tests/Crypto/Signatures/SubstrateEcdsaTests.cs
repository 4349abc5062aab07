using Phala.Crypto.Hashing;
using Phala.Crypto.Signatures;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

public sealed class SubstrateEcdsaTests
{
    [Fact]
    public void ASignatureBelongsToItsAccountAndMessageOnly()
    {
        byte[] secret = TestBytes.Random(32, 1), message = TestBytes.Random(100, 2), signature = new byte[65], account = new byte[32];
        Assert.True(SubstrateEcdsa.TrySign(secret, message, signature));
        Assert.True(EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey key));
        SubstrateEcdsa.WriteAccount(key, account);
        Assert.Equal(EcdsaError.None, SubstrateEcdsa.Verify(account, message, signature));

        byte[] otherMessage = [.. message, 0], otherAccount = [.. account[..31], (byte)(account[31] ^ 1)];
        Assert.Equal(EcdsaError.WrongSignature, SubstrateEcdsa.Verify(account, otherMessage, signature));
        Assert.Equal(EcdsaError.WrongSignature, SubstrateEcdsa.Verify(otherAccount, message, signature));
        Assert.Equal(EcdsaError.BadLength, SubstrateEcdsa.Verify(account, message, signature.AsSpan(0, 64)));
        Assert.Equal(EcdsaError.BadRecoveryId, SubstrateEcdsa.Verify(account, message, [.. signature[..64], 9]));
    }

    [Fact]
    public void TheMessageIsHashedWithBlake2b()
    {
        byte[] secret = TestBytes.Random(32, 3), hash = new byte[32], expected = new byte[65], signature = new byte[65];
        Blake2b.Hash256("message"u8, hash);
        EcdsaSecp256k1.TrySign(secret, hash, expected);
        SubstrateEcdsa.TrySign(secret, "message"u8, signature);
        Assert.Equal(expected, signature);
    }

    /// <summary>The account of the development key Alice in the ecdsa scheme.</summary>
    [Fact]
    public void TheAccountIsTheHashOfTheCompressedKey()
    {
        Secp256k1PublicKey.TryDecode(Convert.FromHexString("020a1091341fe5664bfa1782d5e04779689068c916b04cb365ec3153755684d9a1"), out Secp256k1PublicKey alice);
        byte[] account = new byte[32], expected = new byte[32], key = new byte[33];
        SubstrateEcdsa.WriteAccount(alice, account);
        alice.Encode(key);
        Blake2b.Hash256(key, expected);
        Assert.Equal(expected, account);
    }
}
