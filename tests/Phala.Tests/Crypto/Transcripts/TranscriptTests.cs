using System.Runtime.InteropServices;
using Phala.Crypto.Transcripts;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Crypto.Transcripts;

public sealed class TranscriptTests
{
    private static readonly IReadOnlyList<Vector> Vectors = VectorFile.Read("Crypto/Transcripts/Vectors/merlin.txt");

    [Fact]
    public void SimpleTranscriptAgreesWithTheReference()
    {
        Transcript transcript = Transcript.Create("test protocol"u8);
        transcript.AppendMessage("some label"u8, "some data"u8);
        Assert.Equal(Published("simple"), Challenge(ref transcript, 32));
    }

    [Fact]
    public void ComplexTranscriptAgreesWithTheReference()
    {
        Transcript transcript = Transcript.Create("test protocol"u8);
        byte[] data = [.. Enumerable.Repeat((byte)99, 1024)];
        transcript.AppendMessage("step1"u8, "some data"u8);
        byte[] challenge = [];
        for (int round = 0; round < 32; round++)
        {
            challenge = Challenge(ref transcript, 32);
            transcript.AppendMessage("bigdata"u8, data);
            transcript.AppendMessage("challengedata"u8, challenge);
        }

        Assert.Equal(Published("complex"), challenge);
    }

    [Fact]
    public void AClearedTranscriptHoldsNothingAndIsRefused()
    {
        Transcript transcript = Transcript.Create("test protocol"u8);
        transcript.AppendMessage("secret"u8, TestBytes.Random(100, 1));
        Assert.Contains(MemoryMarshal.AsBytes(new Span<Transcript>(ref transcript)).ToArray(), value => value != 0);
        transcript.Clear();
        Assert.DoesNotContain(MemoryMarshal.AsBytes(new Span<Transcript>(ref transcript)).ToArray(), value => value != 0);
        Assert.Throws<InvalidOperationException>(() => transcript.AppendMessage("more"u8, []));
    }

    [Fact]
    public void RandomProtocolsEqualTheNaiveStrobe()
    {
        Random random = new(5);
        for (int round = 0; round < 60; round++)
        {
            byte[] name = Bytes(random, 20);
            Transcript transcript = Transcript.Create(name);
            NaiveStrobe naive = NaiveStrobe.Merlin(name);
            for (int step = 0; step < 12; step++) Assert.Equal(NaiveStep(naive, random.Next(), random, out var act), act(ref transcript));
        }
    }

    // Lengths around the rate (166) are where positions wrap.
    [Fact]
    public void EveryMessageAndChallengeLengthAroundTheRateEqualsTheNaiveStrobe()
    {
        for (int length = 120; length <= 340; length++)
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(at => (byte)(at + length))];
            Transcript transcript = Transcript.Create("lengths"u8);
            NaiveStrobe naive = NaiveStrobe.Merlin("lengths"u8.ToArray());
            transcript.AppendMessage("m"u8, message);
            naive.AppendMessage("m"u8.ToArray(), message);
            Assert.Equal(naive.Challenge("challenge"u8.ToArray(), length), Challenge(ref transcript, length));
            Assert.Equal(naive.Challenge("challenge"u8.ToArray(), 7), Challenge(ref transcript, 7));
        }
    }

    [Fact]
    public void RandomnessEqualsTheNaiveStrobeForAllLengthsOfWitness()
    {
        Random random = new(6);
        for (int length = 0; length <= 340; length += 5)
        {
            byte[] witness = Bytes(random, length), entropy = Bytes(random, 32);
            Transcript transcript = Transcript.Create("rng"u8);
            NaiveStrobe naive = NaiveStrobe.Merlin("rng"u8.ToArray()).Fork();
            naive.Rekey("witness"u8.ToArray(), witness);
            naive.FinishRng(entropy);
            TranscriptRng rng = Rng(transcript, witness, entropy);
            Assert.Equal(naive.Random(length), Random(ref rng, length));
            Assert.Equal(naive.Random(32), Random(ref rng, 32));
        }
    }

    [Fact]
    public void RandomnessDependsOnTranscriptWitnessAndEntropy()
    {
        Transcript one = Transcript.Create("p"u8), other = Transcript.Create("p"u8);
        one.AppendMessage("com"u8, "1"u8);
        other.AppendMessage("com"u8, "2"u8);
        byte[] zeros = new byte[32], ones = [.. Enumerable.Repeat((byte)1, 32)];
        TranscriptRng[] generators =
        [
            Rng(one, [1], zeros), Rng(other, [1], zeros), Rng(one, [2], zeros), Rng(one, [1], ones),
        ];
        HashSet<string> seen = [];
        for (int at = 0; at < generators.Length; at++) Assert.True(seen.Add(Convert.ToHexString(Random(ref generators[at], 32))));
        TranscriptRng again = Rng(one, [1], zeros);
        Assert.Contains(Convert.ToHexString(Random(ref again, 32)), seen);
    }

    [Fact]
    public void BuildingRandomnessLeavesTheTranscriptAsItWas()
    {
        Transcript one = Transcript.Create("p"u8), other = one;
        _ = Rng(one, [1, 2, 3], new byte[32]);
        Assert.Equal(Challenge(ref other, 32), Challenge(ref one, 32));
    }

    [Fact]
    public void LabelsAndMessagesAreFramed()
    {
        HashSet<string> seen = [];
        foreach ((string label, string message) in (ReadOnlySpan<(string, string)>)[("ab", "c"), ("a", "bc"), ("", "abc"), ("abc", "")])
        {
            Transcript transcript = Transcript.Create("framing"u8);
            transcript.AppendMessage(System.Text.Encoding.ASCII.GetBytes(label), System.Text.Encoding.ASCII.GetBytes(message));
            Assert.True(seen.Add(Convert.ToHexString(Challenge(ref transcript, 32))));
        }
    }

    [Fact]
    public void NumbersAreEightLittleEndianBytes()
    {
        Transcript one = Transcript.Create("p"u8), other = one;
        one.AppendUInt64("n"u8, 0x0102030405060708);
        other.AppendMessage("n"u8, [8, 7, 6, 5, 4, 3, 2, 1]);
        Assert.Equal(Challenge(ref other, 32), Challenge(ref one, 32));
    }

    [Fact]
    public void TheDefaultValuesAreRefused()
    {
        Assert.Throws<InvalidOperationException>(() => default(Transcript).AppendMessage([], []));
        Assert.Throws<InvalidOperationException>(() => default(Transcript).BuildRng());
        Assert.Throws<InvalidOperationException>(() => default(TranscriptRngBuilder).RekeyWithWitness([], []));
        Assert.Throws<InvalidOperationException>(() => default(TranscriptRng).Fill(new byte[1]));
        Assert.Throws<ArgumentException>(() => Transcript.Create([]).BuildRng().Finish(new byte[31]));
    }

    [Fact]
    public void ABuilderIsFinishedOnceAndAGeneratorIsClearedForGood()
    {
        TranscriptRngBuilder builder = Transcript.Create("p"u8).BuildRng();
        TranscriptRng rng = builder.Finish(new byte[32]);
        rng.Clear();
        InvalidOperationException finished = Assert.Throws<InvalidOperationException>(() => builder.Finish(new byte[32]));
        Assert.Contains("once", finished.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => rng.Fill(new byte[1]));
    }

    [Fact]
    public void TranscriptsAllocateNothing()
    {
        byte[] message = new byte[500], challenge = new byte[64];
        Run(message, challenge);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++) Run(message, challenge);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Run(byte[] message, byte[] challenge)
        {
            Transcript transcript = Transcript.Create("allocation"u8);
            transcript.AppendMessage("message"u8, message);
            transcript.Challenge("challenge"u8, challenge);
            TranscriptRng rng = Rng(transcript, message, challenge.AsSpan(0, 32));
            rng.Fill(challenge);
        }
    }

    private delegate byte[] Step(ref Transcript transcript);

    private static byte[] NaiveStep(NaiveStrobe naive, int kind, Random random, out Step same)
    {
        byte[] label = Bytes(random, random.Next(12));
        byte[] message = Bytes(random, random.Next(400));
        if (kind % 3 == 0)
        {
            same = (ref Transcript transcript) => Challenge(ref transcript, message.Length, label);
            return naive.Challenge(label, message.Length);
        }

        naive.AppendMessage(label, message);
        same = (ref Transcript transcript) =>
        {
            transcript.AppendMessage(label, message);
            return [];
        };
        return [];
    }

    private static TranscriptRng Rng(in Transcript transcript, ReadOnlySpan<byte> witness, ReadOnlySpan<byte> entropy)
    {
        TranscriptRngBuilder builder = transcript.BuildRng();
        builder.RekeyWithWitness("witness"u8, witness);
        return builder.Finish(entropy);
    }

    private static byte[] Random(ref TranscriptRng rng, int length)
    {
        byte[] bytes = new byte[length];
        rng.Fill(bytes);
        return bytes;
    }

    private static byte[] Challenge(ref Transcript transcript, int length, byte[]? label = null)
    {
        byte[] challenge = new byte[length];
        transcript.Challenge(label ?? "challenge"u8.ToArray(), challenge);
        return challenge;
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Published(string name) => Vectors.Single(vector => vector.Name == name).Bytes("challenge");
}
