using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

/// <summary>What Phala's published client packages computed, computed here.</summary>
public sealed class PhalaVectorTests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Signatures/Vectors/phala-keys.txt");

    [Fact]
    public void SeedsExpandToBothForms()
    {
        Vector vector = Named("v1-agreement");
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(vector.Bytes("seed"));
        Assert.Equal(vector.Bytes("public"), pair.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("canonical"), Secret(pair, Sr25519SecretForm.Canonical));
        Assert.Equal(vector.Bytes("ed25519"), Secret(pair, Sr25519SecretForm.Ed25519));
    }

    [Theory]
    [InlineData("canonical", Sr25519SecretForm.Canonical)]
    [InlineData("ed25519", Sr25519SecretForm.Ed25519)]
    public void BothFormsReadBack(string field, Sr25519SecretForm form)
    {
        Vector vector = Named("v1-agreement");
        Assert.True(Sr25519KeyPair.TryFromSecret(vector.Bytes(field), form, out Sr25519KeyPair? pair));
        Assert.Equal(vector.Bytes("public"), pair.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("canonical"), Secret(pair, Sr25519SecretForm.Canonical));
    }

    [Theory]
    [InlineData("v1-agreement")]
    [InlineData("v5-command")]
    public void AgreementGivesThePublishedSecretOnBothSides(string name)
    {
        Vector vector = Named(name);
        using Sr25519KeyPair worker = Sr25519KeyPair.FromSeed(vector.Bytes("seed")), client = Sr25519KeyPair.FromSeed(vector.Bytes("peerSeed"));
        Assert.Equal(vector.Bytes("public"), worker.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("peerPublic"), client.PublicKey.ToArray());
        byte[] shared = new byte[32];
        Assert.True(worker.TryAgree(client.PublicKey, shared));
        Assert.Equal(vector.Bytes("shared"), shared);
        Assert.True(client.TryAgree(worker.PublicKey, shared));
        Assert.Equal(vector.Bytes("shared"), shared);
    }

    [Theory]
    [InlineData("v3-certificate")]
    [InlineData("v3-request")]
    [InlineData("v8-message")]
    public void PublishedSignaturesVerify(string name)
    {
        Vector vector = Named(name);
        byte[] message = vector.Bytes("message");
        Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(vector.Bytes("public"), message, vector.Bytes("signature")));
        message[^1] ^= 1;
        Assert.Equal(SignatureVerdict.WrongSignature, Sr25519.Verify(vector.Bytes("public"), message, vector.Bytes("signature")));
    }

    [Fact]
    public void AlicesEcdsaSignatureIsThePublishedOne()
    {
        Vector vector = Named("v11-ecdsa");
        byte[] message = vector.Bytes("message"), publicKey = new byte[33], account = new byte[32], signature = new byte[65];
        Assert.Equal(SecretUriError.None, SecretUri.TryParse("//Alice", out SecretUri uri));
        Assert.Equal(SecretUriError.None, uri.TryDeriveEcdsa(out Secp256k1KeyPair? alice));
        alice!.PublicKey.Encode(publicKey);
        SubstrateEcdsa.WriteAccount(alice.PublicKey, account);
        alice.Sign(message, signature);
        Assert.Equal(vector.Bytes("public"), publicKey);
        Assert.Equal(vector.Bytes("account"), account);
        Assert.Equal(vector.Bytes("signature"), signature);
        Assert.Equal(EcdsaError.None, SubstrateEcdsa.Verify(account, message, signature));
        alice.Dispose();
    }

    [Fact]
    public void AlicesEd25519SignaturesOfBareAndWrappedBytesAreThePublishedOnes()
    {
        Vector vector = Named("v11-ed25519");
        byte[] message = vector.Bytes("message"), wrapped = [.. "<Bytes>"u8, .. message, .. "</Bytes>"u8], signature = new byte[64];
        Assert.Equal(SecretUriError.None, SecretUri.TryParse("//Alice", out SecretUri uri));
        Assert.Equal(SecretUriError.None, uri.TryDeriveEd25519(out Ed25519KeyPair? alice));
        Assert.Equal(vector.Bytes("public"), alice!.PublicKey.ToArray());
        alice.Sign(message, signature);
        Assert.Equal(vector.Bytes("signature"), signature);
        Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(alice.PublicKey, message, signature));
        alice.Sign(wrapped, signature);
        Assert.Equal(vector.Bytes("wrapped"), signature);
        Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(alice.PublicKey, wrapped, signature));
        alice.Dispose();
    }

    [Fact]
    public void TheKeyHierarchyIsThePublishedOne()
    {
        Vector vector = Named("v6-derivation");
        using Sr25519KeyPair master = Sr25519KeyPair.FromSeed(vector.Bytes("seed"));
        using Sr25519KeyPair cluster = PhalaKeyDerivation.Derive(master, "cluster_key"u8, vector.Bytes("cluster"));
        using Sr25519KeyPair contract = PhalaKeyDerivation.Derive(cluster, "contract_key"u8, vector.Bytes("contract"));
        using Sr25519KeyPair salted = PhalaKeyDerivation.Derive(cluster, vector.Bytes("contract"), "hello"u8, "keygen"u8);
        using Sr25519KeyPair sharing = PhalaKeyDerivation.Derive(master, "cluster_key_sharing"u8);
        Assert.Equal(vector.Bytes("public"), master.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("canonical"), Secret(master, Sr25519SecretForm.Canonical));
        Assert.Equal(vector.Bytes("clusterPublic"), cluster.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("clusterCanonical"), Secret(cluster, Sr25519SecretForm.Canonical));
        Assert.Equal(vector.Bytes("contractPublic"), contract.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("saltedPublic"), salted.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("saltedCanonical"), Secret(salted, Sr25519SecretForm.Canonical));
        Assert.Equal(vector.Bytes("sharingPublic"), sharing.PublicKey.ToArray());
    }

    [Fact]
    public void PartsOfTheInfoAreJoinedWhateverTheirLength()
    {
        using Sr25519KeyPair parent = Sr25519KeyPair.FromSeed(new byte[32]);
        byte[] info = TestBytes.Random(1000, 1);
        using Sr25519KeyPair whole = PhalaKeyDerivation.Derive(parent, info);
        using Sr25519KeyPair parts = PhalaKeyDerivation.Derive(parent, info.AsSpan(0, 100), info.AsSpan(100, 500), info.AsSpan(600));
        using Sr25519KeyPair shorter = PhalaKeyDerivation.Derive(parent, info.AsSpan(0, 999));
        Assert.Equal(whole.PublicKey.ToArray(), parts.PublicKey.ToArray());
        Assert.NotEqual(whole.PublicKey.ToArray(), shorter.PublicKey.ToArray());
    }

    private static byte[] Secret(Sr25519KeyPair pair, Sr25519SecretForm form)
    {
        byte[] secret = new byte[64];
        pair.CopySecret(form, secret);
        return secret;
    }

    private static Vector Named(string name) => Vectors.Single(vector => vector.Name == name);
}
