using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Phala.Chain;
using Phala.Codec;
using Phala.Node.Blocks;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Inspect;

/// <summary>The raw genesis of any Substrate chain's specification: all entries of the first state, or for light clients its root alone.</summary>
public sealed class RawSpec
{
    private const int DeepestJson = 64;
    private static ReadOnlySpan<byte> CodeKey => ":code"u8;

    private readonly List<TrieEntry> _top = [];
    private readonly List<(byte[] Name, List<TrieEntry> Entries)> _children = [];

    private RawSpec()
    {
    }

    /// <summary>The root that stands in place of the entries; null where there are entries.</summary>
    public Hash256? GivenRoot { get; private set; }

    /// <summary>How many entries the main trie has, its child tries aside.</summary>
    public int Count => _top.Count;

    /// <summary>How many child tries there are.</summary>
    public int ChildCount => _children.Count;

    /// <summary>The runtime's code; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Code { get; private set; }

    /// <summary>Fields of the specification's head that are texts, for people.</summary>
    public Dictionary<string, string> Head { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a specification. Any bytes give an answer.</summary>
    /// <param name="json">The file.</param>
    /// <param name="spec">The genesis.</param>
    /// <param name="where">The place of what is wrong, in words.</param>
    public static RawSpecError TryRead(ReadOnlyMemory<byte> json, out RawSpec? spec, out string where)
    {
        (spec, where) = (null, "");
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestJson });
        }
        catch (JsonException exception)
        {
            where = FormattableString.Invariant($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}");
            return RawSpecError.NoJson;
        }

        using (document)
        {
            RawSpec read = new();
            RawSpecError error = read.Read(document.RootElement, ref where);
            spec = error == RawSpecError.None ? read : null;
            return error;
        }
    }

    /// <summary>The state root in a version of the state.</summary>
    public Hash256 RootIn(StateVersion version)
    {
        if (GivenRoot is { } given) return given;
        List<TrieEntry> entries = [.. _top];
        foreach ((byte[] name, List<TrieEntry> child) in _children)
        {
            if (child.Count > 0) entries.Add(new TrieEntry(ChildTries.RootKey(name), TrieRoot.Compute(child.ToArray(), version).AsSpan().ToArray()));
        }

        return TrieRoot.Compute(entries.ToArray(), version);
    }

    /// <summary>The hash of block 0 for a state root.</summary>
    public static Hash256 GenesisHash(Hash256 stateRoot) => Header.Genesis(stateRoot).Hash();

    private RawSpecError Read(JsonElement root, ref string where)
    {
        if (root.ValueKind != JsonValueKind.Object) return RawSpecError.NoJson;
        foreach (string name in (string[])["name", "id", "chainType", "protocolId"])
        {
            if (root.TryGetProperty(name, out JsonElement value) && SignedBlockJson.TryText(value, out string? text)) Head[name] = text;
        }

        if (!root.TryGetProperty("genesis", out JsonElement genesis) || genesis.ValueKind != JsonValueKind.Object) return RawSpecError.NoGenesis;
        if (genesis.TryGetProperty("stateRootHash", out JsonElement given)) return ReadRoot(given, ref where);
        if (!genesis.TryGetProperty("raw", out JsonElement raw) || raw.ValueKind != JsonValueKind.Object) return RawSpecError.NotRaw;
        where = "genesis.raw.top";
        if (!raw.TryGetProperty("top", out JsonElement top)) return RawSpecError.NotRaw;
        RawSpecError error = ReadEntries(top, _top, isTop: true, ref where);
        if (error == RawSpecError.None && raw.TryGetProperty("childrenDefault", out JsonElement children)) error = ReadChildren(children, ref where);
        return error;
    }

    private RawSpecError ReadRoot(JsonElement given, ref string where)
    {
        where = "genesis.stateRootHash";
        if (!SignedBlockJson.TryText(given, out string? text) || !Hex.TryParse(text, out byte[] bytes) || bytes.Length != Hash256.Size) return RawSpecError.BadStateRoot;
        GivenRoot = new Hash256(bytes);
        return RawSpecError.None;
    }

    private RawSpecError ReadChildren(JsonElement children, ref string where)
    {
        where = "genesis.raw.childrenDefault";
        if (children.ValueKind == JsonValueKind.Null) return RawSpecError.None;
        if (children.ValueKind != JsonValueKind.Object) return RawSpecError.BadEntry;
        foreach (JsonProperty child in children.EnumerateObject())
        {
            where = "genesis.raw.childrenDefault";
            if (!TryName(child, out byte[]? name)) return RawSpecError.BadEntry;
            if (name.Length > ChildTries.MaxNameLength) return RawSpecError.LongKey;
            List<TrieEntry> entries = [];
            where = $"genesis.raw.childrenDefault.{Hex.Format(name)}";
            RawSpecError error = ReadEntries(child.Value, entries, isTop: false, ref where);
            if (error != RawSpecError.None) return error;
            _children.Add((name, entries));
        }

        return RawSpecError.None;
    }

    private RawSpecError ReadEntries(JsonElement json, List<TrieEntry> entries, bool isTop, ref string where)
    {
        if (json.ValueKind != JsonValueKind.Object) return RawSpecError.BadEntry;
        string prefix = where;
        foreach (JsonProperty entry in json.EnumerateObject())
        {
            where = FormattableString.Invariant($"{prefix}, entry {entries.Count + 1}");
            if (!TryName(entry, out byte[]? key) || !SignedBlockJson.TryText(entry.Value, out string? text) || !Hex.TryParse(text, out byte[] value)) return RawSpecError.BadEntry;
            if (key.Length > MerkleTrie.MaxKeyLength) return RawSpecError.LongKey;
            if (isTop && ChildTries.IsRootKey(key)) return RawSpecError.ChildRoot;
            if (isTop && key.AsSpan().SequenceEqual(CodeKey)) Code = value;
            entries.Add(new TrieEntry(key, value));
        }

        return RawSpecError.None;
    }

    private static bool TryName(JsonProperty property, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        try
        {
            return Hex.TryParse(property.Name, out bytes);
        }
        catch (InvalidOperationException)
        {
            // The name is no Unicode.
            return false;
        }
    }
}
