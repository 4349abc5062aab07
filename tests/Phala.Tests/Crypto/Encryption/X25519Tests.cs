using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Encryption;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Encryption;

public sealed class X25519Tests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Encryption/Vectors/x25519.txt");

    /// <summary>The u-coordinates of small order (of curve and twist), also above p and with the ignored bit set.</summary>
    public static TheoryData<string> SmallOrder =>
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
    ];

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithRfc7748(string name)
    {
        Vector vector = Vectors.Single(vector => vector.Name == name);
        Assert.Equal(vector.Bytes("result"), Agree(vector.Bytes("scalar"), vector.Bytes("u")));
    }

    [Fact]
    public void PublicKeysAreThoseOfRfc7748()
    {
        Vector alice = Vectors.Single(vector => vector.Name == "alice"), bob = Vectors.Single(vector => vector.Name == "bob");
        Assert.Equal(bob.Bytes("u"), PublicKey(alice.Bytes("scalar")));
        Assert.Equal(alice.Bytes("u"), PublicKey(bob.Bytes("scalar")));
    }

    [Fact]
    public void ThousandIterationsGiveTheValueOfRfc7748()
    {
        byte[] scalar = [9, .. new byte[31]], u = [.. scalar];
        for (int round = 0; round < 1000; round++)
        {
            (scalar, u) = (Agree(scalar, u), scalar);
            if (round == 0) Assert.Equal("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079", Convert.ToHexStringLower(scalar));
        }

        Assert.Equal("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", Convert.ToHexStringLower(scalar));
    }

    [Theory]
    [MemberData(nameof(SmallOrder))]
    public void PointsOfSmallOrderAreRefusedAndGiveZeros(string peer)
    {
        byte[] shared = [.. Enumerable.Repeat((byte)1, 32)];
        Assert.False(X25519.TryAgree(TestBytes.Random(32, 4), Convert.FromHexString(peer), shared));
        Assert.Equal(new byte[32], shared);
    }

    [Fact]
    public void AgreementIsSymmetric() =>
        Prop.ForAll<int, int>((one, other) =>
        {
            byte[] a = TestBytes.Random(32, one), b = TestBytes.Random(32, other);
            return Agree(a, PublicKey(b)).AsSpan().SequenceEqual(Agree(b, PublicKey(a)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void PublicKeyIsAgreementWithNine()
    {
        byte[] nine = [9, .. new byte[31]];
        for (int seed = 0; seed < 50; seed++) Assert.Equal(Agree(TestBytes.Random(32, seed), nine), PublicKey(TestBytes.Random(32, seed)));
    }

    [Fact]
    public void AgreesWithOpenSslOnAThousandRandomKeys()
    {
        (byte[] Own, byte[] Peer)[] pairs = [.. Enumerable.Range(0, 1000).Select(at => (TestBytes.Random(32, at), TestBytes.Random(32, at + 5000)))];
        string input = string.Join('\n', pairs.Select(pair => $"{Convert.ToHexStringLower(pair.Own)} {Convert.ToHexStringLower(pair.Peer)}"));
        string[] lines = Node.Run("x25519.mjs", input + "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            pairs.Select(pair => $"{Convert.ToHexStringLower(PublicKey(pair.Own))} {Convert.ToHexStringLower(Agree(pair.Own, pair.Peer))}"), lines);
        Assert.Equal(1000, lines.Distinct().Count());
    }

    [Fact]
    public void AKeyPairDoesWhatItsPrivateKeyDoes()
    {
        byte[] privateKey = TestBytes.Random(32, 1), peer = PublicKey(TestBytes.Random(32, 2)), shared = new byte[32], copy = new byte[32];
        using X25519KeyPair pair = X25519KeyPair.FromPrivateKey(privateKey);
        Assert.Equal(PublicKey(privateKey), pair.PublicKey.ToArray());
        Assert.True(pair.TryAgree(peer, shared));
        Assert.Equal(Agree(privateKey, peer), shared);
        pair.CopyPrivateKey(copy);
        Assert.Equal(privateKey, copy);
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pair.TryAgree(peer, shared));
    }

    [Fact]
    public void WrongLengthsAreTheCallersBug()
    {
        byte[] right = new byte[32], wrong = new byte[31];
        Assert.Throws<ArgumentException>(() => X25519.TryAgree(wrong, right, right));
        Assert.Throws<ArgumentException>(() => X25519.TryAgree(right, wrong, right));
        Assert.Throws<ArgumentException>(() => X25519.TryAgree(right, right, wrong));
        Assert.Throws<ArgumentException>(() => X25519KeyPair.FromPrivateKey(wrong));
        Assert.Throws<ArgumentException>(() => X25519KeyPair.Derive(wrong));
    }

    [Fact]
    public void AgreementAllocatesNothing()
    {
        byte[] own = TestBytes.Random(32, 1), peer = PublicKey(TestBytes.Random(32, 2)), shared = new byte[32];
        Assert.Equal(0, Allocation.Of(() => X25519.TryAgree(own, peer, shared)));
    }

    private static byte[] PublicKey(byte[] privateKey)
    {
        byte[] publicKey = new byte[32];
        X25519.PublicKey(privateKey, publicKey);
        return publicKey;
    }

    private static byte[] Agree(byte[] own, byte[] peer)
    {
        byte[] shared = new byte[32];
        Assert.True(X25519.TryAgree(own, peer, shared));
        return shared;
    }
}
