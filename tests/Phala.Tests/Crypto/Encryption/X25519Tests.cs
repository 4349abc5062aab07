using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Encryption;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Encryption;

public sealed class X25519Tests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Curve25519/Vectors/x25519.txt");

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

    [Fact]
    public void CallsAgreeWithRfc7748()
    {
        Vector[] calls = [.. OfKind("call")];
        Assert.Equal(2, calls.Length);
        Assert.All(calls, vector => Assert.Equal(vector.Bytes("result"), Agree(vector.Bytes("scalar"), vector.Bytes("u"))));
    }

    [Fact]
    public void PublicKeysAndSecretsAreThoseOfRfc7748()
    {
        Vector[] parties = [.. OfKind("agreement")];
        Assert.Equal(2, parties.Length);
        Assert.All(parties, vector =>
        {
            Assert.Equal(vector.Bytes("public"), PublicKey(vector.Bytes("private")));
            Assert.Equal(vector.Bytes("shared"), Agree(vector.Bytes("private"), vector.Bytes("other")));
        });
    }

    [Fact]
    public void IterationsGiveTheValuesOfRfc7748()
    {
        Dictionary<int, byte[]> expected = OfKind("iterated").ToDictionary(vector => vector.Number("count"), vector => vector.Bytes("result"));
        byte[] scalar = [9, .. new byte[31]], u = [.. scalar];
        int compared = 0;
        for (int round = 1; round <= expected.Keys.Max(); round++)
        {
            (scalar, u) = (Agree(scalar, u), scalar);
            if (!expected.TryGetValue(round, out byte[]? result)) continue;
            Assert.Equal(result, scalar);
            compared++;
        }

        Assert.Equal(2, compared);
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
        string[] lines = NodeJs.Run("x25519.mjs", input + "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
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

    private static IEnumerable<Vector> OfKind(string kind) => Vectors.Where(vector => vector.Text("kind") == kind);

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
