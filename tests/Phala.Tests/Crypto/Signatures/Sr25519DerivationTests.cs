using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Signatures;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

public sealed class Sr25519DerivationTests
{
    [Fact]
    public void SoftDerivationCommutesWithTakingThePublicKey() =>
        Prop.ForAll<int, int>((seed, code) =>
        {
            using Sr25519KeyPair parent = Pair(seed), child = parent.DeriveSoft(TestBytes.Random(32, code));
            byte[] derived = new byte[32];
            return Sr25519.TryDeriveSoft(parent.PublicKey, TestBytes.Random(32, code), derived) && child.PublicKey.SequenceEqual(derived);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void ChildrenOfEveryKindDiffer()
    {
        using Sr25519KeyPair parent = Pair(1), other = Pair(2);
        byte[] one = TestBytes.Random(32, 3), two = TestBytes.Random(32, 4);
        string[] children = [.. new[]
        {
            parent, parent.DeriveHard(one), parent.DeriveHard(two), parent.DeriveSoft(one), parent.DeriveSoft(two), other.DeriveHard(one), other.DeriveSoft(one),
            parent.DeriveSoft(one, [1]),
        }.Select(pair => Convert.ToHexString(pair.PublicKey))];
        Assert.Equal(children.Length, children.Distinct().Count());
    }

    [Fact]
    public void DerivationIsAFunctionOfItsPath()
    {
        using Sr25519KeyPair parent = Pair(1);
        byte[] code = TestBytes.Random(32, 3);
        using Sr25519KeyPair soft = parent.DeriveSoft(code), softAgain = parent.DeriveSoft(code), hard = parent.DeriveHard(code);
        Assert.Equal(Secret(soft), Secret(softAgain));
        Assert.NotEqual(Secret(soft)[32..], Secret(parent)[32..]);

        byte[] seed = new byte[32];
        parent.DeriveHardSeed(code, seed);
        using Sr25519KeyPair expanded = Sr25519KeyPair.FromSeed(seed);
        Assert.Equal(Secret(hard), Secret(expanded));
    }

    [Fact]
    public void TheNonceHalfOfASoftChildIsSecret()
    {
        // Two parents with one scalar and different nonce halves have one public key; their children's nonces must not be computable from it.
        byte[] first = [7, .. new byte[31], .. TestBytes.Random(32, 1)], second = [.. first[..32], .. TestBytes.Random(32, 2)];
        Assert.True(Sr25519KeyPair.TryFromSecret(first, Sr25519SecretForm.Canonical, out Sr25519KeyPair? one));
        Assert.True(Sr25519KeyPair.TryFromSecret(second, Sr25519SecretForm.Canonical, out Sr25519KeyPair? other));
        byte[] a = Secret(one.DeriveSoft(new byte[32])), b = Secret(other.DeriveSoft(new byte[32]));
        Assert.Equal(a[..32], b[..32]);
        Assert.NotEqual(a[32..], b[32..]);
    }

    [Fact]
    public void ChainCodesGoOnAndDoNotChangeTheChild()
    {
        using Sr25519KeyPair parent = Pair(1);
        byte[] code = TestBytes.Random(32, 3), nextSoft = new byte[32], nextHard = new byte[32], seed = new byte[32], seedAlone = new byte[32];
        using Sr25519KeyPair child = parent.DeriveSoft(code, [], nextSoft), childAlone = parent.DeriveSoft(code);
        parent.DeriveHardSeed(code, seed, [], nextHard);
        parent.DeriveHardSeed(code, seedAlone);
        Assert.Equal(Secret(childAlone), Secret(child));
        Assert.Equal(seedAlone, seed);
        Assert.Equal(4, new[] { code, nextSoft, nextHard, new byte[32] }.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void AgreementIsSymmetric() =>
        Prop.ForAll<int, int>((first, second) =>
        {
            using Sr25519KeyPair one = Pair(first), other = Pair(second);
            byte[] here = new byte[32], there = new byte[32];
            return one.TryAgree(other.PublicKey, here) && other.TryAgree(one.PublicKey, there) && here.AsSpan().SequenceEqual(there) && here.AsSpan().ContainsAnyExcept((byte)0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void AgreementWithWhatIsNoKeyOrTheNeutralElementFailsAndGivesZeros()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[][] peers = [new byte[32], [1, .. new byte[31]], new byte[31], [.. Enumerable.Repeat((byte)0xff, 32)]];
        foreach (byte[] peer in peers)
        {
            byte[] shared = [.. Enumerable.Repeat((byte)9, 32)];
            Assert.False(pair.TryAgree(peer, shared));
            Assert.Equal(new byte[32], shared);
        }
    }

    [Fact]
    public void WhatIsNoKeyHasNoSoftChild() => Assert.False(Sr25519.TryDeriveSoft([1, .. new byte[31]], new byte[32], new byte[32]));

    [Fact]
    public void WrongLengthsAreTheCallersBug()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] right = new byte[32], wrong = new byte[31];
        Assert.Throws<ArgumentException>(() => pair.DeriveHard(wrong));
        Assert.Throws<ArgumentException>(() => pair.DeriveSoft(wrong));
        Assert.Throws<ArgumentException>(() => pair.DeriveSoft(right, [], wrong));
        Assert.Throws<ArgumentException>(() => pair.DeriveHardSeed(right, wrong));
        Assert.Throws<ArgumentException>(() => pair.DeriveHardSeed(right, right, [], wrong));
        Assert.Throws<ArgumentException>(() => pair.TryAgree(pair.PublicKey, wrong));
        Assert.Throws<ArgumentException>(() => Sr25519.TryDeriveSoft(pair.PublicKey, wrong, right));
        Assert.Throws<ArgumentException>(() => Sr25519.TryDeriveSoft(pair.PublicKey, right, wrong));
    }

    private static byte[] Secret(Sr25519KeyPair pair)
    {
        byte[] secret = new byte[64];
        pair.CopySecret(Sr25519SecretForm.Canonical, secret);
        return secret;
    }

    private static Sr25519KeyPair Pair(int seed) => Sr25519KeyPair.FromSeed(TestBytes.Random(32, seed));
}
