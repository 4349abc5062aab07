using System.Globalization;
using System.Text;
using Phala.Chain;
using Phala.Codec;
using Phala.Fuzz.Targets.Codec.Samples;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Codec;

/// <summary>Random values of the sample types. Equal seeds give equal values.</summary>
public sealed class SampleValues(int seed)
{
    private static readonly string[] Words = ["", "a", "storage", "Grüße", "三国演义", "🦀 crab", "\uE000", "\uFFFD", "zero\0byte"];

    private readonly Random _random = new(seed);

    public static IReadOnlyList<T> Many<T>(int seed, int count, Func<SampleValues, T> next)
    {
        SampleValues values = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => next(values))];
    }

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A number with a random number of significant bits, so that all compact forms occur.</summary>
    public UInt256 Number(int bits)
    {
        byte[] bytes = Bytes(UInt256.Size);
        int keep = _random.Next(bits + 1);
        for (int bit = keep; bit < 256; bit++) bytes[bit / 8] &= (byte)~(1 << (bit % 8));
        return UInt256.FromLittleEndian(bytes);
    }

    public uint UInt32() => (uint)Number(32);

    public byte Byte() => (byte)Number(8).Lower;

    public ushort UInt16() => (ushort)Number(16).Lower;

    public bool Bool() => _random.Next(2) == 1;

    public int Count(int limit) => _random.Next(limit + 1);

    public Hash256 Hash() => new(Bytes(Hash256.Size));

    public string Text() => Words[_random.Next(Words.Length)] + (Bool() ? UInt32().ToString(CultureInfo.InvariantCulture) : "");

    public Mode Mode() => _random.Next(3) switch { 0 => Samples.Mode.Off, 1 => Samples.Mode.Slow, _ => Samples.Mode.Fast };

    public Vec<T> Vec<T>(int limit, Func<T> next) => [.. Enumerable.Range(0, Count(limit)).Select(_ => next())];

    public Vec<byte> Blob(int limit) => [.. Bytes(Count(limit))];

    public Integers Integers() => new(
        Byte(), (sbyte)Bytes(1)[0], UInt16(), (short)_random.Next(short.MinValue, short.MaxValue), UInt32(), _random.Next(int.MinValue, int.MaxValue),
        (ulong)Number(64), _random.NextInt64(long.MinValue, long.MaxValue), (UInt128)Number(128), (Int128)_random.NextInt64() * -_random.NextInt64(),
        Number(256), Int256.FromBits(UInt256.FromLittleEndian(Bytes(32))), Bool(), default, Mode(), Hash());

    public Compacts Compacts() => new(Byte(), UInt16(), UInt32(), (ulong)Number(64), (UInt128)Number(128), Number(256), UInt32());

    public DigestItem DigestItem() => _random.Next(5) switch
    {
        0 => new DigestItem.Other(Blob(20)),
        1 => new DigestItem.Consensus(new EngineId(Bytes(4)), Blob(100)),
        2 => new DigestItem.Seal(new EngineId(Bytes(4)), Blob(64)),
        3 => new DigestItem.PreRuntime(new EngineId(Bytes(4)), Blob(8)),
        _ => new DigestItem.RuntimeEnvironmentUpdated(),
    };

    public Header Header() => new(Hash(), UInt32(), Hash(), Hash(), new Digest(Vec(4, DigestItem)));

    public Texts Texts() => new(Text(), new Rune(Bool() ? 0x1F980 : _random.Next(0xD800)), Vec(4, Text), Bool() ? Text() : null);

    public BitSequence BitSequence() => Phala.Codec.BitSequence.Create([.. Enumerable.Range(0, Count(40)).Select(_ => Bool())]);

    public Bits Bits() => new(BitSequence(), Vec(3, BitSequence), Byte());

    public Collections Collections()
    {
        SortedDictionary<uint, string> names = [];
        SortedSet<string> words = [];
        SortedDictionary<(byte Kind, Hash256 Hash), SortedSet<Mode>> nested = [];
        SortedDictionary<Vec<byte>, Unit> keys = new(Comparer<Vec<byte>>.Create(static (a, b) => -a.AsSpan().SequenceCompareTo(b.AsSpan())));
        for (int left = Count(4); left > 0; left--) names[UInt32()] = Text();
        for (int left = Count(4); left > 0; left--) words.Add(Text());
        for (int left = Count(3); left > 0; left--) nested[((byte)Count(2), Hash())] = [.. Vec(3, Mode)];
        for (int left = Count(3); left > 0; left--) keys[Blob(3)] = default;
        return new Collections(names, words, nested, keys);
    }

    public Tree Tree(int depth) => (depth == 0 ? _random.Next(2) * 3 : _random.Next(4)) switch
    {
        0 => new Tree.Leaf(UInt32()),
        1 => new Tree.Node(Vec(3, () => Tree(depth - 1))),
        2 => new Tree.Fork(Tree(depth - 1), Bool() ? Tree(depth - 1) : null),
        _ => new Tree.Empty(),
    };

    public Lattice Lattice(int depth) => (depth == 0 ? 0 : _random.Next(3)) switch
    {
        0 => new Lattice.Leaf(),
        1 => new Lattice.Cell([.. Enumerable.Range(0, 64).Select(at => at < 2 ? Lattice(depth - 1) : new Lattice.Leaf())]),
        _ => new Lattice.Branch(Link(depth - 1), (Byte(), Bool() ? Lattice(depth - 1) : null)),
    };

    public Link Link(int depth) => new(
        depth == 0 || Bool() ? Result<Link, Lattice>.Err(Lattice(Math.Max(0, depth - 1))) : Result<Link, Lattice>.Ok(Link(depth - 1)));

    public Everything Everything() => new()
    {
        Integers = Integers(),
        Three = [UInt16(), UInt16(), UInt16()],
        Five = Bytes(5),
        Many = Vec(4, UInt32).ToArray(),
        Blobs = [.. Vec(3, () => Blob(5)).ToArray()],
        Maybe = Bool() ? new Option<bool?>(Bool() ? Bool() : null) : default,
        Outcome = Bool() ? Result<uint, Mode>.Ok(UInt32()) : Result<uint, Mode>.Err(Mode()),
        Tuple = (Byte(), (Bool(), Text())),
        Pair = new Pair<Header, Compacts>(Header(), Compacts()),
        Nothings = Vec(5, () => default(Unit)),
        Previous = Bool() ? Header() : null,
        Item = Bool() ? DigestItem() : null,
    };
}
