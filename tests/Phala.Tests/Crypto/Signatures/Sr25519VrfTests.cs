using Phala.Crypto.Signatures;
using Phala.Crypto.Transcripts;
using Xunit;

namespace Phala.Tests.Crypto.Signatures;

public sealed class Sr25519VrfTests
{
    private static readonly Sr25519Context Context = Sr25519Context.Create("vrf"u8);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OneKeyAndInputHaveOneOutputWhateverTheEntropy(bool malleable)
    {
        using Sr25519KeyPair pair = Pair(1);
        HashSet<string> outputs = [], proofs = [];
        for (int entropy = 0; entropy < 10; entropy++)
        {
            (byte[] output, byte[] proof) = Sign(pair, [1], entropy, malleable);
            Assert.Equal(VrfVerdict.Valid, Verify(pair.PublicKey, [1], output, proof, malleable));
            outputs.Add(Convert.ToHexString(output));
            proofs.Add(Convert.ToHexString(proof));
        }

        Assert.Single(outputs);
        Assert.Equal(10, proofs.Count);
    }

    [Fact]
    public void ProverAndVerifierMakeTheSameBytes()
    {
        using Sr25519KeyPair pair = Pair(1);
        byte[] proof = new byte[64], preOutput = new byte[32], own = new byte[16], theirs = new byte[16], otherContext = new byte[16], longer = new byte[32];
        Sr25519VrfOutput mine = Sr25519Vrf.Sign(pair, Context.Message([1]), Sr25519Vrf.Extra, new byte[32], proof);
        mine.CopyPreOutput(preOutput);
        Assert.Equal(VrfVerdict.Valid, Sr25519Vrf.Verify(pair.PublicKey, Context.Message([1]), Sr25519Vrf.Extra, preOutput, proof, out Sr25519VrfOutput proven));
        mine.MakeBytes("slot"u8, own);
        proven.MakeBytes("slot"u8, theirs);
        mine.MakeBytes("other"u8, otherContext);
        mine.MakeBytes("slot"u8, longer);
        Assert.Equal(own, theirs);
        Assert.NotEqual(own, otherContext);
        Assert.NotEqual(own, longer[..16]);
    }

    [Fact]
    public void OutputsDifferByKeyAndInput()
    {
        using Sr25519KeyPair one = Pair(1), other = Pair(2);
        string[] outputs = [.. new[]
        {
            Sign(one, [1], 0, false), Sign(one, [2], 0, false), Sign(other, [1], 0, false), Sign(one, [1], 0, true), Sign(other, [1], 0, true),
        }.Select(signed => Convert.ToHexString(signed.Output))];
        Assert.Equal(outputs.Length, outputs.Distinct().Count());
    }

    [Fact]
    public void OnlyMalleableOutputsKeepTheRelationOfTheirKeys()
    {
        // With keys 2 and 4, malleable outputs are 2·H and 4·H for one H.
        Assert.True(Sr25519KeyPair.TryFromSecret([2, .. new byte[63]], Sr25519SecretForm.Canonical, out Sr25519KeyPair? two));
        Assert.True(Sr25519KeyPair.TryFromSecret([4, .. new byte[63]], Sr25519SecretForm.Canonical, out Sr25519KeyPair? four));
        Assert.Equal(Double(Sign(two, [1], 0, true).Output), Sign(four, [1], 0, true).Output);
        Assert.NotEqual(Double(Sign(two, [1], 0, false).Output), Sign(four, [1], 0, false).Output);
    }

    [Fact]
    public void EveryFlippedBitOfOutputAndProofFails()
    {
        using Sr25519KeyPair pair = Pair(1);
        (byte[] output, byte[] proof) = Sign(pair, [1], 0, false);
        HashSet<VrfVerdict> seen = [];
        for (int bit = 0; bit < 256; bit++) seen.Add(Verify(pair.PublicKey, [1], Flip(output, bit), proof, false));
        for (int bit = 0; bit < 512; bit++) seen.Add(Verify(pair.PublicKey, [1], output, Flip(proof, bit), false));
        for (int bit = 0; bit < 256; bit++) seen.Add(Verify(Flip(pair.PublicKey.ToArray(), bit), [1], output, proof, false));
        Assert.Equal([VrfVerdict.WrongProof, VrfVerdict.MalformedPublicKey, VrfVerdict.MalformedOutput, VrfVerdict.NonCanonicalScalar], seen.Order());
    }

    [Fact]
    public void AProofIsBoundToInputExtraAndForm()
    {
        using Sr25519KeyPair pair = Pair(1);
        (byte[] output, byte[] proof) = Sign(pair, [1], 0, false);
        Transcript more = Sr25519Vrf.Extra;
        more.AppendMessage(""u8, [1]);
        Assert.Equal(VrfVerdict.WrongProof, Verify(pair.PublicKey, [2], output, proof, false));
        Assert.Equal(VrfVerdict.WrongProof, Verify(pair.PublicKey, [1], output, proof, true));
        Assert.Equal(VrfVerdict.WrongProof, Sr25519Vrf.Verify(pair.PublicKey, Context.Message([1]), more, output, proof, out _));
        Assert.Equal(VrfVerdict.Valid, Verify(pair.PublicKey, [1], output, proof, false));
    }

    [Fact]
    public void TheNeutralOutputIsRefused()
    {
        using Sr25519KeyPair pair = Pair(1);
        (_, byte[] proof) = Sign(pair, [1], 0, false);
        Assert.Equal(VrfVerdict.MalformedOutput, Verify(pair.PublicKey, [1], new byte[32], proof, false));
    }

    [Fact]
    public void BothScalarsMustBeCanonical()
    {
        using Sr25519KeyPair pair = Pair(1);
        (byte[] output, byte[] proof) = Sign(pair, [1], 0, false);
        byte[] Unreduced(int half)
        {
            System.Numerics.BigInteger value = Curve25519.CurveModel.FromBytes(proof.AsSpan(32 * half, 32)) + Curve25519.CurveModel.L;
            byte[] bytes = [.. proof];
            Curve25519.CurveModel.Bytes(value).CopyTo(bytes, 32 * half);
            return bytes;
        }

        Assert.Equal(VrfVerdict.NonCanonicalScalar, Verify(pair.PublicKey, [1], output, Unreduced(0), false));
        Assert.Equal(VrfVerdict.NonCanonicalScalar, Verify(pair.PublicKey, [1], output, Unreduced(1), false));
    }

    [Fact]
    public void AnyLengthGivesAVerdict()
    {
        using Sr25519KeyPair pair = Pair(1);
        (byte[] output, byte[] proof) = Sign(pair, [1], 0, false);
        Assert.Equal(VrfVerdict.WrongLength, Verify(pair.PublicKey, [1], output.AsSpan(0, 31), proof, false));
        Assert.Equal(VrfVerdict.WrongLength, Verify(pair.PublicKey, [1], output, proof.AsSpan(0, 63), false));
        Assert.Equal(VrfVerdict.MalformedPublicKey, Verify([], [1], output, proof, false));
        Assert.Throws<ArgumentException>(() => Sr25519Vrf.Sign(pair, Context.Message([1]), Sr25519Vrf.Extra, new byte[32], new byte[63]));
    }

    [Fact]
    public void VerifyingAllocatesNothing()
    {
        using Sr25519KeyPair pair = Pair(1);
        (byte[] output, byte[] proof) = Sign(pair, [1], 0, false);
        byte[] key = pair.PublicKey.ToArray();
        Assert.Equal(0, Allocation.Of(() => Verify(key, [1], output, proof, false)));
    }

    private static byte[] Double(byte[] encoded)
    {
        Assert.True(Phala.Crypto.Curve25519.RistrettoPoint.TryDecode(encoded, out Phala.Crypto.Curve25519.RistrettoPoint point));
        byte[] doubled = new byte[32];
        point.Double().Encode(doubled);
        return doubled;
    }

    private static (byte[] Output, byte[] Proof) Sign(Sr25519KeyPair pair, ReadOnlySpan<byte> message, int entropy, bool malleable)
    {
        byte[] output = new byte[32], proof = new byte[64];
        Sr25519Vrf.Sign(pair, Context.Message(message), Sr25519Vrf.Extra, TestBytes.Random(32, entropy), proof, malleable).CopyPreOutput(output);
        return (output, proof);
    }

    private static VrfVerdict Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> output, ReadOnlySpan<byte> proof, bool malleable) =>
        Sr25519Vrf.Verify(key, Context.Message(message), Sr25519Vrf.Extra, output, proof, out _, malleable);

    private static byte[] Flip(byte[] bytes, int bit)
    {
        byte[] flipped = [.. bytes];
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }

    private static Sr25519KeyPair Pair(int seed) => Sr25519KeyPair.FromSeed(TestBytes.Random(32, seed));
}
