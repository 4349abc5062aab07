using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Phala.Crypto.Signatures;
using Phala.Testing;
using Phala.Tests.Crypto.Secp256k1;
using Xunit;
using Vector = Phala.Testing.Vector;

namespace Phala.Tests.Crypto.Signatures;

public sealed class EcdsaSecp256k1Tests
{
    private static readonly BigInteger N = NaiveSecp256k1.N;

    [Fact]
    public void DeterministicSignaturesEqualThePublishedOnes()
    {
        IReadOnlyList<Vector> vectors = VectorFile.Read("Crypto/Secp256k1/Vectors/rfc6979.txt");
        Assert.Equal(5, vectors.Count);
        foreach (Vector vector in vectors)
        {
            byte[] signature = new byte[64], hash = SHA256.HashData(Encoding.ASCII.GetBytes(vector.Text("message")));
            Assert.True(EcdsaSecp256k1.TrySign(vector.Bytes("secret"), hash, signature));
            Assert.Equal(vector.Text("signature"), Convert.ToHexStringLower(signature));
        }
    }

    [Fact]
    public void VerdictsEqualThoseOfWycheproof()
    {
        int valid = 0, invalid = 0;
        HashSet<EcdsaError> reached = [];
        foreach (Vector vector in VectorFile.Read("Crypto/Secp256k1/Vectors/wycheproof-ecdsa.txt"))
        {
            Assert.Equal(Secp256k1PublicKeyError.None, Secp256k1PublicKey.TryDecode(vector.Bytes("key"), out Secp256k1PublicKey key));
            EcdsaError error = EcdsaSecp256k1.Verify(key, SHA256.HashData(vector.Bytes("message")), vector.Bytes("signature"));
            reached.Add(error);
            Assert.True((error == EcdsaError.None) == (vector.Text("result") == "valid"), $"{vector}: {error}");
            if (error == EcdsaError.None) valid++;
            else invalid++;
        }

        Assert.Equal((167, 85), (valid, invalid));
        Assert.Superset(new HashSet<EcdsaError> { EcdsaError.None, EcdsaError.BadLength, EcdsaError.ROutOfRange, EcdsaError.SOutOfRange, EcdsaError.WrongSignature }, reached);
    }

    [Fact]
    public void AThousandKeysAndSignaturesEqualThoseOfNoble()
    {
        StringBuilder input = new();
        List<string> expected = [];
        HashSet<byte> recoveryIds = [];
        for (int index = 0; index < 1000; index++)
        {
            byte[] secret = TestBytes.Random(32, index), hash = TestBytes.Random(32, ~index), signature = new byte[65];
            if (index == 1) hash.AsSpan().Fill(0xFF);
            if (index == 2) hash.AsSpan().Clear();
            Assert.True(EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey key));
            Assert.True(EcdsaSecp256k1.TrySign(secret, hash, signature));
            Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Verify(key, hash, signature, EcdsaHighS.Reject));
            Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Recover(hash, signature, out Secp256k1PublicKey recovered, EcdsaHighS.Reject));
            Assert.True(key == recovered);
            recoveryIds.Add(signature[64]);
            expected.Add($"{Convert.ToHexStringLower(Encode(key, 33))} {Convert.ToHexStringLower(Encode(key, 65))} {Convert.ToHexStringLower(signature)}");
            input.Append(Convert.ToHexStringLower(secret)).Append(' ').Append(Convert.ToHexStringLower(hash)).Append('\n');
        }

        Assert.Superset(new HashSet<byte> { 0, 1 }, recoveryIds);
        Assert.Equal(expected, NodeJs.Run("secp256k1.mjs", input.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void AChangedBitOfAnythingIsNoticed()
    {
        (byte[] secret, byte[] hash, byte[] signature, Secp256k1PublicKey key) = Example(1);
        for (int bit = 0; bit < 520; bit++)
        {
            byte[] changed = signature.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(EcdsaError.None, EcdsaSecp256k1.Verify(key, hash, changed));
            if (bit < 512) Assert.NotEqual(EcdsaError.None, EcdsaSecp256k1.Verify(key, hash, changed.AsSpan(0, 64)));
            if (EcdsaSecp256k1.Recover(hash, changed, out Secp256k1PublicKey other) == EcdsaError.None) Assert.True(other != key);
            if (bit >= 256) continue;
            byte[] changedHash = hash.ToArray();
            changedHash[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(EcdsaError.WrongSignature, EcdsaSecp256k1.Verify(key, changedHash, signature));
            Assert.Equal(EcdsaError.WrongSignature, EcdsaSecp256k1.Verify(key, changedHash, signature.AsSpan(0, 64)));
        }

        secret[0] ^= 1;
        EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey otherKey);
        Assert.Equal(EcdsaError.WrongSignature, EcdsaSecp256k1.Verify(otherKey, hash, signature));
    }

    [Fact]
    public void OfAllLastBytesOnlyTheTwoSpellingsOfTheRightPointPass()
    {
        (_, byte[] hash, byte[] signature, Secp256k1PublicKey key) = Example(7);
        int v = signature[64];
        int[] accepted = [.. Enumerable.Range(0, 256).Where(last => EcdsaSecp256k1.Verify(key, hash, [.. signature[..64], (byte)last]) == EcdsaError.None)];
        Assert.Equal([v, v + 27], accepted);
    }

    [Fact]
    public void TheTwinWithTheOtherSIsAcceptedOrRejectedAsAskedFor()
    {
        (_, byte[] hash, byte[] signature, Secp256k1PublicKey key) = Example(2);
        byte[] twin = signature.ToArray();
        NaiveSecp256k1.Bytes(N - NaiveSecp256k1.Read(signature.AsSpan(32, 32))).CopyTo(twin, 32);
        twin[64] ^= 1;
        Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Verify(key, hash, twin));
        Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Recover(hash, twin, out Secp256k1PublicKey recovered));
        Assert.True(recovered == key);
        Assert.Equal(EcdsaError.HighS, EcdsaSecp256k1.Verify(key, hash, twin, EcdsaHighS.Reject));
        Assert.Equal(EcdsaError.HighS, EcdsaSecp256k1.Recover(hash, twin, out _, EcdsaHighS.Reject));

        NaiveSecp256k1.Bytes(N / 2).CopyTo(twin, 32);
        Assert.Equal(EcdsaError.WrongSignature, EcdsaSecp256k1.Verify(key, hash, twin, EcdsaHighS.Reject));
        NaiveSecp256k1.Bytes((N / 2) + 1).CopyTo(twin, 32);
        Assert.Equal(EcdsaError.HighS, EcdsaSecp256k1.Verify(key, hash, twin, EcdsaHighS.Reject));
    }

    [Fact]
    public void NumbersOutOfRangeAreRejectedByName()
    {
        (_, byte[] hash, byte[] signature, Secp256k1PublicKey key) = Example(3);
        foreach (BigInteger bad in (BigInteger[])[0, N, N + 1, (BigInteger.One << 256) - 1])
        {
            byte[] badR = [.. NaiveSecp256k1.Bytes(bad), .. signature[32..]], badS = [.. signature[..32], .. NaiveSecp256k1.Bytes(bad), signature[64]];
            Assert.Equal(EcdsaError.ROutOfRange, EcdsaSecp256k1.Verify(key, hash, badR));
            Assert.Equal(EcdsaError.SOutOfRange, EcdsaSecp256k1.Verify(key, hash, badS));
            Assert.Equal(EcdsaError.ROutOfRange, EcdsaSecp256k1.Recover(hash, badR, out _));
            Assert.Equal(EcdsaError.SOutOfRange, EcdsaSecp256k1.Recover(hash, badS, out _));
        }

        foreach (int length in (int[])[0, 63, 66]) Assert.Equal(EcdsaError.BadLength, EcdsaSecp256k1.Verify(key, hash, new byte[length]));
        foreach (int length in (int[])[0, 64, 66]) Assert.Equal(EcdsaError.BadLength, EcdsaSecp256k1.Recover(hash, new byte[length], out _));
    }

    [Fact]
    public void RecoveryKnowsBothWaysOfCounting()
    {
        (_, byte[] hash, byte[] signature, Secp256k1PublicKey key) = Example(4);
        for (int v = 0; v < 256; v++)
        {
            byte[] changed = [.. signature[..64], (byte)v];
            EcdsaError error = EcdsaSecp256k1.Recover(hash, changed, out Secp256k1PublicKey recovered);
            if (v is (>= 0 and <= 3) or (>= 27 and <= 30)) Assert.NotEqual(EcdsaError.BadRecoveryId, error);
            else Assert.Equal(EcdsaError.BadRecoveryId, error);
            if (v == signature[64] || v == signature[64] + 27) Assert.True(error == EcdsaError.None && recovered == key);
            else if (error == EcdsaError.None) Assert.True(recovered != key);
        }
    }

    [Fact]
    public void AnAbscissaAboveTheOrderIsFoundByVerificationAndRecovery()
    {
        // A point with x from n to p - 1 is too rare to meet, so it is made: with R known and s = r the key is R - (z/r)·G.
        byte[] hash = TestBytes.Random(32, 9);
        int found = 0;
        for (BigInteger x = N; found < 2; x++)
        {
            BigInteger yy = NaiveSecp256k1.Mod((x * x * x) + 7, NaiveSecp256k1.P), y = BigInteger.ModPow(yy, (NaiveSecp256k1.P + 1) / 4, NaiveSecp256k1.P);
            BigInteger r = x - N;
            if (y * y % NaiveSecp256k1.P != yy || r.IsZero) continue;
            found++;
            BigInteger z = NaiveSecp256k1.Read(hash);
            (BigInteger X, BigInteger Y)? key = NaiveSecp256k1.Add((x, y), NaiveSecp256k1.Multiply(NaiveSecp256k1.Mod(-z * NaiveSecp256k1.Invert(r, N), N), NaiveSecp256k1.G));
            byte[] signature = [.. NaiveSecp256k1.Bytes(r), .. NaiveSecp256k1.Bytes(r), (byte)(2 + (y.IsEven ? 0 : 1))];
            Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Recover(hash, signature, out Secp256k1PublicKey recovered));
            Assert.Equal([4, .. NaiveSecp256k1.Bytes(key!.Value.X), .. NaiveSecp256k1.Bytes(key.Value.Y)], Encode(recovered, 65));
            Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Verify(recovered, hash, signature));
            Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Verify(recovered, hash, signature.AsSpan(0, 64)));
        }

        // r + n is not below p, although it is an abscissa modulo p; or r is none.
        byte[] above = [.. NaiveSecp256k1.Bytes(NaiveSecp256k1.P - N + 1), .. NaiveSecp256k1.Bytes(1), 2];
        Assert.Equal(EcdsaError.NoSuchPoint, EcdsaSecp256k1.Recover(hash, above, out _));
        byte[] five = [.. NaiveSecp256k1.Bytes(5), .. NaiveSecp256k1.Bytes(1), 0];
        Assert.Equal(EcdsaError.NoSuchPoint, EcdsaSecp256k1.Recover(hash, five, out _));
    }

    [Fact]
    public void TheSignatureOfInfinityHasNoKey()
    {
        // R = G and s = z: (s/r)·R - (z/r)·G is infinity.
        byte[] hash = NaiveSecp256k1.Bytes(4242), signature = [.. NaiveSecp256k1.Bytes(NaiveSecp256k1.G.X), .. NaiveSecp256k1.Bytes(4242), (byte)(NaiveSecp256k1.G.Y.IsEven ? 0 : 1)];
        Assert.Equal(EcdsaError.NoKey, EcdsaSecp256k1.Recover(hash, signature, out _));

        // And for the key -G the same equation gives infinity in verification: u1·G + u2·Q with u1 = u2.
        byte[] key = [(byte)(NaiveSecp256k1.G.Y.IsEven ? 3 : 2), .. NaiveSecp256k1.Bytes(NaiveSecp256k1.G.X)];
        Secp256k1PublicKey.TryDecode(key, out Secp256k1PublicKey negative);
        byte[] equal = [.. NaiveSecp256k1.Bytes(4242), .. NaiveSecp256k1.Bytes(1)];
        Assert.Equal(EcdsaError.WrongSignature, EcdsaSecp256k1.Verify(negative, hash, equal));
    }

    [Fact]
    public void SecretsOutOfRangeAreNoKeys()
    {
        byte[] hash = new byte[32], signature = new byte[64];
        foreach (BigInteger bad in (BigInteger[])[0, N, N + 5, (BigInteger.One << 256) - 1])
        {
            Assert.False(EcdsaSecp256k1.TryDerivePublicKey(NaiveSecp256k1.Bytes(bad), out _));
            Assert.False(EcdsaSecp256k1.TrySign(NaiveSecp256k1.Bytes(bad), hash, signature));
        }

        Assert.True(EcdsaSecp256k1.TryDerivePublicKey(NaiveSecp256k1.Bytes(N - 1), out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => EcdsaSecp256k1.TryDerivePublicKey(new byte[31], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => EcdsaSecp256k1.TrySign(new byte[32], new byte[31], signature));
        Assert.Throws<ArgumentOutOfRangeException>(() => EcdsaSecp256k1.TrySign(new byte[32], hash, new byte[63]));
        Assert.Throws<ArgumentOutOfRangeException>(() => EcdsaSecp256k1.Recover(new byte[33], signature, out _));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        (byte[] secret, byte[] hash, byte[] signature, Secp256k1PublicKey key) = Example(5);
        Assert.Equal(0, Allocation.Of(() =>
        {
            EcdsaSecp256k1.TrySign(secret, hash, signature);
            EcdsaSecp256k1.Verify(key, hash, signature);
            EcdsaSecp256k1.Recover(hash, signature, out _);
        }));
    }

    private static (byte[] Secret, byte[] Hash, byte[] Signature, Secp256k1PublicKey Key) Example(int seed)
    {
        byte[] secret = TestBytes.Random(32, seed), hash = TestBytes.Random(32, -seed), signature = new byte[65];
        Assert.True(EcdsaSecp256k1.TrySign(secret, hash, signature));
        Assert.True(EcdsaSecp256k1.TryDerivePublicKey(secret, out Secp256k1PublicKey key));
        Assert.Equal(EcdsaError.None, EcdsaSecp256k1.Verify(key, hash, signature));
        return (secret, hash, signature, key);
    }

    private static byte[] Encode(Secp256k1PublicKey key, int length)
    {
        byte[] bytes = new byte[length];
        key.Encode(bytes);
        return bytes;
    }
}
