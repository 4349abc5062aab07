using System.Numerics;
using Phala.Crypto.Curve25519;
using Phala.Crypto.Signatures;
using Phala.Testing;
using Phala.Tests.Crypto.Curve25519;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

/// <summary>The cases on which verifiers differ, with the answers of ZIP-215 (https://zips.z.cash/zip-0215).</summary>
public sealed class Zip215Tests
{
    private static readonly byte[] Message = "Zcash"u8.ToArray();

    private static readonly byte[][] Encodings = SmallOrderEncodings();

    [Fact]
    public void ThereAreFourteenEncodingsOfSmallOrderPointsOfWhichSixAreNotCanonical()
    {
        Assert.Equal(14, Encodings.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(6, Encodings.Count(bytes => !EdwardsPoint.TryDecompressStrict(bytes, out _)));
    }

    [Fact]
    public void AllPairsOfSmallOrderKeyAndNonceVerifySinglyAndInABatch()
    {
        Ed25519BatchVerifier batch = new();
        foreach (byte[] key in Encodings)
        {
            foreach (byte[] nonce in Encodings)
            {
                byte[] signature = [.. nonce, .. new byte[32]];
                Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(key, Message, signature));
                batch.Add(key, Message, signature);
            }
        }

        Assert.Equal(196, batch.Count);
        Assert.True(batch.Verify());
    }

    [Fact]
    public void AKeyKeepsTheEncodingThatItCameIn()
    {
        foreach (byte[] encoding in Encodings)
        {
            byte[] copy = new byte[32];
            Assert.True(Ed25519VerifyingKey.TryDecode(encoding, out Ed25519VerifyingKey key));
            key.CopyTo(copy);
            Assert.Equal(encoding, copy);
        }
    }

    [Fact]
    public void NobleSaysTheSameOfAllPairs()
    {
        string[] lines = [.. Encodings.SelectMany(key => Encodings.Select(nonce => Line(key, Message, [.. nonce, .. new byte[32]])))];
        string[] verdicts = NodeJs.Run("ed25519-zip215.mjs", string.Join('\n', lines) + "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Repeat("true", 196), verdicts);
    }

    [Fact]
    public void ComponentsOfSmallOrderInKeyAndNonceAreIgnoredByBothVerifiers()
    {
        Random random = new(1);
        Ed25519BatchVerifier batch = new();
        for (int ofKey = 0; ofKey < 8; ofKey++)
        {
            for (int ofNonce = 0; ofNonce < 8; ofNonce++)
            {
                (byte[] key, byte[] signature) = Mixed(random, SmallOrderPoints.All[ofKey], SmallOrderPoints.All[ofNonce], shift: 0);
                Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(key, Message, signature));
                batch.Add(key, Message, signature);
            }
        }

        Assert.Equal(64, batch.Count);
        Assert.True(batch.Verify());
    }

    [Fact]
    public void ComponentsOfSmallOrderExcuseNothingElse()
    {
        Random random = new(2);
        for (int torsion = 0; torsion < 8; torsion++)
        {
            (byte[] key, byte[] signature) = Mixed(random, SmallOrderPoints.All[torsion], SmallOrderPoints.All[7 - torsion], shift: 1);
            Assert.Equal(SignatureVerdict.WrongSignature, Ed25519.Verify(key, Message, signature));
        }
    }

    [Fact]
    public void TheScalarIsCanonicalEvenWithASmallOrderKey()
    {
        byte[] signature = [.. Encodings[0], .. CurveModel.Bytes(CurveModel.L)];
        Assert.Equal(SignatureVerdict.NonCanonicalScalar, Ed25519.Verify(Encodings[0], Message, signature));
    }

    [Fact]
    public void NobleSaysTheSameOfMixedAndDamagedSignatures()
    {
        Random random = new(3);
        List<string> lines = [], ours = [];
        for (int number = 0; number < 60; number++)
        {
            (byte[] key, byte[] signature) = Mixed(random, SmallOrderPoints.All[number % 8], SmallOrderPoints.All[number / 8], shift: number % 3 == 0 ? 1UL : 0UL);
            lines.Add(Line(key, Message, signature));
            ours.Add(Ed25519.Verify(key, Message, signature) == SignatureVerdict.Valid ? "true" : "false");
        }

        Assert.Equal(20, ours.Count(verdict => verdict == "false"));
        Assert.Equal(ours, NodeJs.Run("ed25519-zip215.mjs", string.Join('\n', lines) + "\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A signature by a key with a component of small order, its nonce with another; <paramref name="shift"/> is added to s.</summary>
    private static (byte[] Key, byte[] Signature) Mixed(Random random, EdwardsPoint keyTorsion, EdwardsPoint nonceTorsion, ulong shift)
    {
        byte[] key = new byte[32], signature = new byte[64];
        Scalar secret = Samples.Scalar(random), r = Samples.Scalar(random);
        (EdwardsPoint.MultiplyBase(secret) + keyTorsion).Compress(key);
        (EdwardsPoint.MultiplyBase(r) + nonceTorsion).Compress(signature);
        Scalar k = Ed25519.HashToScalar(signature.AsSpan(0, 32), key, Message);
        (Scalar.MultiplyAdd(k, secret, r) + new Scalar(shift)).ToBytes(signature.AsSpan(32));
        return (key, signature);
    }

    [Fact]
    public void KeysOfSmallOrderSignEverythingAndAreTold()
    {
        byte[] encoded = new byte[32];
        Assert.Equal(8, SmallOrderPoints.All.Length);
        foreach (EdwardsPoint point in SmallOrderPoints.All)
        {
            point.Compress(encoded);
            Assert.True(Ed25519VerifyingKey.TryDecode(encoded, out Ed25519VerifyingKey key));
            Assert.True(key.IsSmallOrder);
            byte[] forged = [.. encoded, .. new byte[32]];
            for (int message = 0; message < 20; message++) Assert.Equal(SignatureVerdict.Valid, key.Verify(TestBytes.Random(message, message), forged));

            // A component of small order does not make a key small, unless it is all there is.
            (EdwardsPoint.BasePoint + point).Compress(encoded);
            Assert.True(Ed25519VerifyingKey.TryDecode(encoded, out Ed25519VerifyingKey mixed));
            Assert.False(mixed.IsSmallOrder);
        }

        Assert.All(Encodings, bytes => Assert.True(Ed25519VerifyingKey.TryDecode(bytes, out Ed25519VerifyingKey key) && key.IsSmallOrder));
        Assert.True(default(Ed25519VerifyingKey).IsSmallOrder);
        using Ed25519KeyPair honest = Ed25519KeyPair.FromSeed(TestBytes.Random(32, 1));
        Assert.True(Ed25519VerifyingKey.TryDecode(honest.PublicKey, out Ed25519VerifyingKey honestKey));
        Assert.False(honestKey.IsSmallOrder);
    }

    /// <summary>By rule: every y below 2^255 and every sign such that decompression gives one of the eight points.</summary>
    private static byte[][] SmallOrderEncodings()
    {
        HashSet<BigInteger> ys = [.. SmallOrderPoints.All.Select(point => CurveModel.Value(point).Y)];
        List<byte[]> encodings = [];
        foreach (BigInteger y in ys.SelectMany(y => (BigInteger[])[y, y + CurveModel.P]).Where(y => y < BigInteger.One << 255).Order())
        {
            foreach (int sign in (int[])[0, 1]) encodings.Add(CurveModel.Bytes(y + ((BigInteger)sign << 255)));
        }

        return [.. encodings];
    }

    private static string Line(byte[] key, byte[] message, byte[] signature) => $"{TestBytes.Hex(key)} {TestBytes.Hex(message)} {TestBytes.Hex(signature)}";
}
