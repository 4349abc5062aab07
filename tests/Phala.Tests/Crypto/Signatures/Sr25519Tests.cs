using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Signatures;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

public sealed class Sr25519Tests
{
    private static readonly byte[] Entropy = TestBytes.Random(32, 99);

    [Fact]
    public void WhatIsSignedVerifies() =>
        Prop.ForAll<byte[], int>((message, seed) =>
        {
            using Sr25519KeyPair pair = Pair(seed);
            return Sr25519.Verify(pair.PublicKey, message, Sign(pair, message)) == SignatureVerdict.Valid;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void MessagesOfEveryLengthAroundTheSpongesRateVerify()
    {
        using Sr25519KeyPair pair = Pair(1);
        for (int length = 0; length < 350; length += 3)
        {
            byte[] message = TestBytes.Random(length, length);
            byte[] signature = Sign(pair, message);
            Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(pair.PublicKey, message, signature));
            Assert.Equal(SignatureVerdict.WrongSignature, Sr25519.Verify(pair.PublicKey, [.. message, 0], signature));
        }
    }

    [Fact]
    public void EveryFlippedBitOfTheSignatureFails()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] signature = Sign(pair, [1, 2, 3]);
        HashSet<SignatureVerdict> seen = [];
        for (int bit = 0; bit < 512; bit++)
        {
            byte[] damaged = Flip(signature, bit);
            SignatureVerdict verdict = Sr25519.Verify(pair.PublicKey, [1, 2, 3], damaged);
            Assert.NotEqual(SignatureVerdict.Valid, verdict);
            seen.Add(verdict);
        }

        Assert.Equal([SignatureVerdict.WrongSignature, SignatureVerdict.NotMarked, SignatureVerdict.NonCanonicalScalar], seen.Order());
    }

    [Fact]
    public void EveryFlippedBitOfKeyAndMessageFails()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] message = TestBytes.Random(20, 1), signature = Sign(pair, message), key = pair.PublicKey.ToArray();
        HashSet<SignatureVerdict> seen = [];
        for (int bit = 0; bit < 256; bit++) seen.Add(Sr25519.Verify(Flip(key, bit), message, signature));
        Assert.Equal([SignatureVerdict.WrongSignature, SignatureVerdict.MalformedPublicKey], seen.Order());
        for (int bit = 0; bit < 160; bit++) Assert.Equal(SignatureVerdict.WrongSignature, Sr25519.Verify(key, Flip(message, bit), signature));
    }

    [Fact]
    public void ContextsSeparateSignatures()
    {
        using Sr25519KeyPair pair = Pair(1);
        Sr25519Context other = Sr25519Context.Create("other"u8);
        byte[] signature = new byte[64];
        pair.Sign(other, [1], Entropy, signature);
        Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(other, pair.PublicKey, [1], signature));
        Assert.Equal(SignatureVerdict.WrongSignature, Sr25519.Verify(pair.PublicKey, [1], signature));
        Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(Sr25519Context.Create("substrate"u8), pair.PublicKey, [2], Sign(pair, [2])));
    }

    [Fact]
    public void TheUnreducedScalarIsRefused()
    {
        using Sr25519KeyPair pair = Pair(1);
        for (byte message = 0; message < 5; message++)
        {
            byte[] signature = Sign(pair, [message]);
            signature[63] &= 0x7f;
            byte[] unreduced = [.. signature[..32], .. Curve25519.CurveModel.Bytes(Curve25519.CurveModel.FromBytes(signature.AsSpan(32)) + Curve25519.CurveModel.L)];
            unreduced[63] |= 0x80;
            Assert.Equal(SignatureVerdict.NonCanonicalScalar, Sr25519.Verify(pair.PublicKey, [message], unreduced));
        }
    }

    [Fact]
    public void WithoutTheMarkASignatureIsRefused()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] signature = Sign(pair, [1]);
        Assert.NotEqual(0, signature[63] & 0x80);
        signature[63] &= 0x7f;
        Assert.Equal(SignatureVerdict.NotMarked, Sr25519.Verify(pair.PublicKey, [1], signature));
    }

    [Fact]
    public void AnyLengthGivesAVerdict()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] signature = Sign(pair, [1]);
        Assert.Equal(SignatureVerdict.WrongLength, Sr25519.Verify(pair.PublicKey, [1], signature.AsSpan(0, 63)));
        Assert.Equal(SignatureVerdict.WrongLength, Sr25519.Verify(pair.PublicKey, [1], [.. signature, 0]));
        Assert.Equal(SignatureVerdict.WrongLength, Sr25519.Verify(pair.PublicKey, [1], []));
        Assert.Equal(SignatureVerdict.MalformedPublicKey, Sr25519.Verify(pair.PublicKey[..31], [1], signature));
        Assert.Equal(SignatureVerdict.MalformedPublicKey, Sr25519.Verify([], [1], signature));
    }

    [Fact]
    public void ADecodedKeyVerifiesAsItsBytesDoAndTheDefaultOneNothing()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] copy = new byte[32];
        Assert.True(Sr25519VerifyingKey.TryDecode(pair.PublicKey, out Sr25519VerifyingKey key));
        key.CopyTo(copy);
        Assert.Equal(pair.PublicKey.ToArray(), copy);
        Assert.Equal(SignatureVerdict.Valid, key.Verify([1], Sign(pair, [1])));
        Assert.Equal(SignatureVerdict.WrongSignature, key.Verify([2], Sign(pair, [1])));

        byte[] zeros = [.. new byte[63], 0x80];
        Assert.Equal(SignatureVerdict.MalformedPublicKey, default(Sr25519VerifyingKey).Verify([1], zeros));
        Assert.False(Sr25519VerifyingKey.TryDecode(new byte[] { 1 }, out Sr25519VerifyingKey none));
        Assert.Equal(SignatureVerdict.MalformedPublicKey, none.Verify([1], zeros));
    }

    [Fact]
    public void SignaturesDependOnEntropyAndAreAFunctionOfIt()
    {
        using Sr25519KeyPair pair = Pair(1), other = Pair(2);
        byte[] zeros = new byte[64], random = new byte[64], again = new byte[64], next = new byte[64], others = new byte[64];
        pair.Sign([1], new byte[32], zeros);
        pair.Sign([1], Entropy, random);
        pair.Sign([1], Entropy, again);
        pair.Sign([2], Entropy, next);
        other.Sign([1], Entropy, others);
        Assert.Equal(random, again);

        // The nonce differs with entropy, message and key: equal ones would give the secret away.
        Assert.Equal(4, new[] { zeros, random, next, others }.Select(signature => Convert.ToHexString(signature[..32])).Distinct().Count());
    }

    [Fact]
    public void NoncesDependOnTheSecretHalfThatThePublicKeyDoesNotShow()
    {
        // One scalar with two nonce halves: equal public keys, so whoever could compute one nonce from public data would have both.
        byte[] scalar = [7, .. new byte[31]], first = new byte[64], second = new byte[64];
        Assert.True(Sr25519KeyPair.TryFromSecret([.. scalar, .. TestBytes.Random(32, 1)], Sr25519SecretForm.Canonical, out Sr25519KeyPair? one));
        Assert.True(Sr25519KeyPair.TryFromSecret([.. scalar, .. TestBytes.Random(32, 2)], Sr25519SecretForm.Canonical, out Sr25519KeyPair? other));
        Assert.Equal(one.PublicKey.ToArray(), other.PublicKey.ToArray());
        one.Sign([1], Entropy, first);
        other.Sign([1], Entropy, second);
        Assert.NotEqual(first.AsSpan(0, 32).ToArray(), second.AsSpan(0, 32).ToArray());
    }

    [Fact]
    public void SecretsThatAreNoKeyAreRefused()
    {
        byte[] order = Curve25519.CurveModel.L.ToByteArray(isUnsigned: true);
        Assert.False(Sr25519KeyPair.TryFromSecret(new byte[64], Sr25519SecretForm.Canonical, out _));
        Assert.False(Sr25519KeyPair.TryFromSecret([.. order, .. new byte[32]], Sr25519SecretForm.Canonical, out _));
        Assert.False(Sr25519KeyPair.TryFromSecret(new byte[63], Sr25519SecretForm.Canonical, out _));
        Assert.False(Sr25519KeyPair.TryFromSecret([.. Enumerable.Repeat((byte)0xff, 64)], Sr25519SecretForm.Ed25519, out _));
        Assert.True(Sr25519KeyPair.TryFromSecret([1, .. new byte[63]], Sr25519SecretForm.Canonical, out Sr25519KeyPair? one));
        Assert.Equal("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76", Convert.ToHexStringLower(one.PublicKey));
    }

    [Fact]
    public void ExpansionsDifferAndBothSign()
    {
        using Sr25519KeyPair uniform = Sr25519KeyPair.FromSeed(Entropy, Sr25519Expansion.Uniform), clamped = Sr25519KeyPair.FromSeed(Entropy);
        Assert.NotEqual(uniform.PublicKey.ToArray(), clamped.PublicKey.ToArray());
        Assert.Equal(SignatureVerdict.Valid, Sr25519.Verify(uniform.PublicKey, [1], Sign(uniform, [1])));
    }

    [Fact]
    public void TheUniformExpansionIsTheTranscriptsTaken()
    {
        Transcripts.NaiveStrobe naive = Transcripts.NaiveStrobe.Merlin("ExpandSecretKeys"u8.ToArray());
        naive.AppendMessage("mini"u8.ToArray(), Entropy);
        System.Numerics.BigInteger scalar = Curve25519.CurveModel.FromBytes(naive.Challenge("sk"u8.ToArray(), 64)) % Curve25519.CurveModel.L;
        byte[] nonce = naive.Challenge("no"u8.ToArray(), 32), secret = new byte[64];
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(Entropy, Sr25519Expansion.Uniform);
        pair.CopySecret(Sr25519SecretForm.Canonical, secret);
        Assert.Equal(scalar, Curve25519.CurveModel.FromBytes(secret.AsSpan(0, 32)));
        Assert.Equal(nonce, secret[32..]);
    }

    [Fact]
    public void WrongLengthsAreTheCallersBugAndDisposedKeysAreDead()
    {
        Sr25519KeyPair pair = Pair(1);
        Assert.Throws<ArgumentException>(() => pair.Sign([], new byte[31], new byte[64]));
        Assert.Throws<ArgumentException>(() => pair.Sign([], new byte[32], new byte[63]));
        Assert.Throws<ArgumentException>(() => pair.CopySecret(Sr25519SecretForm.Canonical, new byte[63]));
        Assert.Throws<ArgumentException>(() => Sr25519KeyPair.FromSeed(new byte[33]));
        pair.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Sign(pair, [1]));
    }

    [Fact]
    public void VerifyingAndSigningAllocateNothing()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] message = TestBytes.Random(1000, 1), signature = Sign(pair, message), key = pair.PublicKey.ToArray(), entropy = Entropy;
        Assert.Equal(0, Allocation.Of(() => Sr25519.Verify(key, message, signature)));
        Assert.Equal(0, Allocation.Of(() => pair.Sign(message, entropy, signature)));
    }

    private static byte[] Sign(Sr25519KeyPair pair, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[64];
        pair.Sign(message, Entropy, signature);
        return signature;
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static Sr25519KeyPair Pair(int seed) => Sr25519KeyPair.FromSeed(TestBytes.Random(32, seed));
}
