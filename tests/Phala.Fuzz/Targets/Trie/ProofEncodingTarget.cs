using Phala.Codec;
using Phala.Testing;
using Phala.Trie.Proofs;

namespace Phala.Fuzz.Targets.Trie;

/// <summary>Bytes as a proof in SCALE form, against the good root. Past the outermost check is what promises no more entries than there are bytes.</summary>
public sealed class ProofEncodingTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "trie-proof-encoding";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. ProofCorpus.Proofs.Select(ReadProofBuilder.Encode)];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } =
        [nameof(ProofError.BadEncoding), nameof(ProofError.TooManyShortEntries), nameof(ProofError.MissingRoot), nameof(ProofError.DuplicateEntry), nameof(ProofError.UnneededEntry)];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (4 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        ScaleReader reader = new(input);
        bool believed = reader.TryReadLength(1, out _);
        bool opened = TrieProof.TryOpen(input, ProofCorpus.State.Root, ProofPolicy.Minimal, out _, out ProofError error);
        return new FuzzOutcome(believed, opened ? null : error.ToString());
    }
}
