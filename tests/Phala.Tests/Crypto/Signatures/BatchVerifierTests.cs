using FsCheck;
using FsCheck.Fluent;
using Phala.Crypto.Signatures;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

/// <summary>Batch verification says of every signature what single verification says.</summary>
public sealed class BatchVerifierTests
{
    private const int Largest = 70;

    private static readonly Signed[] Sr = [.. Enumerable.Range(0, Largest).Select(SignSr)];
    private static readonly Signed[] Ed = [.. Enumerable.Range(0, Largest).Select(SignEd)];

    private sealed record Signed(byte[] Key, byte[] Message, byte[] Signature)
    {
        public SignatureVerdict Sr25519Verdict => Sr25519.Verify(Key, Message, Signature);

        public SignatureVerdict Ed25519Verdict => Ed25519.Verify(Key, Message, Signature);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(Largest)]
    public void AllValidSignaturesPass(int count)
    {
        Assert.Equal((true, count), Outcome(Sr[..count], isSr: true));
        Assert.Equal((true, count), Outcome(Ed[..count], isSr: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void OneFalseSignatureIsFoundAtEveryPosition(int count)
    {
        for (int at = 0; at < count; at++)
        {
            AssertFound(Sr[..count], at, isSr: true);
            AssertFound(Ed[..count], at, isSr: false);
        }
    }

    [Fact]
    public void OneFalseSignatureAmongSeventyIsFoundWhereverItIs()
    {
        foreach (int at in (int[])[0, 1, 31, 32, 33, 63, 64, Largest - 1])
        {
            AssertFound(Sr, at, isSr: true);
            AssertFound(Ed, at, isSr: false);
        }
    }

    [Fact]
    public void OneFalseSignatureFailsTheSumOfSeventyAtEveryPosition()
    {
        Sr25519BatchVerifier sr = new();
        Ed25519BatchVerifier ed = new();
        for (int at = 0; at < Largest; at++)
        {
            for (int index = 0; index < Largest; index++)
            {
                sr.Add(Sr[index].Key, index == at ? [9] : Sr[index].Message, Sr[index].Signature);
                ed.Add(Ed[index].Key, index == at ? [9] : Ed[index].Message, Ed[index].Signature);
            }

            Assert.False(sr.Verify());
            Assert.False(ed.Verify());
            sr.Clear();
            ed.Clear();
        }
    }

    [Fact]
    public void RandomDamageGetsTheVerdictsOfSingleVerification()
    {
        HashSet<SignatureVerdict> seenSr = [], seenEd = [];
        Prop.ForAll<int>(seed =>
        {
            Random random = new(seed);
            Signed[] sr = [.. Sr[..20].Select(signed => Damage(signed, random))], ed = [.. Ed[..20].Select(signed => Damage(signed, random))];
            Assert.Equal(sr.Select(signed => signed.Sr25519Verdict), Verdicts(sr, isSr: true));
            Assert.Equal(ed.Select(signed => signed.Ed25519Verdict), Verdicts(ed, isSr: false));
            seenSr.UnionWith(sr.Select(signed => signed.Sr25519Verdict));
            seenEd.UnionWith(ed.Select(signed => signed.Ed25519Verdict));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

        Assert.Equal(Enum.GetValues<SignatureVerdict>().Except([SignatureVerdict.MalformedNonce]), seenSr.Order());
        Assert.Equal(Enum.GetValues<SignatureVerdict>().Except([SignatureVerdict.NotMarked]), seenEd.Order());
    }

    [Fact]
    public void ShiftedScalarsThatCancelAreFound()
    {
        // s + 1 in one signature and s − 1 in another: the plain sum of the equations holds.
        Signed[] sr = [.. Sr[..4]];
        sr[1] = Shift(sr[1], 1, isSr: true);
        sr[2] = Shift(sr[2], -1, isSr: true);
        Assert.Equal((false, 2), Outcome(sr, isSr: true));
        Signed[] ed = [.. Ed[..4]];
        ed[1] = Shift(ed[1], 1, isSr: false);
        ed[2] = Shift(ed[2], -1, isSr: false);
        Assert.Equal((false, 2), Outcome(ed, isSr: false));
    }

    [Fact]
    public void TheSameSignatureMayOccurManyTimes()
    {
        Assert.Equal((true, 10), Outcome([.. Enumerable.Repeat(Sr[0], 10)], isSr: true));
        Assert.Equal((false, 0), Outcome([.. Enumerable.Repeat(Sr[0] with { Message = [9] }, 10)], isSr: true));
    }

    [Fact]
    public void CoefficientsDependOnTheScalarsToo()
    {
        // If they did not, signatures made to fit known coefficients would pass: z1·δ1 + z2·δ2 = 0 with shifts of one's choice.
        BatchEquation equations = new(2, isRistretto: false);
        byte[] generator = new byte[32];
        Phala.Crypto.Curve25519.EdwardsPoint.BasePoint.Compress(generator);
        Phala.Crypto.Curve25519.EdwardsPoint SumWith(ulong s)
        {
            equations.Clear();
            equations.Add(generator, generator, new(1), new(2));
            equations.Add(generator, generator, new(1), new(s));
            return equations.Sum();
        }

        Assert.True(SumWith(2).IsIdentity);
        Phala.Crypto.Curve25519.EdwardsPoint one = SumWith(3), two = SumWith(4);
        Assert.False(one.IsIdentity);
        Assert.False((one + one).Equals(two));
    }

    [Fact]
    public void SignaturesCanBeAddedAfterAVerdictWasAskedFor()
    {
        Sr25519BatchVerifier batch = new(2);
        for (int at = 0; at < 9; at++)
        {
            batch.Add(Sr[at].Key, Sr[at].Message, Sr[at].Signature);
            Assert.True(batch.Verify());
        }

        batch.Add(new byte[] { 1 }, Sr[0].Message, Sr[0].Signature);
        batch.Add([1, .. new byte[31]], Sr[0].Message, Sr[0].Signature);
        batch.Add([1, .. new byte[31]], Sr[0].Message, []);
        SignatureVerdict[] verdicts = new SignatureVerdict[12];
        Assert.False(batch.Verify(verdicts));
        Assert.False(batch.Verify());
        Assert.Equal([.. Enumerable.Repeat(SignatureVerdict.Valid, 9), .. Enumerable.Repeat(SignatureVerdict.MalformedPublicKey, 3)], verdicts);
    }

    [Fact]
    public void OneMalformedPartAloneFailsTheBatch()
    {
        byte[] noPoint = [1, .. new byte[31]], signature = Sr[1].Signature, unmarked = [.. signature];
        unmarked[63] ^= 0x80;
        Signed[] malformed =
        [
            Sr[1] with { Key = noPoint }, Sr[1] with { Signature = [.. noPoint, .. signature.AsSpan(32)] }, Sr[1] with { Signature = unmarked },
        ];
        foreach (Signed signed in malformed)
        {
            Sr25519BatchVerifier batch = new();
            batch.Add(Sr[0].Key, Sr[0].Message, Sr[0].Signature);
            batch.Add(signed.Key, signed.Message, signed.Signature);
            Assert.False(batch.Verify());
        }
    }

    [Fact]
    public void ContextsAreKeptApart()
    {
        Sr25519Context other = Sr25519Context.Create("other"u8);
        byte[] signature = new byte[64];
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(TestBytes.Random(32, 1));
        pair.Sign(other, [1], new byte[32], signature);
        Sr25519BatchVerifier batch = new();
        batch.Add(other, pair.PublicKey, [1], signature);
        Assert.True(batch.Verify());
        batch.Add(pair.PublicKey, [1], signature);
        SignatureVerdict[] verdicts = new SignatureVerdict[2];
        Assert.False(batch.Verify(verdicts));
        Assert.Equal([SignatureVerdict.Valid, SignatureVerdict.WrongSignature], verdicts);
    }

    [Fact]
    public void AClearedBatchIsEmptyAndSteadyUseAllocatesNothing()
    {
        Sr25519BatchVerifier sr = new(4);
        Ed25519BatchVerifier ed = new(4);
        Assert.Equal(0, Allocation.Of(() =>
        {
            foreach (Signed signed in Sr.AsSpan(0, 12)) sr.Add(signed.Key, signed.Message, signed.Signature);
            foreach (Signed signed in Ed.AsSpan(0, 12)) ed.Add(signed.Key, signed.Message, signed.Signature);
            if (!sr.Verify() || !ed.Verify()) throw new InvalidOperationException("valid signatures");
            sr.Clear();
            ed.Clear();
        }));
        Assert.Equal((0, 0), (sr.Count, ed.Count));
        Assert.True(sr.Verify() && ed.Verify());
        Assert.Throws<ArgumentException>(() => sr.Verify(new SignatureVerdict[1]));
        Assert.Throws<ArgumentException>(() => ed.Verify(new SignatureVerdict[1]));
    }

    private static void AssertFound(Signed[] batch, int at, bool isSr)
    {
        Signed[] damaged = [.. batch];
        damaged[at] = damaged[at] with { Message = [.. damaged[at].Message, 1] };
        SignatureVerdict[] expected = [.. Enumerable.Repeat(SignatureVerdict.Valid, batch.Length)];
        expected[at] = SignatureVerdict.WrongSignature;
        Assert.Equal(expected, Verdicts(damaged, isSr));
    }

    private static Signed Damage(Signed signed, Random random)
    {
        (byte[] key, byte[] message, byte[] signature) = ([.. signed.Key], [.. signed.Message], [.. signed.Signature]);
        switch (random.Next(9))
        {
            case 0: key[random.Next(32)] ^= 4; break;
            case 1: message = [.. message, 1]; break;
            case 2: signature[random.Next(32)] ^= 4; break;
            case 3: signature[32 + random.Next(30)] ^= 4; break;
            case 4: signature[63] ^= 0x80; break;
            case 5: signature[63] |= 0x70; break;
            case 6: signature = signature[..63]; break;
            default: break;
        }

        return new Signed(key, message, signature);
    }

    private static Signed Shift(Signed signed, int by, bool isSr)
    {
        byte[] signature = [.. signed.Signature];
        if (isSr) signature[63] &= 0x7f;
        Curve25519.CurveModel.Bytes(Curve25519.CurveModel.Mod(Curve25519.CurveModel.FromBytes(signature.AsSpan(32)) + by, Curve25519.CurveModel.L)).CopyTo(signature, 32);
        if (isSr) signature[63] |= 0x80;
        return signed with { Signature = signature };
    }

    private static (bool All, int Valid) Outcome(Signed[] batch, bool isSr)
    {
        SignatureVerdict[] verdicts = Verdicts(batch, isSr);
        return (verdicts.All(verdict => verdict == SignatureVerdict.Valid), verdicts.Count(verdict => verdict == SignatureVerdict.Valid));
    }

    private static SignatureVerdict[] Verdicts(Signed[] batch, bool isSr)
    {
        SignatureVerdict[] verdicts = new SignatureVerdict[batch.Length];
        Sr25519BatchVerifier sr = new(3);
        Ed25519BatchVerifier ed = new(3);
        for (int at = 0; at < batch.Length; at++)
        {
            int index = isSr ? sr.Add(batch[at].Key, batch[at].Message, batch[at].Signature) : ed.Add(batch[at].Key, batch[at].Message, batch[at].Signature);
            Assert.Equal(at, index);
        }

        bool all = isSr ? sr.Verify(verdicts) : ed.Verify(verdicts);
        Assert.Equal(verdicts.All(verdict => verdict == SignatureVerdict.Valid), all);
        Assert.Equal(all, isSr ? sr.Verify() : ed.Verify());
        return verdicts;
    }

    private static Signed SignSr(int seed)
    {
        byte[] signature = new byte[64], message = TestBytes.Random(seed, seed);
        using Sr25519KeyPair pair = Sr25519KeyPair.FromSeed(TestBytes.Random(32, seed));
        pair.Sign(message, TestBytes.Random(32, seed), signature);
        return new Signed(pair.PublicKey.ToArray(), message, signature);
    }

    private static Signed SignEd(int seed)
    {
        byte[] signature = new byte[64], message = TestBytes.Random(seed, seed);
        using Ed25519KeyPair pair = Ed25519KeyPair.FromSeed(TestBytes.Random(32, seed));
        pair.Sign(message, signature);
        return new Signed(pair.PublicKey.ToArray(), message, signature);
    }
}
