using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>
/// Justifications put together by the input, so that nearly every mutant is one: target, a byte that may spoil the encoding, number of votes, then votes (voter in the high
/// half, block in the low one; 15 falsifies the vote before) and headers. What is accepted is for the block that three voters have supported.
/// </summary>
internal sealed class JustificationTarget : FuzzTarget
{
    private const int MaxVotes = 8, MaxHeaders = 8, Falsify = 15;

    public override string Name => "grandpa-justification";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [3, 0, 3, 0x03, 0x13, 0x23], [3, 0, 4, 0x03, 0x13, 0x23, 0x43], [1, 0, 4, 0x02, 0x14, 0x21, 0x31, 2, 4], [2, 0, 3, 0x02, 0x12, 0x23, 3],
        [3, 0, 5, 0x03, 0x13, 0x12, 0x23, 0x22, 3], [3, 0, 4, 0x03, 0x13, 0x23, 0x0F], [3, 1, 3, 0x03, 0x13, 0x23], [0, 0, 4, 0x02, 0x15, 0x20, 0x36, 1, 2, 4, 5],
        [2, 0, 2, 0x02, 0x12], [3, 0, 1, 0x43], [3, 0, 3, 0x03, 0x13, 0x23, 2], [3, 64, 3, 0x03, 0x13, 0x23],
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<JustificationError>().Except([nameof(JustificationError.None)])];

    public override long AllocationBound(int inputLength) => 128_000;

    public override int SampleSize => 15_000;

    public override FuzzOutcome Run(byte[] input)
    {
        Justification made = Make(input, out int spoil);
        byte[] encoded = Scale.Encode(made);
        if (spoil is > 0 and < 8) encoded = encoded[..^spoil];
        if (spoil is >= 8 and < 16) encoded = [.. encoded, (byte)spoil];
        JustificationError error = Justification.Verify(encoded, GrandpaSamples.Set, spoil < 128 ? null : GrandpaSamples.Ids[spoil % GrandpaSamples.Ids.Count], out Justification decoded);
        if (error != JustificationError.None) return new FuzzOutcome(error != JustificationError.BadEncoding, error.ToString());
        if (decoded != made) throw new InvalidOperationException("Another justification was decoded.");
        int supporters = made.Commit.Precommits.Select(vote => vote.Id).Where(id => GrandpaSamples.Set.IndexOf(id) >= 0).Distinct().Count();
        if (supporters < 3) throw new InvalidOperationException("Fewer than three voters finalize a block.");
        return new FuzzOutcome(true, null);
    }

    private static Justification Make(ReadOnlySpan<byte> input, out int spoil)
    {
        int target = input.Length > 0 ? input[0] % GrandpaSamples.Ids.Count : 0;
        spoil = input.Length > 1 ? input[1] : 0;
        ReadOnlySpan<byte> rest = input.Length > 3 ? input[3..] : [];
        int count = Math.Min(rest.Length, input.Length > 2 ? input[2] % (MaxVotes + 1) : 0);
        List<SignedPrecommit> votes = [];
        foreach (byte vote in rest[..count])
        {
            if ((vote & 15) != Falsify) votes.Add(GrandpaSamples.Vote(vote >> 4, vote & 15));
            else if (votes.Count > 0) votes[^1] = votes[^1] with { Signature = default };
        }

        List<Phala.Chain.Header> headers = [];
        foreach (byte block in rest[count..Math.Min(rest.Length, count + MaxHeaders)]) headers.Add(GrandpaSamples.Blocks[block % GrandpaSamples.Blocks.Count]);
        Phala.Chain.BlockId final = GrandpaSamples.Ids[target];
        return new Justification(GrandpaSamples.Round, new Commit(final.Hash, final.Number, [.. votes]), [.. headers]);
    }
}
