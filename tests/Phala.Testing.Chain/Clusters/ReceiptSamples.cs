using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;

namespace Phala.Testing.Chain.Clusters;

/// <summary>A receipt among others of its entry, on a chain that holds it, and files of it.</summary>
public sealed class ReceiptSamples
{
    public ReceiptSamples()
    {
        Receipts = [.. Enumerable.Range(0, 5).Select(index => Make((uint)index))];
        Report = new ClusterReport(ClusterWorld.Id, new QueueHead(7, ClusterWorld.Hash("head")), default, ClusterWorld.Hash("state"), ReceiptTrie.Root(Receipts), Vec.Create<Receipt>(Receipts));
    }

    public static Outcome Outcome { get; } = new(OutcomeStatus.Succeeded, 1000, [0, 0]);

    public static Blinder Blinder { get; } = new(ClusterWorld.Bytes("blinder"));

    public FinalizedChain Chain { get; } = new();

    public Receipt[] Receipts { get; }

    public ClusterReport Report { get; }

    public Hash256 Genesis => Chain.Genesis.Hash();

    public ClusterAnchor Anchor => new(Report.Queue, Report.StateRoot, Report.ReceiptsRoot, Report.Hash(), 2);

    public static Receipt Make(uint index) =>
        new(new MessageId(7, Channel.OfCluster(ClusterWorld.Id), index), ClusterWorld.Vault, new ReceiptStatus.Executed(), Outcome.Commitment(Blinder), 10, [.. new byte[index * 50]]);

    /// <summary>A file by the cluster's anchor, after two sets of voters.</summary>
    public ReceiptFile Anchored(ClusterAnchor? anchor = null) => File(
        new ReceiptEvidence.Anchored(2, Vec.Create<byte>(ReceiptTrie.Prove(Receipts, 2))), State((PhalaPhatContracts.ClusterAnchors.Key(ClusterWorld.Id), Scale.Encode(anchor ?? Anchor))), PhalaPhatContracts.ClusterAnchors.Key(ClusterWorld.Id));

    /// <summary>A file by the whole report.</summary>
    /// <param name="anchored">The hash of the report that the chain anchored; null for this one's.</param>
    public ReceiptFile Reported(Hash256? anchored = null)
    {
        byte[] key = PhalaPhatContracts.AnchoredReports.Key(new ClusterCount(ClusterWorld.Id, 7));
        return File(new ReceiptEvidence.Reported(Report), State((key, Scale.Encode(anchored ?? Report.Hash()))), key);
    }

    /// <summary>A file under a state.</summary>
    public ReceiptFile File(ReceiptEvidence evidence, MerkleTrie state, params byte[][] keys) => new(
        ClusterWorld.Id,
        Receipts[2],
        evidence,
        new(new OpenedOutcome(Outcome, Blinder)),
        Chain.Genesis,
        Chain.GenesisProof,
        [Chain.HandOver(10, 0), Chain.HandOver(20, 1), Chain.Justify(Chain.Block(25, state), 2)],
        FinalizedChain.Prove(state, keys));

    /// <summary>A state of a few entries besides others.</summary>
    public static MerkleTrie State(params (byte[] Key, byte[] Value)[] entries)
    {
        IEnumerable<TrieEntry> others = Enumerable.Range(0, 40).Select(index => new TrieEntry(ClusterWorld.Bytes($"key {index}"), ClusterWorld.Bytes($"value {index}")));
        return MerkleTrie.Create([.. others, .. entries.Select(entry => new TrieEntry(entry.Key, entry.Value))], StateVersion.V1);
    }
}
