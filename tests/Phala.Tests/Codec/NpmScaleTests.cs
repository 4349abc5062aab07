using System.Globalization;
using System.Text;
using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Fuzz.Targets.Codec;
using Phala.Fuzz.Targets.Codec.Samples;
using Phala.Testing;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Codec;

/// <summary>
/// Random values, written here and read, printed and written again by the npm packages scale-ts and @polkadot-api/substrate-bindings. Those have no Rust <c>char</c>
/// of four bytes; everything else that SCALE has is compared.
/// </summary>
public sealed class NpmScaleTests
{
    private const int Cases = 1000;

    [Fact]
    public void EveryCodecAgreesWithThePublishedPackages()
    {
        List<(string Line, string Expected)> cases = [.. Integers(), .. Simple(), .. Compound()];
        string output = NodeJs.Run("scale.mjs", string.Join('\n', cases.Select(one => one.Line)) + "\n");
        string[] answers = output.TrimEnd('\n').Split('\n');
        Assert.Equal(cases.Count, answers.Length);
        foreach (((string line, string expected), string answer) in cases.Zip(answers)) Assert.True(expected == answer, $"{line}: '{expected}' here, '{answer}' there");
        Assert.True(cases.Select(one => one.Line).Distinct().Count() > 15 * Cases, "the cases hardly vary");
    }

    private static IEnumerable<(string Line, string Expected)> Integers() =>
    [
        .. Make<U8Codec, byte>("u8", values => values.Bytes(1)[0], Number),
        .. Make<U16Codec, ushort>("u16", values => values.UInt16(), Number),
        .. Make<U32Codec, uint>("u32", values => values.UInt32(), Number),
        .. Make<U64Codec, ulong>("u64", values => (ulong)values.Number(64), Number),
        .. Make<U128Codec, UInt128>("u128", values => (UInt128)values.Number(128), Number),
        .. Make<U256Codec, UInt256>("u256", values => values.Number(256), Number),
        .. Make<I8Codec, sbyte>("i8", values => (sbyte)values.Bytes(1)[0], Number),
        .. Make<I16Codec, short>("i16", values => BitConverter.ToInt16(values.Bytes(2)), Number),
        .. Make<I32Codec, int>("i32", values => BitConverter.ToInt32(values.Bytes(4)), Number),
        .. Make<I64Codec, long>("i64", values => BitConverter.ToInt64(values.Bytes(8)), Number),
        .. Make<I128Codec, Int128>("i128", values => (Int128)BitConverter.ToInt64(values.Bytes(8)) * BitConverter.ToInt32(values.Bytes(4)), Number),
        .. Make<I256Codec, Int256>("i256", values => Int256.FromBits(UInt256.FromLittleEndian(values.Bytes(32))), Number),
        .. Make<CompactU8Codec, byte>("compact", values => values.Bytes(1)[0], Number),
        .. Make<CompactU16Codec, ushort>("compact", values => values.UInt16(), Number),
        .. Make<CompactU32Codec, uint>("compact", values => values.UInt32(), Number),
        .. Make<CompactU64Codec, ulong>("compactBn", values => (ulong)values.Number(64), Number),
        .. Make<CompactU128Codec, UInt128>("compactBn", values => (UInt128)values.Number(128), Number),
        .. Make<CompactU256Codec, UInt256>("compactBn", values => values.Number(256), Number),
    ];

    private static IEnumerable<(string Line, string Expected)> Simple() =>
    [
        .. Make<BoolCodec, bool>("bool", values => values.Bool(), Flag),
        .. Make<StringCodec, string>("str", values => values.Text(), Text),
        .. Make<VecCodec<U8Codec, byte>, Vec<byte>>("bytes", values => values.Blob(100), Bytes),
        .. Make<Hash256, Hash256>("hash", values => values.Hash(), hash => "x" + Convert.ToHexStringLower(hash.AsSpan())),
        .. Make<BitSequenceCodec, BitSequence>("bits", values => values.BitSequence(), bits => string.Create(CultureInfo.InvariantCulture, $"bits{bits.Length}x{Convert.ToHexStringLower(bits.AsBytes())}")),
        .. Make<ModeCodec, Mode>("mode", values => values.Mode(), mode => $"{mode}(none)"),
    ];

    private static IEnumerable<(string Line, string Expected)> Compound() =>
    [
        .. Make<VecCodec<U16Codec, ushort>, Vec<ushort>>("vec-u16", values => values.Vec(100, values.UInt16), list => List(list, Number)),
        .. Make<ImmutableArrayCodec<VecCodec<U8Codec, byte>, Vec<byte>>, System.Collections.Immutable.ImmutableArray<Vec<byte>>>(
            "vec-vec-u8", values => [.. values.Vec(5, () => values.Blob(9)).ToArray()], list => List(list, Bytes)),
        .. Make<FixedArrayCodec<U16Codec, ushort, Three>, ushort[]>("array-u16", values => [values.UInt16(), values.UInt16(), values.UInt16()], list => List(list, Number)),
        .. Make<NullableCodec<U32Codec, uint>, uint?>("option-u32", values => values.Bool() ? values.UInt32() : null, option => option is { } some ? Number(some) : "none"),
        .. Make<ResultCodec<U32Codec, uint, StringCodec, string>, Result<uint, string>>(
            "result",
            values => values.Bool() ? Result<uint, string>.Ok(values.UInt32()) : Result<uint, string>.Err(values.Text()),
            result => result.TryGet(out uint ok, out string? error) ? $"ok({Number(ok)})" : $"err({Text(error)})"),
        .. Make<Tuple3Codec<U8Codec, byte, BoolCodec, bool, StringCodec, string>, (byte, bool, string)>(
            "tuple", values => (values.Byte(), values.Bool(), values.Text()), tuple => $"[{Number(tuple.Item1)},{Flag(tuple.Item2)},{Text(tuple.Item3)}]"),
        .. Make<MapCodec<U32Codec, uint, StringCodec, string>, SortedDictionary<uint, string>>(
            "map", values => new(values.Vec(5, values.UInt32).Distinct().ToDictionary(key => key, _ => values.Text())),
            map => List(map, entry => $"[{Number(entry.Key)},{Text(entry.Value)}]")),
        .. Make<SetCodec<U64Codec, ulong>, SortedSet<ulong>>("set", values => [.. values.Vec(9, () => (ulong)values.Number(64))], set => List(set, Number)),
        .. Make<Tree, Tree>("tree", values => values.Tree(4), Print),
        .. Make<DigestItem, DigestItem>("digest", values => values.DigestItem(), Print),
        .. Make<Header, Header>("header", values => values.Header() with { Digest = new Digest(values.Vec(3, () => Known(values))) }, Print),
    ];

    /// <summary>An item that the package's header decoder knows.</summary>
    private static DigestItem Known(SampleValues values) => values.Bool()
        ? new DigestItem.PreRuntime(EngineId.Aura, values.Blob(8))
        : new DigestItem.Seal(EngineId.Aura, values.Blob(64));

    private static IEnumerable<(string Line, string Expected)> Make<TCodec, T>(string name, Func<SampleValues, T> next, Func<T, string> print)
        where TCodec : IScaleCodec<T>
    {
        foreach (T value in SampleValues.Many(name.Length + typeof(TCodec).Name.Length, Cases, next))
        {
            string hex = Convert.ToHexStringLower(Scale.Encode<TCodec, T>(value));
            yield return ($"{name} {hex}", $"{print(value)} {hex}");
        }
    }

    private static string Number<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Text(string value) => "s" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value));

    private static string Bytes(Vec<byte> value) => "x" + Convert.ToHexStringLower(value.AsSpan());

    private static string Letters(EngineId engine)
    {
        Span<byte> letters = stackalloc byte[EngineId.Size];
        engine.CopyTo(letters);
        return Convert.ToHexStringLower(letters);
    }

    private static string List<T>(IEnumerable<T> items, Func<T, string> print) => $"[{string.Join(',', items.Select(print))}]";

    private static string Print(Tree value) => value switch
    {
        Tree.Leaf leaf => $"Leaf({Number(leaf.Value)})",
        Tree.Node node => $"Node({List(node.Children, Print)})",
        Tree.Fork fork => $"Fork({{{Print(fork.Left)},{(fork.Right is null ? "none" : Print(fork.Right))}}})",
        _ => "Empty(none)",
    };

    private static string Print(DigestItem value) => value switch
    {
        DigestItem.Other other => $"Other({Bytes(other.Data)})",
        DigestItem.Consensus item => $"Consensus([x{Letters(item.Engine)},{Bytes(item.Data)}])",
        DigestItem.Seal item => $"Seal([x{Letters(item.Engine)},{Bytes(item.Data)}])",
        DigestItem.PreRuntime item => $"PreRuntime([x{Letters(item.Engine)},{Bytes(item.Data)}])",
        _ => "RuntimeEnvironmentUpdated(none)",
    };

    private static string Print(Header value) =>
        $"{value.ParentHash},{Number(value.Number)},{value.StateRoot},{value.ExtrinsicsRoot},{Number(value.Digest.Logs.Length)}";

    private readonly struct Three : IFixedCount
    {
        public static int Count => 3;
    }
}
