using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Curve25519;
using Phala.Crypto.Signatures;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

public sealed class Ed25519Tests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Signatures/Vectors/ed25519.txt");

    public static TheoryData<string> Names => [.. Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithPublishedVectors(string name)
    {
        Vector vector = Vectors.Single(vector => vector.Name == name);
        byte[] message = vector.Bytes("message"), signature = new byte[64];
        Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(vector.Bytes("public"), message, vector.Bytes("signature")));
        Assert.Equal(SignatureVerdict.WrongSignature, Ed25519.Verify(vector.Bytes("public"), [.. message, 0], vector.Bytes("signature")));
        if (!vector.Has("seed")) return;
        using Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(vector.Bytes("seed"));
        pair.Sign(message, signature);
        Assert.Equal(vector.Bytes("public"), pair.PublicKey.ToArray());
        Assert.Equal(vector.Bytes("signature"), signature);
    }

    [Fact]
    public void WhatIsSignedVerifies() =>
        Prop.ForAll<byte[], int>((message, seed) =>
        {
            using Ed25519KeyPair pair = Pair(seed);
            return Ed25519.Verify(pair.PublicKey, message, Sign(pair, message)) == SignatureVerdict.Valid;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void LongMessagesVerifyAndAreBoundToTheirLastByte()
    {
        using Ed25519KeyPair pair = Pair(1);
        foreach (int length in (int[])[447, 448, 449, 479, 480, 481, 512, 5000])
        {
            byte[] message = TestBytes.Random(length, length), signature = Sign(pair, message);
            Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(pair.PublicKey, message, signature));
            message[^1] ^= 1;
            Assert.Equal(SignatureVerdict.WrongSignature, Ed25519.Verify(pair.PublicKey, message, signature));
        }
    }

    [Fact]
    public void EveryFlippedBitFails()
    {
        using Ed25519KeyPair pair = Pair(1);
        byte[] message = TestBytes.Random(10, 1), signature = Sign(pair, message), key = pair.PublicKey.ToArray();
        HashSet<SignatureVerdict> seen = [];
        for (int bit = 0; bit < 512; bit++) seen.Add(Ed25519.Verify(key, message, Flip(signature, bit)));
        for (int bit = 0; bit < 256; bit++) seen.Add(Ed25519.Verify(Flip(key, bit), message, signature));
        for (int bit = 0; bit < 80; bit++) seen.Add(Ed25519.Verify(key, Flip(message, bit), signature));
        Assert.Equal(
            [SignatureVerdict.WrongSignature, SignatureVerdict.MalformedPublicKey, SignatureVerdict.NonCanonicalScalar, SignatureVerdict.MalformedNonce], seen.Order());
    }

    [Fact]
    public void TheUnreducedScalarIsRefused()
    {
        using Ed25519KeyPair pair = Pair(1);
        byte[] signature = Sign(pair, [1]);
        Curve25519.CurveModel.Bytes(Curve25519.CurveModel.FromBytes(signature.AsSpan(32)) + Curve25519.CurveModel.L).CopyTo(signature, 32);
        Assert.Equal(SignatureVerdict.NonCanonicalScalar, Ed25519.Verify(pair.PublicKey, [1], signature));
        Curve25519.CurveModel.Bytes(Curve25519.CurveModel.L).CopyTo(signature, 32);
        Assert.Equal(SignatureVerdict.NonCanonicalScalar, Ed25519.Verify(pair.PublicKey, [1], signature));
    }

    [Fact]
    public void AnyLengthGivesAVerdict()
    {
        using Ed25519KeyPair pair = Pair(1);
        byte[] signature = Sign(pair, [1]);
        Assert.Equal(SignatureVerdict.WrongLength, Ed25519.Verify(pair.PublicKey, [1], signature.AsSpan(0, 63)));
        Assert.Equal(SignatureVerdict.WrongLength, Ed25519.Verify(pair.PublicKey, [1], [.. signature, 0]));
        Assert.Equal(SignatureVerdict.MalformedPublicKey, Ed25519.Verify(pair.PublicKey[..31], [1], signature));
    }

    [Fact]
    public void ADecodedKeyVerifiesAsItsBytesDoAndTheDefaultOneNothing()
    {
        using Ed25519KeyPair pair = Pair(1);
        byte[] copy = new byte[32], zeros = new byte[64];
        Assert.True(Ed25519VerifyingKey.TryDecode(pair.PublicKey, out Ed25519VerifyingKey key));
        key.CopyTo(copy);
        Assert.Equal(pair.PublicKey.ToArray(), copy);
        Assert.Equal(SignatureVerdict.Valid, key.Verify([1], Sign(pair, [1])));
        Assert.Equal(SignatureVerdict.MalformedPublicKey, default(Ed25519VerifyingKey).Verify([1], zeros));
        Assert.False(Ed25519VerifyingKey.TryDecode(new byte[] { 1 }, out _));
    }

    [Fact]
    public void WrongLengthsAreTheCallersBugAndDisposedKeysAreDead()
    {
        Ed25519KeyPair pair = Pair(1);
        Assert.Throws<ArgumentException>(() => Ed25519KeyPair.FromSeed(new byte[31]));
        Assert.Throws<ArgumentException>(() => pair.Sign([], new byte[63]));
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Sign(pair, [1]));
    }

    [Fact]
    public void VerifyingAndSigningAllocateNothing()
    {
        using Ed25519KeyPair pair = Pair(1);
        byte[] message = TestBytes.Random(1000, 1), signature = Sign(pair, message), key = pair.PublicKey.ToArray(), shorter = message[..480];
        Assert.Equal(0, Allocation.Of(() => Ed25519.Verify(key, message, signature)));
        Assert.Equal(0, Allocation.Of(() => pair.Sign(shorter, signature)));
    }

    [Fact]
    public void SigningALongMessageAllocatesTheSameForAnyLength()
    {
        using Ed25519KeyPair pair = Pair(1);
        byte[] message = TestBytes.Random(481, 1), longer = TestBytes.Random(20_000, 1), signature = new byte[64];
        long allocated = Allocation.Of(() => pair.Sign(message, signature));
        Assert.InRange(allocated, 1, 50 * 512);
        Assert.Equal(allocated, Allocation.Of(() => pair.Sign(longer, signature)));
    }

    /// <summary>RFC 8032 §5.1.6, r = SHA-512(prefix ‖ message), on both sides of the length at which the hash takes its input in parts.</summary>
    [Fact]
    public void TheNonceIsTheHashOfSecretAndMessageAtEveryLength()
    {
        byte[] secret = TestBytes.Random(32, 1);
        foreach (int length in (int[])[0, 1, 479, 480, 481, 512, 5000])
        {
            byte[] message = TestBytes.Random(length, length), wide = SHA512.HashData([.. secret, .. message]);
            Assert.True(Scalar.FromBytesModOrderWide(wide).Equals(Ed25519.HashSecretToScalar(secret, message)));
        }
    }

    private static byte[] Sign(Ed25519KeyPair pair, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[64];
        pair.Sign(message, signature);
        return signature;
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static Ed25519KeyPair Pair(int seed) => Ed25519KeyPair.FromSeed(TestBytes.Random(32, seed));

    [Fact]
    public void AMessageThatSharesMemoryWithItsSignatureIsSignedAsItWas()
    {
        using Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(TestBytes.Random(32, 77));
        byte[] shared = TestBytes.Random(96, 78), message = shared.ToArray(), apart = new byte[64];
        pair.Sign(message, apart);
        pair.Sign(shared, shared.AsSpan(16, 64));
        Assert.Equal(apart, shared[16..80]);
        Assert.Equal(SignatureVerdict.Valid, Ed25519.Verify(pair.PublicKey, message, apart));
    }
}
