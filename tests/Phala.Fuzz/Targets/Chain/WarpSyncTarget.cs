using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Warp sync proofs put together by the input: a byte of choices (finished, spoilt), then prepared fragments.</summary>
internal sealed class WarpSyncTarget : FuzzTarget
{
    private const int Finished = 1, Spoilt = 0x70, MaxFragments = 6;

    public override string Name => "warp-sync";

    public override IReadOnlyList<byte[]> Corpus { get; } = [[1, 0, 1, 2], [0, 0, 1], [1, 0], [1, 4], [0, 4], [1, 4, 0], [1], [0x70, 0, 1], [1, 0, 2], [1, 3]];

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<WarpSyncError>().Except([nameof(WarpSyncError.None)])];

    public override long AllocationBound(int inputLength) => 512_000;

    public override int SampleSize => 10_000;

    public override FuzzOutcome Run(byte[] input)
    {
        int choices = input.Length > 0 ? input[0] : 0;
        WarpSyncFragment[] fragments = [.. input.Skip(1).Take(MaxFragments).Select(choice => ChainSamples.Fragments[choice % ChainSamples.Fragments.Count])];
        byte[] encoded = Scale.Encode(new WarpSyncProof([.. fragments], (choices & Finished) != 0));
        if ((choices & Spoilt) == Spoilt) encoded[^1] = 2;
        WarpSyncResult result = WarpSyncProof.Verify(encoded, new FinalizedHead(new BlockId(default, 1), GrandpaSamples.Set), out FinalizedHead end);
        if (result.Followed > 0 && end.Block != BlockId.Of(fragments[result.Followed - 1].Header)) throw new InvalidOperationException("The end is not what was followed.");
        return new FuzzOutcome(result.Error is not (WarpSyncError.BadEncoding or WarpSyncError.Empty), result.IsOk ? null : result.Error.ToString());
    }
}
