using Phala.Chain;
using Phala.Runtime.Interface;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Receipts;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>Receipt files. Past the outermost check is what begins as one.</summary>
internal sealed class ReceiptFileTarget : FuzzTarget
{
    private static readonly ReceiptSamples Samples = new();

    /// <inheritdoc/>
    public override string Name => "receipt-file";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. Files().Select(file => file.ToBytes())];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } =
        [nameof(ReceiptFileError.NoReceipt), nameof(ReceiptFileError.Malformed), .. Enum.GetNames<ReceiptVerdict>().Except([nameof(ReceiptVerdict.Verified)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (64 << 10) + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        ReceiptFileError error = ReceiptFile.TryRead(input, out ReceiptFile? file);
        if (error != ReceiptFileError.None) return new FuzzOutcome(error != ReceiptFileError.NoReceipt, error.ToString());
        ReceiptVerdict verdict = ReceiptVerifier.Verify(file!, Samples.Genesis, out BlockId _);
        if (verdict != ReceiptVerdict.Verified) return new FuzzOutcome(true, verdict.ToString());
        bool isOurs = file!.Cluster == ClusterWorld.Id && Samples.Receipts.Contains(file.Receipt);
        if (!isOurs || !file.ToBytes().AsSpan().SequenceEqual(input)) throw new InvalidOperationException("A receipt that nobody gave was verified.");
        return new FuzzOutcome(true, null);
    }

    /// <summary>Short files, so that each part is met often, and some that only few mutants would become.</summary>
    private static IEnumerable<ReceiptFile> Files()
    {
        ReceiptFile anchored = Samples.Anchored();
        byte[] key = PhalaPhatContracts.ClusterAnchors.Key(ClusterWorld.Id);
        ReceiptEvidence.Anchored evidence = (ReceiptEvidence.Anchored)anchored.Evidence;
        return
        [
            anchored, Samples.Reported(), Samples.Reported(ClusterWorld.Genesis), Samples.File(evidence, ReceiptSamples.State(), key), anchored with { Cluster = ClusterWorld.Genesis }, anchored with { ChainProof = [0] },
            anchored with { Evidence = new ReceiptEvidence.Anchored(1, evidence.Proof) }, anchored with { Opened = new(new OpenedOutcome(ReceiptSamples.Outcome, default)) }, anchored with { GenesisProof = [0] },
        ];
    }
}
