using FsCheck;
using FsCheck.Fluent;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Trie;

public sealed class StateOverlayTests(ITestOutputHelper output)
{
    private const int OverlaysOnOneAnother = 3;

    private static readonly byte[][] ChildNames = [[], [0x01], "name"u8.ToArray()];

    /// <summary>An overlay beside a stack of dictionaries: the same answers at every step, and the same root at the end.</summary>
    [Theory]
    [InlineData(StateVersion.V0)]
    [InlineData(StateVersion.V1)]
    public void AnOverlayAnswersAsAStackOfDictionariesDoes(StateVersion version)
    {
        Dictionary<string, int> met = [];
        Prop.ForAll<int>(seed =>
        {
            StateSnapshot state = StateSnapshot.Empty(version);
            SortedDictionary<string, byte[]>[] content = [.. Enumerable.Range(0, 1 + ChildNames.Length).Select(_ => new SortedDictionary<string, byte[]>(StringComparer.Ordinal))];
            for (int run = 0; run < OverlaysOnOneAnother; run++) (state, content) = AssertAnswersAlike(state, content, unchecked((seed * OverlaysOnOneAnother) + run), met);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        output.WriteLine(string.Join(", ", met.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.All((string[])["set", "remove", "removed nothing", "clear all", "clear some", "begin", "commit", "rollback undid", "next key", "no next key", "child emptied"],
            name => Assert.True(met.GetValueOrDefault(name) > 5, $"{name}: {met.GetValueOrDefault(name)}"));
    }

    [Fact]
    public void RootsOfChildTriesCannotBeWrittenByHand()
    {
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        byte[] key = ChildTries.RootKey([1]);
        Assert.Throws<ArgumentException>(() => overlay.Main.Set(key, [1]));
        Assert.Throws<ArgumentException>(() => overlay.Main.Remove(key));
        Assert.Throws<ArgumentException>(() => overlay.Main.ClearPrefix([]));
        Assert.Throws<ArgumentException>(() => overlay.Main.ClearPrefix(":child"u8));
        Assert.Throws<ArgumentException>(() => overlay.Main.ClearPrefix([.. key, 1]));
        Assert.Throws<ArgumentException>(() => overlay.Main.Set(new byte[MerkleTrie.MaxKeyLength + 1], [1]));
        Assert.Throws<ArgumentException>(() => overlay.Child(new byte[ChildTries.MaxNameLength + 1]));
        overlay.Child([1]).Set(key, [1]);
        Assert.Equal(new ClearResult(1, true), overlay.Child([1]).ClearPrefix([]));
        Assert.Throws<InvalidOperationException>(overlay.Commit);
        Assert.Throws<InvalidOperationException>(overlay.Rollback);
    }

    [Fact]
    public void AChildTrieIsInTheMainTrieWhileItHoldsSomething()
    {
        StateSnapshot state = ReadProofTests.StateWithChildren(StateVersion.V1);
        Assert.True(state.Main.TryGet(ChildTries.RootKey([1, 2]), out ReadOnlySpan<byte> root));
        Assert.Equal(state.Child([1, 2]).Root, new Hash256(root));
        StateOverlay overlay = new(state);
        Assert.True(overlay.Child([1, 2]).ClearPrefix([]).IsComplete);
        StateSnapshot cleared = overlay.ToSnapshot();
        Assert.False(cleared.Main.Contains(ChildTries.RootKey([1, 2])));
        Assert.Equal(["01", "736d616c6c"], cleared.ChildNames.Select(name => TrieData.Hex(name)));
        Assert.Equal(state.Main.Count - 1, cleared.Main.Count);
        Assert.Equal(TrieRoot.Empty, cleared.Child([1, 2]).Root);
        Assert.Same(state, state.Apply(StateDelta.Empty));
    }

    [Fact]
    public void ReadingThroughAnOverlayAllocatesNothing()
    {
        TrieEntry[] entries = TrieData.Generate(300);
        StateOverlay below = new(StateSnapshot.Empty(StateVersion.V1));
        foreach (TrieEntry entry in entries) below.Main.Set(entry.Key.Span, entry.Value.Span);
        StateOverlay overlay = new(below.ToSnapshot());
        overlay.Main.Set(entries[0].Key.Span, [1]);
        Assert.Equal(0, Phala.Tests.Crypto.Allocation.Of(() =>
        {
            foreach (TrieEntry entry in entries.AsSpan(0, 20)) Assert.True(overlay.Main.TryGet(entry.Key.Span, out _));
        }));
    }

    private static (StateSnapshot State, SortedDictionary<string, byte[]>[] Content) AssertAnswersAlike(
        StateSnapshot state, SortedDictionary<string, byte[]>[] before, int seed, Dictionary<string, int> met)
    {
        StateVersion version = state.Main.Version;
        OverlayModel model = new(state, before, ChildNames, seed);
        for (int step = 0; step < 160; step++) model.Step(met);
        StateSnapshot next = model.Overlay.ToSnapshot();
        SortedDictionary<string, byte[]>[] content = model.Content;
        Assert.Equal(Root(content, version), next.Root);
        Assert.Equal(Root(model.Before, version), state.Root);
        Assert.Equal(next.ChildNames.Select(name => TrieData.Hex(name)), Names(content));
        Assert.True(StateDelta.TryDecode(model.Overlay.ToDelta().Encode(), out StateDelta? delta, out DeltaError error), error.ToString());
        Assert.Equal(next.Root, state.Apply(delta).Root);
        return (next, content);
    }

    /// <summary>Undone writes leave no key behind, sorted in between or not.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RolledBackWritesLeaveNothingBehind(bool sorted)
    {
        StateOverlay overlay = new(StateSnapshot.Empty(StateVersion.V1));
        overlay.Main.Set([0xFF], [1]);
        byte[] key = new byte[MerkleTrie.MaxKeyLength];
        for (int round = 0; round < 1000; round++)
        {
            BitConverter.TryWriteBytes(key.AsSpan(1), round);
            overlay.Begin();
            overlay.Main.Set(key, [2]);
            if (sorted) Assert.True(overlay.Main.TryGetNextKey([], out byte[]? next) && next.AsSpan().SequenceEqual(key));
            overlay.Rollback();
        }

        Assert.True(overlay.Main.TryGetNextKey([], out byte[]? only) && only.Length == 1);
        Assert.Equal(1, overlay.ToDelta().Main.Changes.Length);
        Assert.Equal(1, overlay.Main.HeldKeys);
    }

    /// <summary>Long runs of removed keys, holes that rollbacks tear into them, keys that come back: the next key is always that of a sorted set.</summary>
    [Fact]
    public void TheNextKeyIsFoundBehindLongRunsOfRemovedKeys()
    {
        StateOverlay below = new(StateSnapshot.Empty(StateVersion.V1));
        SortedSet<int> keys = [.. Enumerable.Range(0, 600).Where(number => number % 3 != 0)];
        foreach (int number in keys) below.Main.Set([(byte)(number >> 8), (byte)number], [1]);
        StateOverlay overlay = new(below.ToSnapshot());
        Stack<SortedSet<int>> open = new();
        Random random = new(7);
        int runs = 0, undone = 0;
        for (int step = 0; step < 4000; step++)
        {
            int from = random.Next(600), choice = random.Next(12);
            if (choice < 4)
            {
                for (int count = random.Next(40); count > 0 && overlay.Main.TryGetNextKey(Key(from), out byte[]? next); count--)
                {
                    Assert.Equal(Key(keys.GetViewBetween(from + 1, 700).Min), next);
                    overlay.Main.Remove(next);
                    keys.Remove((next[0] << 8) | next[1]);
                    runs++;
                }
            }
            else if (choice < 8)
            {
                overlay.Main.Set(Key(from), [2]);
                keys.Add(from);
            }
            else if (choice == 8 && open.Count < 4)
            {
                overlay.Begin();
                open.Push([.. keys]);
            }
            else if (choice == 9 && open.TryPop(out SortedSet<int>? saved))
            {
                overlay.Rollback();
                if (!saved.SetEquals(keys)) undone++;
                keys = saved;
            }

            int start = random.Next(600);
            SortedSet<int> rest = keys.GetViewBetween(start + 1, 700);
            Assert.Equal(rest.Count > 0, overlay.Main.TryGetNextKey(Key(start), out byte[]? found));
            if (rest.Count > 0) Assert.Equal(Key(rest.Min), found);
        }

        Assert.True(runs > 1000 && undone > 50, $"{runs} removed in runs, {undone} rollbacks");

        static byte[] Key(int number) => [(byte)(number >> 8), (byte)number];
    }

    private static Hash256 Root(SortedDictionary<string, byte[]>[] content, StateVersion version)
    {
        NaiveTrie naive = new(version == StateVersion.V1);
        SortedDictionary<string, byte[]> main = new(content[0], StringComparer.Ordinal);
        for (int index = 0; index < ChildNames.Length; index++)
        {
            if (content[index + 1].Count > 0) main.Add(TrieData.Hex([.. ":child_storage:default:"u8, .. ChildNames[index]]), naive.Root(content[index + 1]));
        }

        return new Hash256(naive.Root(main));
    }

    private static IEnumerable<string> Names(SortedDictionary<string, byte[]>[] content) =>
        ChildNames.Where((_, index) => content[index + 1].Count > 0).Select(name => TrieData.Hex(name));
}
