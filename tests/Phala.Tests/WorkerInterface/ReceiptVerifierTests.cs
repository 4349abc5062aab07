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
        foreach (ReceiptFile file in (ReceiptFile[])[Samples.Anchored(), Samples.Reported()])
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
        ReceiptFile anchored = Samples.Anchored(), reported = Samples.Reported();
        Receipt stranger = Samples.Receipts[2] with { GasBucket = 11 };
        byte[] anchorKey = PhalaPhatContracts.ClusterAnchors.Key(ClusterWorld.Id);
        byte[] reportKey = PhalaPhatContracts.AnchoredReports.Key(new ClusterCount(ClusterWorld.Id, 7));
        ReceiptEvidence evidence = anchored.Evidence;
        return new()
        {
            ["anchored"] = (ReceiptVerdict.Verified, anchored),
            ["reported"] = (ReceiptVerdict.Verified, reported),
            ["without its outcome"] = (ReceiptVerdict.Verified, anchored with { Opened = default }),
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
            ["a proof under another state"] = (ReceiptVerdict.BadChainProof, anchored with { ChainProof = reported.ChainProof }),
            ["a proof of something else"] = (ReceiptVerdict.BadChainProof, Samples.File(evidence, ReceiptSamples.State((anchorKey, Scale.Encode(Samples.Anchor))), ClusterWorld.Bytes("key 1"))),
            ["an anchor that is none"] = (ReceiptVerdict.BadChainProof, Samples.File(evidence, ReceiptSamples.State((anchorKey, [1, 2])), anchorKey)),
            ["no anchor"] = (ReceiptVerdict.NotReported, Samples.File(evidence, ReceiptSamples.State(), anchorKey)),
            ["an anchor of another entry"] = (ReceiptVerdict.NotReported, Samples.Anchored(Samples.Anchor with { Queue = Samples.Anchor.Queue with { Count = 8 } })),
            ["an anchor with other receipts"] = (ReceiptVerdict.NotInReport, Samples.Anchored(Samples.Anchor with { ReceiptsRoot = ClusterWorld.Genesis })),
            ["a receipt that was not reported"] = (ReceiptVerdict.NotInReport, anchored with { Receipt = stranger }),
            ["a receipt at another place"] = (ReceiptVerdict.NotInReport, anchored with { Evidence = new ReceiptEvidence.Anchored(1, ((ReceiptEvidence.Anchored)evidence).Proof) }),
            ["a receipt that is not in the report"] = (ReceiptVerdict.NotInReport, reported with { Receipt = stranger }),
            ["a report of another cluster"] = (ReceiptVerdict.NotInReport, reported with { Evidence = new ReceiptEvidence.Reported(Samples.Report with { Cluster = default }) }),
            ["a report of another entry"] = (ReceiptVerdict.NotInReport, reported with { Evidence = new ReceiptEvidence.Reported(Samples.Report with { Queue = default }) }),
            ["a report that members made after another was anchored"] = (ReceiptVerdict.NotReported, Samples.Reported((Samples.Report with { StateRoot = default }).Hash())),
            ["a report that is not the anchored one"] = (ReceiptVerdict.NotReported, reported with { Evidence = new ReceiptEvidence.Reported(Samples.Report with { StateRoot = default }) }),
            ["an entry without an anchored report"] = (ReceiptVerdict.NotReported, Samples.File(reported.Evidence, ReceiptSamples.State(), reportKey)),
            ["an anchored report that is none"] = (ReceiptVerdict.BadChainProof, Samples.File(reported.Evidence, ReceiptSamples.State((reportKey, [1, 2])), reportKey)),
            ["an anchored report that is not proven"] = (ReceiptVerdict.BadChainProof, Samples.File(reported.Evidence, ReceiptSamples.State((reportKey, Scale.Encode(Samples.Report.Hash()))), ClusterWorld.Bytes("key 1"))),
            ["votes that were not anchored"] = (ReceiptVerdict.NotReported, Samples.File(reported.Evidence, VotesAlone(), VotesKey, reportKey)),
            ["another outcome"] = (ReceiptVerdict.WrongOutcome, anchored with { Opened = new(new OpenedOutcome(ReceiptSamples.Outcome with { Status = OutcomeStatus.Reverted }, ReceiptSamples.Blinder)) }),
            ["another blinder"] = (ReceiptVerdict.WrongOutcome, reported with { Opened = new(new OpenedOutcome(ReceiptSamples.Outcome, default)) }),
        };
    }

    private static byte[] VotesKey => PhalaPhatContracts.ReportVotes.Key(new ClusterCount(ClusterWorld.Id, 7));

    /// <summary>What the chain holds where enough voted by today's quorum, and something else was anchored.</summary>
    private static MerkleTrie VotesAlone()
    {
        ReportVote vote = new(new(ClusterWorld.Bytes("a")), new(ClusterWorld.Bytes("session of a")), Samples.Report.Hash());
        byte[] key = PhalaPhatContracts.AnchoredReports.Key(new ClusterCount(ClusterWorld.Id, 7));
        return ReceiptSamples.State((VotesKey, Scale.Encode<VecCodec<ReportVote, ReportVote>, Vec<ReportVote>>([vote])), (key, Scale.Encode(ClusterWorld.Genesis)));
    }
}
