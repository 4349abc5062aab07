using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Trie;

/// <summary>An overlay, and the same as whole copies of all content for each open transaction.</summary>
internal sealed class OverlayModel(StateSnapshot state, SortedDictionary<string, byte[]>[] before, byte[][] childNames, int seed)
{
    /// <summary>The main trie shows the roots that child tries had before.</summary>
    private readonly string[] _rootKeys = [.. state.ChildNames.Select(name => TrieData.Hex(ChildTries.RootKey(name)))];
    private readonly Random _random = new(seed);
    private readonly Stack<SortedDictionary<string, byte[]>[]> _outer = new();

    public StateOverlay Overlay { get; } = new(state);

    public SortedDictionary<string, byte[]>[] Before => before;

    public SortedDictionary<string, byte[]>[] Content { get; private set; } = Copy(before);

    public void Step(Dictionary<string, int> met)
    {
        int which = _random.Next(Content.Length);
        TrieOverlay overlay = which == 0 ? Overlay.Main : Overlay.Child(childNames[which - 1]);
        SortedDictionary<string, byte[]> content = Content[which];
        byte[] key = TrieData.Keys[_random.Next(TrieData.Keys.Count)];
        string name = _random.Next(20) switch
        {
            < 5 => Set(overlay, content, key),
            < 8 => Remove(overlay, content, key),
            8 => Clear(overlay, content, which),
            9 => Transaction(),
            _ => Read(overlay, content, key, which == 0 ? _rootKeys : []),
        };
        met[name] = met.GetValueOrDefault(name) + 1;
        if (name == "clear all" && which != 0 && content.Count == 0) met["child emptied"] = met.GetValueOrDefault("child emptied") + 1;
        Assert.Equal(_outer.Count, Overlay.Depth);
    }

    private static SortedDictionary<string, byte[]>[] Copy(SortedDictionary<string, byte[]>[] content) =>
        [.. content.Select(one => new SortedDictionary<string, byte[]>(one, StringComparer.Ordinal))];

    private string Set(TrieOverlay overlay, SortedDictionary<string, byte[]> content, byte[] key)
    {
        byte[] value = TrieData.Value(_random.Next(200));
        overlay.Set(key, value);
        content[TrieData.Hex(key)] = value;
        return "set";
    }

    private static string Remove(TrieOverlay overlay, SortedDictionary<string, byte[]> content, byte[] key)
    {
        overlay.Remove(key);
        return content.Remove(TrieData.Hex(key)) ? "remove" : "removed nothing";
    }

    private string Clear(TrieOverlay overlay, SortedDictionary<string, byte[]> content, int which)
    {
        byte[] prefix = TrieData.Keys[(which == 0 ? 1 : 0) + _random.Next(7)];
        string[] keys = [.. content.Keys.Where(key => key.StartsWith(TrieData.Hex(prefix), StringComparison.Ordinal))];
        int limit = _random.Next(3) == 0 ? int.MaxValue : _random.Next(6);
        string[] removed = [.. keys.Take(limit)];
        foreach (string key in removed) content.Remove(key);
        Assert.Equal(new ClearResult(removed.Length, removed.Length == keys.Length), overlay.ClearPrefix(prefix, limit));
        return removed.Length == keys.Length ? "clear all" : "clear some";
    }

    private string Transaction()
    {
        int action = _outer.Count == 0 ? 0 : _random.Next(4);
        if (action <= 1)
        {
            Overlay.Begin();
            _outer.Push(Copy(Content));
            return "begin";
        }

        SortedDictionary<string, byte[]>[] outer = _outer.Pop();
        if (action == 2)
        {
            Overlay.Commit();
            return "commit";
        }

        Overlay.Rollback();
        bool undid = !outer.Zip(Content).All(pair => pair.First.SequenceEqual(pair.Second));
        Content = outer;
        return undid ? "rollback undid" : "rollback";
    }

    private static string Read(TrieOverlay overlay, SortedDictionary<string, byte[]> content, byte[] key, string[] rootKeys)
    {
        string hex = TrieData.Hex(key);
        bool expected = content.TryGetValue(hex, out byte[]? value);
        Assert.Equal(expected, overlay.TryGet(key, out ReadOnlySpan<byte> found));
        if (expected) Assert.True(found.SequenceEqual(value));
        string? next = content.Keys.Concat(rootKeys).Order(StringComparer.Ordinal).FirstOrDefault(other => string.CompareOrdinal(other, hex) > 0);
        Assert.Equal(next is not null, overlay.TryGetNextKey(key, out byte[]? nextKey));
        Assert.Equal(next, nextKey is null ? null : TrieData.Hex(nextKey));
        return next is null ? "no next key" : "next key";
    }
}
