using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Finality proofs, mutated in their encoding. Past the outermost check is what decodes as far as the justification.</summary>
internal sealed class FinalityProofTarget : FuzzTarget
{
    private static readonly Header Last = GrandpaSamples.Blocks[3];

    public override string Name => "finality-proof";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Make(Last, Last, 2, 3), Make(Last, Last), Make(Last, GrandpaSamples.Blocks[2], 2), Make(Last, Last, 3, 2),
        .. Enumerable.Repeat(Make(Last, Last, 1, 2, 3), 3),
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<FinalityProofError>().Except([nameof(FinalityProofError.None)])];

    public override long AllocationBound(int inputLength) => 128_000 + (128L * inputLength);

    public override int SampleSize => 10_000;

    public override FuzzOutcome Run(byte[] input)
    {
        FinalityProofError error = FinalityProof.Verify(input, GrandpaSamples.Set, out FinalityProof proof);
        if (error == FinalityProofError.BadEncoding) return new FuzzOutcome(Scale.Decode<FinalityProof>(input).Position >= Phala.Trie.Hash256.Size, error.ToString());
        if (!Scale.Encode(proof).AsSpan().SequenceEqual(input)) throw new InvalidOperationException("An accepted encoding is not the proof's.");
        return new FuzzOutcome(true, error == FinalityProofError.None ? null : error.ToString());
    }

    private static byte[] Make(Header block, Header justified, params int[] headers) => Scale.Encode(new FinalityProof(
        block.Hash(), Vec.Create<byte>(Scale.Encode(GrandpaSamples.Justify(justified, GrandpaSamples.SetId))), [.. headers.Select(index => GrandpaSamples.Blocks[index])]));
}
