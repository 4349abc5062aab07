using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.LightClient;
using Phala.Testing;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Light;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>What is kept, sent and shown to others has the bytes that docs/formats/light-client.md describes.</summary>
public sealed class FormatTests
{
    private static readonly QueueChain Chain = MakeChain();

    [Fact]
    public void TheStateIsWrittenFieldByField()
    {
        LightClientState state = Follow().State;
        byte[] expected =
        [
            1, .. Chain.Genesis.AsSpan(), 0, .. BitConverter.GetBytes(QueueChain.SlotDuration),
            .. Claim(state.Head),
            .. BitConverter.GetBytes(state.Queue.Count), .. state.Queue.Hash.AsSpan(),
            0, 0, 0, 0,
            0,
        ];
        Assert.Equal(expected, Scale.Encode(state));
        Assert.Equal([.. expected[..^1], 1, .. Scale.Encode(EvidenceScenarios.History)], Scale.Encode(state with { Stopped = EvidenceScenarios.History }));
    }

    [Fact]
    public void TheOthersAreWrittenFieldByField()
    {
        AdvanceProof.Jump jump = Chain.Jump(0, 2);
        Assert.Equal([0, 4, .. Scale.Encode(jump.Changes[0]), .. Scale.Encode(jump.Target), .. Bytes(jump.ReadProof)], Scale.Encode<AdvanceProof>(jump));
        AdvanceProof.Walk walk = Chain.Walk(0, 2);
        Assert.Equal(
            [1, 8, .. Scale.Encode(walk.Blocks[0].Header), .. Bytes(walk.Blocks[0].ReadProof), 1, .. Scale.Encode(Chain.Justify(1)), .. Scale.Encode(walk.Blocks[1])],
            Scale.Encode<AdvanceProof>(walk));
        Evidence evidence = EvidenceScenarios.HistoryOverChanges;
        Assert.Equal([.. evidence.Genesis.AsSpan(), .. Claim(evidence.Lower), 8, .. Scale.Encode(evidence.Way[0]), .. Scale.Encode(evidence.Way[1]), .. Claim(evidence.Higher)], Scale.Encode(evidence));
    }

    /// <summary>Bytes that clients keep are read for ever.</summary>
    [Fact]
    public void TheExamplesAreWhatTheyWere()
    {
        Vector vector = VectorFile.Read("LightClient/Vectors/light-client.txt").Single();
        Assert.Equal(vector.Bytes("genesis"), Chain.Genesis.AsSpan());
        Assert.Equal(vector.Bytes("advance"), Scale.Encode<AdvanceProof>(Chain.Jump(0, 2)));
        Assert.Equal(vector.Bytes("state"), Follow().Save());
        Assert.Equal(RestoreError.None, ChainFollower.TryRestore(Chain.Genesis, vector.Bytes("state"), out ChainFollower? follower));
        Assert.Equal(Chain.Best.Id, follower!.Head.Block);
    }

    private static byte[] Claim(in FinalityClaim claim) =>
    [
        .. Scale.Encode(claim.Finalized.Header), .. Scale.Encode(claim.Finalized.Justification),
        .. BitConverter.GetBytes(claim.SetId), (byte)(claim.Authorities.Length << 2), .. claim.Authorities.ToArray().SelectMany(authority => Scale.Encode<GrandpaAuthority>(authority)), .. Bytes(claim.ReadProof),
    ];

    private static byte[] Bytes(Vec<byte> bytes)
    {
        ScaleWriter writer = ScaleWriter.Pooled(16);
        try
        {
            writer.WriteByteSequence(bytes.AsSpan());
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private static ChainFollower Follow()
    {
        ChainFollower follower = Chain.Start();
        Assert.True(follower.Advance(Chain.Jump(0, 2), out _).IsOk);
        return follower;
    }

    // A change of the set with a message, and a quiet block, whose queue's head has to be proven.
    private static QueueChain MakeChain()
    {
        QueueChain chain = QueueChain.Create();
        chain.Append([RandomQueueChain.NextMessage(new Random(1))], changes: true);
        chain.Append();
        return chain;
    }
}
