using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.WorkerInterface;

public sealed class ReceiptVerifierTests
{
    private static readonly ReceiptSamples Samples = new();

    public static TheoryData<string> Cases => [.. AllCases().Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_link_from_genesis_to_outcome_is_checked(string name)
    {
        (ReceiptVerdict expected, ReceiptFile file) = AllCases()[name];
        Assert.Equal(expected, ReceiptVerifier.Verify(file, Samples.Genesis, out BlockId block));
        if (expected == ReceiptVerdict.Verified) Assert.Equal(25u, block.Number);
    }

    [Fact]
    public void Every_verdict_occurs() => Assert.Equal(Enum.GetValues<ReceiptVerdict>(), AllCases().Values.Select(item => item.Verdict).Distinct().Order());

    [Fact]
    public void A_file_is_read_as_it_was_written()
    {
        foreach (ReceiptFile file in (ReceiptFile[])[Samples.Anchored(), Samples.Voted()])
        {
            byte[] bytes = file.ToBytes();
            Assert.Equal(ReceiptFileError.None, ReceiptFile.TryRead(bytes, out ReceiptFile? read));
            Assert.Equal(bytes, read!.ToBytes());
            Assert.Equal(ReceiptVerdict.Verified, ReceiptVerifier.Verify(read, Samples.Genesis, out _));
            Assert.Equal(ReceiptFileError.Malformed, ReceiptFile.TryRead([.. bytes, 0], out _));
            Assert.Equal(ReceiptFileError.Malformed, ReceiptFile.TryRead(bytes.AsSpan(0, bytes.Length - 1), out _));
            Assert.Equal(ReceiptFileError.NoReceipt, ReceiptFile.TryRead(bytes.AsSpan(1), out ReceiptFile? none));
            Assert.Null(none);
        }

        byte[] huge = new byte[ReceiptFile.LongestFile + 1];
        "PHALA RECEIPT 1\n"u8.CopyTo(huge);
        Assert.Equal(ReceiptFileError.TooLong, ReceiptFile.TryRead(huge, out _));
    }

    [Fact]
    public void No_changed_byte_leaves_a_file_that_says_something_else()
    {
        byte[] bytes = Samples.Anchored().ToBytes();
        int verified = 0, read = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            if (ReceiptFile.TryRead(bytes, out ReceiptFile? file) == ReceiptFileError.None)
            {
                read++;
                bool isVerified = ReceiptVerifier.Verify(file!, Samples.Genesis, out _) == ReceiptVerdict.Verified;
                if (isVerified) verified++;
                if (isVerified) Assert.Equal((ClusterWorld.Id, Samples.Receipts[2], new(new OpenedOutcome(ReceiptSamples.Outcome, ReceiptSamples.Blinder))), (file!.Cluster, file.Receipt, file.Opened));
            }

            bytes[at] ^= 0x10;
        }

        // One of four votes is not needed, and neither are the numbers of rounds that nobody signed otherwise.
        Assert.True(read > bytes.Length / 2);
        Assert.True(verified < bytes.Length / 4, $"{verified} of {bytes.Length}");
    }

    [Fact]
    public void Receipts_are_proven_one_by_one_under_their_root()
    {
        for (uint index = 0; index < Samples.Receipts.Length; index++)
        {
            byte[] proof = ReceiptTrie.Prove(Samples.Receipts, index);
            Assert.True(ReceiptTrie.Proves(proof, Samples.Report.ReceiptsRoot, index, Samples.Receipts[index]));
            Assert.False(ReceiptTrie.Proves(proof, Samples.Report.ReceiptsRoot, index, Samples.Receipts[(index + 1) % 5]));
            Assert.False(ReceiptTrie.Proves(proof, Samples.Report.ReceiptsRoot, index + 1, Samples.Receipts[index]));
            Assert.False(ReceiptTrie.Proves(proof, ClusterWorld.Hash("other"), index, Samples.Receipts[index]));
        }

        Assert.Equal(TrieRoot.Empty, ReceiptTrie.Root([]));
    }

    private static Dictionary<string, (ReceiptVerdict Verdict, ReceiptFile File)> AllCases()
    {
        ReceiptFile anchored = Samples.Anchored(), voted = Samples.Voted();
        Receipt stranger = Samples.Receipts[2] with { GasBucket = 11 };
        byte[] anchorKey = PhalaPhatContracts.ClusterAnchors.Key(ClusterWorld.Id);
        ReceiptEvidence evidence = anchored.Evidence;
        return new()
        {
            ["anchored"] = (ReceiptVerdict.Verified, anchored),
            ["voted"] = (ReceiptVerdict.Verified, voted),
            ["without its outcome"] = (ReceiptVerdict.Verified, anchored with { Opened = default }),
            ["one vote where the chain says nothing of a quorum"] = (ReceiptVerdict.Verified, Samples.Voted(null, [Samples.Vote("a")])),
            ["another genesis"] = (ReceiptVerdict.WrongChain, anchored with { Genesis = anchored.Genesis with { StateRoot = default } }),
            ["no proof of voters"] = (ReceiptVerdict.BadGenesisProof, anchored with { GenesisProof = [0] }),
            ["no voters"] = (ReceiptVerdict.BadGenesisProof, anchored with { GenesisProof = default }),
            ["no headers"] = (ReceiptVerdict.NotFinal, anchored with { Finality = default }),
            ["a set is skipped"] = (ReceiptVerdict.NotFinal, anchored with { Finality = [anchored.Finality[0], anchored.Finality[2]] }),
            ["too few votes"] = (ReceiptVerdict.NotFinal, anchored with { Finality = [anchored.Finality[0], anchored.Finality[1], Samples.Chain.Justify(anchored.Finality[2].Header, 2, votes: 2)] }),
            ["voters of before"] = (ReceiptVerdict.NotFinal, anchored with { Finality = [anchored.Finality[0], anchored.Finality[1], Samples.Chain.Justify(anchored.Finality[2].Header, 1)] }),
            ["another cluster"] = (ReceiptVerdict.WrongCluster, anchored with { Cluster = ClusterWorld.Genesis }),
            ["a receipt of another cluster"] = (ReceiptVerdict.WrongCluster, anchored with { Receipt = anchored.Receipt with { Id = anchored.Receipt.Id with { Channel = Channel.System } } }),
            ["no proof of the anchor"] = (ReceiptVerdict.BadChainProof, anchored with { ChainProof = [0] }),
            ["a proof under another state"] = (ReceiptVerdict.BadChainProof, anchored with { ChainProof = voted.ChainProof }),
            ["a proof of something else"] = (ReceiptVerdict.BadChainProof, Samples.File(evidence, ReceiptSamples.State((anchorKey, Scale.Encode(Samples.Anchor))), ClusterWorld.Bytes("key 1"))),
            ["an anchor that is none"] = (ReceiptVerdict.BadChainProof, Samples.File(evidence, ReceiptSamples.State((anchorKey, [1, 2])), anchorKey)),
            ["no anchor"] = (ReceiptVerdict.NotReported, Samples.File(evidence, ReceiptSamples.State(), anchorKey)),
            ["an anchor of another entry"] = (ReceiptVerdict.NotReported, Samples.Anchored(Samples.Anchor with { Queue = Samples.Anchor.Queue with { Count = 8 } })),
            ["an anchor with other receipts"] = (ReceiptVerdict.NotInReport, Samples.Anchored(Samples.Anchor with { ReceiptsRoot = ClusterWorld.Genesis })),
            ["a receipt that was not reported"] = (ReceiptVerdict.NotInReport, anchored with { Receipt = stranger }),
            ["a receipt at another place"] = (ReceiptVerdict.NotInReport, anchored with { Evidence = new ReceiptEvidence.Anchored(1, ((ReceiptEvidence.Anchored)evidence).Proof) }),
            ["a receipt that is not in the report"] = (ReceiptVerdict.NotInReport, voted with { Receipt = stranger }),
            ["a report of another cluster"] = (ReceiptVerdict.NotInReport, voted with { Evidence = new ReceiptEvidence.Voted(Samples.Report with { Cluster = default }) }),
            ["a report of another entry"] = (ReceiptVerdict.NotInReport, voted with { Evidence = new ReceiptEvidence.Voted(Samples.Report with { Queue = default }) }),
            ["a report that nobody voted for"] = (ReceiptVerdict.NotReported, voted with { Evidence = new ReceiptEvidence.Voted(Samples.Report with { StateRoot = default }) }),
            ["too small a quorum"] = (ReceiptVerdict.NotReported, Samples.Voted(3)),
            ["a member that voted twice"] = (ReceiptVerdict.NotReported, Samples.Voted(2, [Samples.Vote("a"), Samples.Vote("a") with { Session = default }])),
            ["a vote for something else"] = (ReceiptVerdict.NotReported, Samples.Voted(2, [Samples.Vote("a"), Samples.Vote("b") with { Report = default }])),
            ["no votes"] = (ReceiptVerdict.NotReported, Samples.Voted(0, default(Vec<ReportVote>))),
            ["votes that were never taken"] = (ReceiptVerdict.NotReported, NoVotes()),
            ["a quorum that is not proven"] = (ReceiptVerdict.BadChainProof, Unproven()),
            ["another outcome"] = (ReceiptVerdict.WrongOutcome, anchored with { Opened = new(new OpenedOutcome(ReceiptSamples.Outcome with { Status = OutcomeStatus.Reverted }, ReceiptSamples.Blinder)) }),
            ["another blinder"] = (ReceiptVerdict.WrongOutcome, voted with { Opened = new(new OpenedOutcome(ReceiptSamples.Outcome, default)) }),
        };
    }

    private static ReceiptFile NoVotes() => Samples.File(
        new ReceiptEvidence.Voted(Samples.Report), ReceiptSamples.State(), PhalaPhatContracts.ReportVotes.Key(new ClusterCount(ClusterWorld.Id, 7)), PhalaPhatContracts.ReportQuorum.Key(ClusterWorld.Id));

    private static ReceiptFile Unproven()
    {
        byte[] votes = PhalaPhatContracts.ReportVotes.Key(new ClusterCount(ClusterWorld.Id, 7)), quorum = PhalaPhatContracts.ReportQuorum.Key(ClusterWorld.Id);
        MerkleTrie state = ReceiptSamples.State((votes, Scale.Encode<VecCodec<ReportVote, ReportVote>, Vec<ReportVote>>(Samples.Votes)), (quorum, Scale.Encode<U32Codec, uint>(5)));
        return Samples.File(new ReceiptEvidence.Voted(Samples.Report), state, votes);
    }
}
