using Phala.Chain;
using Phala.Codec;
using Phala.Fuzz.Targets.Codec.Samples;
using static Phala.Tests.Codec.NaiveScale;

namespace Phala.Tests.Codec;

/// <summary>The sample types written a second time, by hand.</summary>
internal static class NaiveSamples
{
    internal static byte[] Of(Integers value) => Concat(
        Fixed(value.U8, 1), Fixed(value.I8, 1), Fixed(value.U16, 2), Fixed(value.I16, 2), Fixed(value.U32, 4), Fixed(value.I32, 4),
        Fixed(value.U64, 8), Fixed(value.I64, 8), Fixed(value.U128, 16), Fixed(value.I128, 16), Fixed(value.U256, 32), Fixed(value.I256, 32),
        Bool(value.Flag), Fixed((int)value.Mode, 1), value.Hash.ToArray());

    internal static byte[] Of(Compacts value) => Concat(
        Compact(value.U8), Compact(value.U16), Compact(value.U32), Compact(value.U64), Compact(value.U128), Compact(value.U256), Compact(value.Wrapped.Value));

    internal static byte[] Of(DigestItem value) => value switch
    {
        DigestItem.Other other => [0, .. Bytes(other.Data.ToArray())],
        DigestItem.Consensus consensus => [4, .. Letters(consensus.Engine), .. Bytes(consensus.Data.ToArray())],
        DigestItem.Seal seal => [5, .. Letters(seal.Engine), .. Bytes(seal.Data.ToArray())],
        DigestItem.PreRuntime preRuntime => [6, .. Letters(preRuntime.Engine), .. Bytes(preRuntime.Data.ToArray())],
        _ => [8],
    };

    internal static byte[] Of(Header value) => Concat(
        value.ParentHash.ToArray(), Compact(value.Number), value.StateRoot.ToArray(), value.ExtrinsicsRoot.ToArray(), Vec(value.Digest.Logs.ToArray().Select(Of)));

    private static byte[] Letters(EngineId engine)
    {
        byte[] letters = new byte[EngineId.Size];
        engine.CopyTo(letters);
        return letters;
    }

    internal static byte[] Of(Texts value) => Concat(
        Text(value.Name), Fixed(value.Letter.Value, 4), Vec(value.Lines.ToArray().Select(Text)), Option(value.Note is null ? null : Text(value.Note)));

    internal static byte[] Of(BitSequence value)
    {
        byte[] packed = new byte[(value.Length + 7) / 8];
        for (int at = 0; at < value.Length; at++) packed[at / 8] += (byte)((value[at] ? 1 : 0) << (at % 8));
        return Concat(Compact(value.Length), packed);
    }

    internal static byte[] Of(Bits value) => Concat(Of(value.Votes), Vec(value.Rounds.ToArray().Select(Of)), [value.End]);

    internal static byte[] Of(Collections value) => Concat(
        Vec(value.Names.OrderBy(entry => entry.Key).Select(entry => Concat(Fixed(entry.Key, 4), Text(entry.Value)))),
        Vec(value.Words.Select(Text).OrderBy(text => Convert.ToHexString(SkipLength(text)), StringComparer.Ordinal)),
        Vec(value.Nested.Select(entry => (Key: Concat([entry.Key.Kind], entry.Key.Hash.ToArray()), entry.Value))
            .OrderBy(entry => Convert.ToHexString(entry.Key), StringComparer.Ordinal)
            .Select(entry => Concat(entry.Key, Vec(entry.Value.Select(mode => (byte)mode).Order().Select(mode => new[] { mode }))))),
        Vec(value.Keys.Keys.Select(key => key.ToArray()).OrderBy(Convert.ToHexString, StringComparer.Ordinal).Select(Bytes)));

    internal static byte[] Of(Tree value) => value switch
    {
        Tree.Leaf leaf => [0, .. Fixed(leaf.Value, 4)],
        Tree.Node node => [1, .. Vec(node.Children.ToArray().Select(Of))],
        Tree.Fork fork => [2, .. Of(fork.Left), .. Option(fork.Right is null ? null : Of(fork.Right))],
        _ => [3],
    };

    internal static byte[] Of(Lattice value) => value switch
    {
        Lattice.Cell cell => [1, .. Concat(cell.Parts.Select(Of))],
        Lattice.Branch branch => [2, .. Of(branch.Link), branch.Other.Weight, .. Option(branch.Other.Next is null ? null : Of(branch.Other.Next))],
        _ => [0],
    };

    internal static byte[] Of(Link value) => value.Next.TryGet(out Link? next, out Lattice? end) ? [0, .. Of(next)] : [1, .. Of(end)];

    internal static byte[] Of(Everything value) => Concat(
        Of(value.Integers),
        Concat(value.Three.Select(item => Fixed(item, 2))),
        value.Five,
        Vec(value.Many.Select(item => Fixed(item, 4))),
        Vec(value.Blobs.Select(item => Bytes(item.ToArray()))),
        Option(value.Maybe.TryGet(out bool? inner) ? Option(inner is { } flag ? Bool(flag) : null) : null),
        value.Outcome.TryGet(out uint ok, out Mode error) ? [0, .. Fixed(ok, 4)] : [1, (byte)error],
        [value.Tuple.First], Bool(value.Tuple.Others.Item1), Text(value.Tuple.Others.Item2),
        Of(value.Pair.First), Of(value.Pair.Second),
        Compact(value.Nothings.Length),
        Option(value.Previous is { } previous ? Of(previous) : null),
        Option(value.Item is null ? null : Of(value.Item)));

    private static byte[] Bool(bool value) => [value ? (byte)1 : (byte)0];

    private static byte[] SkipLength(byte[] bytes)
    {
        int mode = bytes[0] & 3;
        return bytes[(mode == 3 ? 5 : 1 << mode)..];
    }
}
