using System.Text;
using Phala.Crypto.Hashing;
using Phala.Testing;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Trie;

public sealed class TrieRootTests
{
    public static TheoryData<int, StateVersion, string> PublishedRoots => new()
    {
        { 10_000, StateVersion.V1, "e3b9b6cd5eba5eacfb6995f582609cae2e3e6429a36ff06456ab28ca2e1e4bdb" },
        { 100_000, StateVersion.V1, "46bcc5f3b2d5e0d36a882563cd3c151146a1f255357b49c6325fe63cec25ea97" },
        { 1_000_000, StateVersion.V1, "cad324539f6edbff2dd99ebed6ec78eea17cf4db4b8bde06a5068ba077d33864" },
        { 10_000, StateVersion.V0, "df2471a6de1ba920ce80908e895d24a0e56f565f7aa99159376167b1f87258b2" },
        { 100_000, StateVersion.V0, "753a9f16b24516b3214015b56a88865ff6309e274a1d111a93c7d28c0ad7fcb3" },
        { 1_000_000, StateVersion.V0, "e215d7f207bfc89d2a19993b263166910861b7c73d0cc91572f9c3517120adc4" },
    };

    public static TheoryData<string> Sets => new(Vectors.Keys.Order());

    private static IReadOnlyDictionary<string, Vector> Vectors { get; } =
        VectorFile.Read("Trie/Vectors/state-trie.txt").ToDictionary(vector => vector.Name);

    /// <summary>Roots on which paritytech/trie and smoldot agree (V0: paritytech/trie).</summary>
    [Theory]
    [MemberData(nameof(PublishedRoots))]
    public void GeneratedEntriesHaveThePublishedRoot(int count, StateVersion version, string root)
    {
        TrieEntry[] entries = TrieData.Generate(count);
        Assert.Equal("0x" + root, TrieRoot.Compute(entries, version).ToString());
        if (count > 100_000) return;
        Assert.Equal("0x" + root, MerkleTrie.Create(entries, version).Root.ToString());
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void SetsOfTheConformanceSuiteHaveTheirRoots(string name)
    {
        Vector vector = Vectors[name];
        TrieEntry[] entries = Entries(vector);
        SortedDictionary<string, byte[]> content = new(StringComparer.Ordinal);
        foreach (TrieEntry entry in entries) content[TrieData.Hex(entry.Key.Span)] = entry.Value.ToArray();
        foreach (StateVersion version in Enum.GetValues<StateVersion>())
        {
            string expected = "0x" + vector.Text(version == StateVersion.V0 ? "v0" : "v1");
            Assert.Equal(expected, new Hash256(new NaiveTrie(hashesLongValues: version == StateVersion.V1).Root(content)).ToString());
            Assert.Equal(expected, TrieRoot.Compute(entries, version).ToString());
            Assert.Equal(expected, MerkleTrie.Create(entries, version).Root.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void InsertingAndDeletingOneByOneHasTheRootsOfTheConformanceSuite(string name)
    {
        Vector vector = Vectors[name];
        List<TrieEntry> entries = [.. Entries(vector)];
        MerkleTrie trie = MerkleTrie.Empty(StateVersion.V0);
        Blake2bState roots = Blake2bState.Create(32);
        foreach (TrieEntry entry in entries)
        {
            trie = trie.Apply(TrieDelta.Create([TrieChange.Set(entry.Key, entry.Value)]));
            roots.Append(trie.Root.AsSpan());
        }

        while (entries.Count > 0)
        {
            int index = trie.Root.AsSpan()[0] % entries.Count;
            trie = trie.Apply(TrieDelta.Create([TrieChange.Remove(entries[index].Key)]));
            entries.RemoveAt(index);
            roots.Append(trie.Root.AsSpan());
        }

        Assert.Equal(TrieRoot.Empty, trie.Root);
        byte[] digest = new byte[32];
        roots.Finish(digest);
        if (vector.Has("steps")) Assert.Equal(vector.Bytes("steps"), digest);
    }

    /// <summary>Encodings written out in smoldot's tests of its root calculation.</summary>
    [Theory]
    [InlineData("aa=bb", "42aa04bb")]
    [InlineData("4819=fe;1314=ff", "801200144303140 4ff1443081904fe")]
    [InlineData("", "00")]
    public void SmallSetsHashTheEncodingWrittenByHand(string entries, string encoding)
    {
        byte[] digest = new byte[32];
        Blake2b.Hash256(TrieData.Bytes(encoding.Replace(" ", "", StringComparison.Ordinal)), digest);
        Assert.Equal(new Hash256(digest), TrieRoot.Compute(Parse(entries), StateVersion.V0));
        Assert.Equal(new Hash256(digest), TrieRoot.Compute(Parse(entries), StateVersion.V1));
    }

    [Fact]
    public void OneShortEntryHasSmoldotsRoot() =>
        Assert.Equal(
            "0x7ab18659d3b2789ef2400d107104c7d4fb93d06d9ab6a8b641a5de7c3fecc851",
            TrieRoot.Compute([new TrieEntry("abcd"u8.ToArray(), "hello world"u8.ToArray())], StateVersion.V1).ToString());

    /// <summary>How many sets of the suite have roots for each step of the insert-and-delete run; the others are checked against the empty root alone.</summary>
    [Fact]
    public void MostSetsOfTheConformanceSuiteHaveRootsOfEachStep() => Assert.Equal((10, 7), (Vectors.Count, Vectors.Values.Count(vector => vector.Has("steps"))));

    /// <summary>Roots of lists as an extrinsics root is made, from kagome's test of its ordered_trie_hash.</summary>
    [Theory]
    [InlineData("", "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314")]
    [InlineData("budgetary management", "c66a6345c58b3ec0ce9c0a1497553e4078f3d990063ac3e3058db06db358148a")]
    [InlineData("Integrated;portal", "ea64d09f9740275ef7faaa3cee5a6a45fc8fe655cf049addbcefa7ba2ba6032d")]
    [InlineData("budgetary management;pricing structure", "a340fba4541947a516c3ae686cf0f3155b1d69f9146e4096c54bc8b45db718f1")]
    [InlineData("even-keeled;Future-proofed", "5147323d593b7bb01fe8ea3e9d5a4bba0497c7f47b5daa121f4a6d791164d60b")]
    public void AListHasThePublishedRoot(string list, string root)
    {
        ReadOnlyMemory<byte>[] items = [.. list.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(text))];
        Assert.Equal("0x" + root, TrieRoot.ComputeOrdered(items, StateVersion.V0).ToString());
    }

    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void AnOrderedListIsATrieUnderCompactIndices(StateVersion version)
    {
        foreach (int count in (int[])[0, 1, 2, 17, 63, 64, 65, 300, 16_390])
        {
            ReadOnlyMemory<byte>[] items = [.. Enumerable.Range(0, count).Select(index => (ReadOnlyMemory<byte>)TrieData.Value(index))];
            SortedDictionary<string, byte[]> content = new(StringComparer.Ordinal);
            for (int index = 0; index < count; index++) content.Add(TrieData.Hex(CompactIndex(index)), items[index].ToArray());
            Assert.Equal(new Hash256(new NaiveTrie(hashesLongValues: version == StateVersion.V1).Root(content)), TrieRoot.ComputeOrdered(items, version));
            bool versionMatters = TrieRoot.ComputeOrdered(items, StateVersion.V0) != TrieRoot.ComputeOrdered(items, StateVersion.V1);
            Assert.Equal(items.Any(item => item.Length >= 33), versionMatters);
        }
    }

    [Fact]
    public void OrderOfEntriesDoesNotMatterAndOfEqualKeysTheLastCounts()
    {
        Random random = new(3);
        foreach (int count in (int[])[1, 2, 24, 25, 60, 5_000])
        {
            TrieEntry[] entries = [.. Enumerable.Range(0, count).Select(number => new TrieEntry(Key(random, number), TrieData.Value(number)))];
            SortedDictionary<string, byte[]> content = new(StringComparer.Ordinal);
            foreach (TrieEntry entry in entries) content[TrieData.Hex(entry.Key.Span)] = entry.Value.ToArray();
            Assert.True(count < 60 || content.Count < count, "no key was there twice");
            Hash256 expected = new Hash256(new NaiveTrie(hashesLongValues: true).Root(content));
            Assert.Equal(expected, TrieRoot.Compute(entries, StateVersion.V1));
            Assert.Equal(content.Count, MerkleTrie.Create(entries, StateVersion.V1).Count);
            Assert.Equal(expected, MerkleTrie.Create(entries, StateVersion.V1).Root);
            TrieEntry[] unique = [.. content.Select(pair => new TrieEntry(TrieData.Bytes(pair.Key), pair.Value))];
            for (int round = 0; round < 3; round++)
            {
                random.Shuffle(unique);
                Assert.Equal(expected, TrieRoot.Compute(unique, StateVersion.V1));
            }
        }
    }

    [Fact]
    public void OneLargeValueAmongSmallOnesIsHashedWhole()
    {
        foreach (StateVersion version in Enum.GetValues<StateVersion>())
        {
            SortedDictionary<string, byte[]> content = new(StringComparer.Ordinal);
            for (int index = 0; index < 3000; index++) content.Add(TrieData.Hex(BitConverter.GetBytes(index * 2654435761u)), TrieData.Value(index));
            content["3a636f6465"] = new byte[300_000];
            content["3a636f6466"] = new byte[70_000];
            Hash256 expected = new Hash256(new NaiveTrie(version == StateVersion.V1).Root(content));
            Assert.Equal(expected, TrieRoot.Compute([.. content.Select(pair => new TrieEntry(TrieData.Bytes(pair.Key), pair.Value))], version));
            Assert.Equal(expected, TrieData.Create(content, version).Root);
        }
    }

    [Fact]
    public void KeysBeyondTheLimitAreTheCallersMistake()
    {
        byte[] longest = new byte[MerkleTrie.MaxKeyLength], longer = new byte[MerkleTrie.MaxKeyLength + 1];
        Assert.NotEqual(TrieRoot.Empty, TrieRoot.Compute([new TrieEntry(longest, default)], StateVersion.V1));
        Assert.Throws<ArgumentException>(() => TrieRoot.Compute([new TrieEntry(longer, default)], StateVersion.V1));
        Assert.Throws<ArgumentException>(() => TrieDelta.Create([TrieChange.Remove(longer)]));
    }

    /// <summary>The deepest trie there can be: each key a prefix of the next.</summary>
    [Fact]
    public void KeysThatArePrefixesOfOneAnotherNestAsDeepAsTheLimit()
    {
        TrieEntry[] entries = [.. Enumerable.Range(0, MerkleTrie.MaxKeyLength + 1).Select(length => new TrieEntry(new byte[length], TrieData.Value(length)))];
        MerkleTrie trie = MerkleTrie.Create(entries, StateVersion.V1);
        Assert.Equal(TrieRoot.Compute(entries, StateVersion.V1), trie.Root);
        MerkleTrie empty = trie.Apply(TrieDelta.Create([.. entries.Select(entry => TrieChange.Remove(entry.Key))]));
        Assert.Equal(TrieRoot.Empty, empty.Root);
    }

    private static TrieEntry[] Entries(Vector vector) => Parse(vector.Text("entries"));

    private static TrieEntry[] Parse(string entries) =>
        [.. entries.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')).Select(pair => new TrieEntry(TrieData.Bytes(pair[0]), TrieData.Bytes(pair[1])))];

    private static byte[] Key(Random random, int number)
    {
        if (number % 7 == 0) return TrieData.Keys[random.Next(TrieData.Keys.Count)];
        byte[] key = new byte[random.Next(24)];
        random.NextBytes(key);
        key.AsSpan(0, Math.Min(key.Length, random.Next(20))).Fill(0x11);
        return key;
    }

    private static byte[] CompactIndex(int index) => index switch
    {
        < 1 << 6 => [(byte)(index << 2)],
        < 1 << 14 => [(byte)((index << 2) | 1), (byte)(index >> 6)],
        _ => BitConverter.GetBytes((index << 2) | 2),
    };
}
