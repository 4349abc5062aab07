using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Testing;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Steps of a light client: each byte of the input offers one of the prepared headers, and the first that does not follow ends the run. Past the outermost check is what has a step.</summary>
internal sealed class FinalizedHeadTarget : FuzzTarget
{
    private static readonly ulong[] FirstSets = [GrandpaSamples.SetId, ulong.MaxValue];

    public override string Name => "finalized-head";

    public override IReadOnlyList<byte[]> Corpus { get; } = [[0, 0], [0, 0, 1, 2, 3], [0, 3], [0, 5], [0, 6], [0, 0, 0], [1, 8], [0, 4, 4], [0, 1, 0, 2]];

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<AdvanceError>().Except([nameof(AdvanceError.None)])];

    public override long AllocationBound(int inputLength) => 256_000;

    public override FuzzOutcome Run(byte[] input)
    {
        if (input.Length < 2) return new FuzzOutcome(false, nameof(AdvanceError.NotAscending));
        FinalizedHead head = new(new BlockId(default, 5), AuthoritySet.Create(FirstSets[input[0] % 2], GrandpaSamples.Authorities));
        foreach (byte choice in input.AsSpan(1))
        {
            WarpSyncFragment fragment = ChainSamples.Fragments[choice % ChainSamples.Fragments.Count];
            AdvanceResult result = head.TryAdvance(fragment.Header, fragment.Justification, out FinalizedHead? next);
            if (!result.IsOk) return new FuzzOutcome(true, result.Error.ToString());
            bool isSound = next!.Block.Number > head.Block.Number && next.Set.Id - head.Set.Id <= 1;
            if (!isSound || next.Block.Hash == default(Hash256)) throw new InvalidOperationException("The head went astray.");
            head = next;
        }

        return new FuzzOutcome(true, null);
    }
}
