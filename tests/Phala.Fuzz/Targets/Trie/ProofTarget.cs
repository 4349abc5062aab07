using System.Buffers.Binary;
using Phala.Testing;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Fuzz.Targets.Trie;

/// <summary>
/// Tampered entries of a proof against the good root, and against the digest of the first entry. The input is a byte of choices, then entries, each behind
/// two bytes of length that are cut to what is there: so nearly every mutant is a well-formed proof. No answer may contradict the state.
/// </summary>
public sealed class ProofTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "trie-proof";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } = [.. ProofCorpus.Proofs.SelectMany(proof => Enumerable.Range(0, 4).Select(choice => Pack((byte)choice, proof)))];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } =
        [.. Enum.GetNames<ProofError>().Except([nameof(ProofError.None), nameof(ProofError.BadEncoding)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => 4096 + (64 * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length < 3) return new FuzzOutcome(false, nameof(ProofError.MissingRoot));
        List<byte[]> entries = Unpack(input);
        bool honestRoot = (input[0] & 1) == 0;
        Hash256 root = honestRoot ? ProofCorpus.State.Root : ProofCorpus.Digest(entries[0]);
        ProofPolicy policy = (input[0] & 2) == 0 ? ProofPolicy.Tolerant : ProofPolicy.Minimal;
        if (!TrieProof.TryOpen(ReadProofBuilder.Encode(entries), root, policy, out TrieProof? proof, out ProofError error)) return new FuzzOutcome(true, error.ToString());
        foreach ((byte[] key, byte[] value) in ProofCorpus.Entries)
        {
            ProofLookup found = proof.TryGet(key, out ReadOnlySpan<byte> shown);
            bool wrong = found == ProofLookup.Absent || (found == ProofLookup.Present && !shown.SequenceEqual(value));
            if (honestRoot && wrong) throw new InvalidOperationException("The proof answers wrongly.");
        }

        bool absent = proof.TryGet(ProofCorpus.AbsentKey, out _) != ProofLookup.Present;
        if (honestRoot && !absent) throw new InvalidOperationException("The proof shows what is not there.");
        _ = proof.TryGetClosestDescendant(ProofCorpus.AbsentKey, out _);
        if (proof.TryOpenChild(ProofCorpus.ChildName, out TrieProof? child) == ProofLookup.Present) _ = child!.TryGet(ProofCorpus.Entries[0].Value, out _);
        ProofCursor cursor = proof.Enumerate([]);
        for (int step = 0; step < 20 && cursor.MoveNext(); step++) _ = cursor.Value;
        return new FuzzOutcome(true, null);
    }

    private static byte[] Pack(byte choice, IReadOnlyList<byte[]> entries)
    {
        List<byte> packed = [choice];
        foreach (byte[] entry in entries) packed.AddRange([(byte)entry.Length, (byte)(entry.Length >> 8), .. entry]);
        return [.. packed];
    }

    private static List<byte[]> Unpack(ReadOnlySpan<byte> input)
    {
        List<byte[]> entries = [];
        for (ReadOnlySpan<byte> rest = input[1..]; rest.Length >= 2;)
        {
            int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(rest), rest.Length - 2);
            entries.Add(rest.Slice(2, length).ToArray());
            rest = rest[(2 + length)..];
        }

        return entries;
    }
}
