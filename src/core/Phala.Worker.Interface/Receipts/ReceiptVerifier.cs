using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Worker.Interface.Receipts;

/// <summary>The whole rule by which anybody believes a receipt, without a connection.</summary>
/// <remarks>
/// <para><b>Concept.</b> Genesis hash → state root → first voters → the sets after them → a finalized header → what the chain holds under it → the report → the receipt → the outcome.
/// Each step is checked against the one before.</para>
/// <para><b>Trust.</b> Who believes the genesis hash, and that two thirds of each set of voters were honest, believes that the cluster's members reported this, as many as its quorum.</para>
/// </remarks>
public static class ReceiptVerifier
{
    /// <summary>Verifies a receipt file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="genesis">The hash of the chain's first block, as one knows it.</param>
    /// <param name="block">The finalized block that it was read under, where the verdict is <see cref="ReceiptVerdict.Verified"/>.</param>
    /// <returns>The verdict. Any file gives one.</returns>
    public static ReceiptVerdict Verify(ReceiptFile file, in Hash256 genesis, out BlockId block)
    {
        ReceiptVerdict verdict = VerifyFinality(file, genesis, out Header header);
        block = BlockId.Of(header);
        if (verdict == ReceiptVerdict.Verified) verdict = VerifyReport(file, header.StateRoot);
        if (verdict != ReceiptVerdict.Verified) return verdict;
        return file.Opened.TryGet(out OpenedOutcome? opened) && opened.Outcome.Commitment(opened.Blinder) != file.Receipt.Commitment
            ? ReceiptVerdict.WrongOutcome
            : ReceiptVerdict.Verified;
    }

    private static ReceiptVerdict VerifyFinality(ReceiptFile file, in Hash256 genesis, out Header header)
    {
        header = file.Genesis;
        if (header.Hash() != genesis || header.Number != 0) return ReceiptVerdict.WrongChain;
        if (TryRead(file.GenesisProof, header.StateRoot, Grandpa.Authorities.Prefix, out ReadOnlySpan<byte> value) != ProofLookup.Present) return ReceiptVerdict.BadGenesisProof;
        DecodeResult<Vec<GrandpaAuthority>> voters = Scale.Decode<VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>>(value);
        if (!voters.IsOk || AuthoritySet.TryCreate(0, voters.Value, out AuthoritySet? set) != AuthoritySetError.None) return ReceiptVerdict.BadGenesisProof;
        WarpSyncProof proof = new(file.Finality, IsFinished: true);
        if (proof.Verify(new FinalizedHead(new BlockId(genesis, 0), set!), out _).Error != WarpSyncError.None) return ReceiptVerdict.NotFinal;
        header = file.Finality[^1].Header;
        return ReceiptVerdict.Verified;
    }

    private static ReceiptVerdict VerifyReport(ReceiptFile file, in Hash256 stateRoot)
    {
        if (file.Receipt.Id.Channel != Channel.OfCluster(file.Cluster)) return ReceiptVerdict.WrongCluster;
        return file.Evidence switch
        {
            ReceiptEvidence.Anchored anchored => VerifyAnchored(file, anchored, stateRoot),
            ReceiptEvidence.Reported reported => VerifyReported(file, reported.Report, stateRoot),
            _ => ReceiptVerdict.NotReported,
        };
    }

    private static ReceiptVerdict VerifyAnchored(ReceiptFile file, ReceiptEvidence.Anchored evidence, in Hash256 stateRoot)
    {
        ProofLookup lookup = TryRead(file.ChainProof, stateRoot, PhalaPhatContracts.ClusterAnchors.Key(file.Cluster), out ReadOnlySpan<byte> value);
        if (lookup == ProofLookup.Absent) return ReceiptVerdict.NotReported;
        if (lookup != ProofLookup.Present || !Scale.Decode<ClusterAnchor>(value).TryGet(out ClusterAnchor anchor)) return ReceiptVerdict.BadChainProof;
        if (anchor.Queue.Count != file.Receipt.Id.Count) return ReceiptVerdict.NotReported;
        return ReceiptTrie.Proves(evidence.Proof.ToArray(), anchor.ReceiptsRoot, evidence.Index, file.Receipt) ? ReceiptVerdict.Verified : ReceiptVerdict.NotInReport;
    }

    /// <summary>
    /// Votes are not counted here: which member was heard first, and which quorum was in force then, only the chain knows, and what it made of that it keeps as the hash of the anchored report.
    /// </summary>
    private static ReceiptVerdict VerifyReported(ReceiptFile file, ClusterReport report, in Hash256 stateRoot)
    {
        if (report.Cluster != file.Cluster || report.Queue.Count != file.Receipt.Id.Count) return ReceiptVerdict.NotInReport;
        if (report.Receipts.AsSpan().IndexOf(file.Receipt) < 0) return ReceiptVerdict.NotInReport;
        ProofLookup lookup = TryRead(file.ChainProof, stateRoot, PhalaPhatContracts.AnchoredReports.Key(new ClusterCount(file.Cluster, report.Queue.Count)), out ReadOnlySpan<byte> value);
        if (lookup == ProofLookup.Absent) return ReceiptVerdict.NotReported;
        if (lookup != ProofLookup.Present || !Scale.Decode<Hash256>(value).TryGet(out Hash256 anchored)) return ReceiptVerdict.BadChainProof;
        return anchored == report.Hash() ? ReceiptVerdict.Verified : ReceiptVerdict.NotReported;
    }

    private static ProofLookup TryRead(Vec<byte> proof, in Hash256 stateRoot, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        value = default;
        return TrieProof.TryOpen(proof.ToArray(), stateRoot, ProofPolicy.Tolerant, out TrieProof? opened, out _) ? opened.TryGet(key, out value) : ProofLookup.MissingNode;
    }
}
