using System.Numerics;
using Phala.Crypto.Signatures;
using Phala.Tests.Crypto.Secp256k1;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

public sealed class Secp256k1PublicKeyTests
{
    private static readonly byte[] X = NaiveSecp256k1.Bytes(NaiveSecp256k1.G.X);
    private static readonly byte[] Y = NaiveSecp256k1.Bytes(NaiveSecp256k1.G.Y);

    [Fact]
    public void BothFormsGiveTheSameKeyBack()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Assert.True(EcdsaSecp256k1.TryDerivePublicKey(TestBytes.Random(32, seed), out Secp256k1PublicKey key));
            foreach (int length in (int[])[33, 65])
            {
                byte[] bytes = new byte[length];
                key.Encode(bytes);
                Assert.Equal(Secp256k1PublicKeyError.None, Secp256k1PublicKey.TryDecode(bytes, out Secp256k1PublicKey decoded));
                Assert.True(key == decoded && key.GetHashCode() == decoded.GetHashCode() && key.Equals((object)decoded));
            }
        }
    }

    [Fact]
    public void TheSignOfYIsInTheTag()
    {
        Secp256k1PublicKey.TryDecode([2, .. X], out Secp256k1PublicKey even);
        Secp256k1PublicKey.TryDecode([3, .. X], out Secp256k1PublicKey odd);
        byte[] bytes = new byte[65];
        even.Encode(bytes);
        Assert.Equal([4, .. X, .. Y], bytes);
        odd.Encode(bytes);
        Assert.Equal([4, .. X, .. NaiveSecp256k1.Bytes(NaiveSecp256k1.P - NaiveSecp256k1.G.Y)], bytes);
        Assert.True(even != odd);
    }

    [Fact]
    public void EachDefectHasItsError()
    {
        byte[] notX = NaiveSecp256k1.Bytes(5), tooLarge = NaiveSecp256k1.Bytes(NaiveSecp256k1.P), wrongY = NaiveSecp256k1.Bytes(NaiveSecp256k1.G.Y + 1);
        foreach (int length in (int[])[0, 1, 32, 34, 64, 66]) AssertError(Secp256k1PublicKeyError.BadLength, new byte[length]);
        foreach (byte tag in (byte[])[0, 1, 4, 5, 6, 255]) AssertError(Secp256k1PublicKeyError.BadTag, [tag, .. X]);
        foreach (byte tag in (byte[])[0, 2, 3, 5, 6, 7, 255]) AssertError(Secp256k1PublicKeyError.BadTag, [tag, .. X, .. Y]);
        AssertError(Secp256k1PublicKeyError.CoordinateOutOfRange, [2, .. tooLarge]);
        AssertError(Secp256k1PublicKeyError.CoordinateOutOfRange, [4, .. tooLarge, .. Y]);
        AssertError(Secp256k1PublicKeyError.CoordinateOutOfRange, [4, .. X, .. tooLarge]);
        AssertError(Secp256k1PublicKeyError.NotOnCurve, [2, .. notX]);
        AssertError(Secp256k1PublicKeyError.NotOnCurve, [4, .. X, .. wrongY]);
        AssertError(Secp256k1PublicKeyError.NotOnCurve, new byte[] { 4 }.Concat(new byte[64]).ToArray());
    }

    [Fact]
    public void XAndXPlusPAreNotTheSame()
    {
        // 1 is an abscissa, and so is every representative of it modulo p: only the one below p is a key.
        Assert.Equal(Secp256k1PublicKeyError.None, Secp256k1PublicKey.TryDecode([2, .. NaiveSecp256k1.Bytes(1)], out _));
        AssertError(Secp256k1PublicKeyError.CoordinateOutOfRange, [2, .. NaiveSecp256k1.Bytes(BigInteger.One + NaiveSecp256k1.P)]);
    }

    [Fact]
    public void ADestinationOfAnotherLengthIsABugOfTheCaller()
    {
        Secp256k1PublicKey.TryDecode([2, .. X], out Secp256k1PublicKey key);
        Assert.Throws<ArgumentOutOfRangeException>(() => key.Encode(new byte[32]));
        Assert.Throws<ArgumentOutOfRangeException>(() => key.Encode(new byte[64]));
    }

    private static void AssertError(Secp256k1PublicKeyError expected, byte[] bytes) => Assert.Equal(expected, Secp256k1PublicKey.TryDecode(bytes, out _));
}
