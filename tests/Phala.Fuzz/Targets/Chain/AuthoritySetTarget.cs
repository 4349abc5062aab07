using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>Authority lists without their number, mutated; a rest at the end is passed over. Past the outermost check is what has an entry.</summary>
internal sealed class AuthoritySetTarget : FuzzTarget
{
    private const int EntryLength = GrandpaAuthorityId.Size + sizeof(ulong);

    public override string Name => "authority-set";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Make(1, 1, 1, 1), Make(1), Make(5, 0, 7), Make(ulong.MaxValue, 1), Make(0, 0), Make(0), Make(ulong.MaxValue),
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<AuthoritySetError>().Except([nameof(AuthoritySetError.None)])];

    public override long AllocationBound(int inputLength) => 8192 + (64L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        GrandpaAuthority[] list = new GrandpaAuthority[input.Length / EntryLength];
        for (int at = 0; at < list.Length; at++) list[at] = Scale.Decode<GrandpaAuthority>(input.AsSpan(at * EntryLength, EntryLength)).Value;
        AuthoritySetError error = AuthoritySet.TryCreate(0, Vec.Create<GrandpaAuthority>(list), out AuthoritySet? set);
        if (error != AuthoritySetError.None) return new FuzzOutcome(list.Length > 0, error.ToString());
        UInt128 sum = 0;
        foreach (GrandpaAuthority authority in list) sum += authority.Weight;
        bool isSound = set!.TotalWeight == sum && set.Threshold <= set.TotalWeight && (UInt128)3 * set.Threshold > 2 * sum;
        if (!isSound) throw new InvalidOperationException("The set's weights are wrong.");
        return new FuzzOutcome(true, null);
    }

    private static byte[] Make(params ulong[] weights) => [.. weights.SelectMany((weight, index) => Scale.Encode(GrandpaSamples.Authorities[index] with { Weight = weight }))];
}
