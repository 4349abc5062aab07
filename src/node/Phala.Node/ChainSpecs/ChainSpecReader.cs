using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.ChainSpecs;

/// <summary>Reads chain specifications: the raw form, which holds every entry of the first state, and the plain one, which says what those are made of.</summary>
/// <param name="lightCode">The code for light clients, for a spec version: the plain form leaves it to the program.</param>
public sealed class ChainSpecReader(Func<uint, byte[]> lightCode)
{
    private const int LongestId = 64;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly ChainSpecError NoUnicode = new("a text or a field's name", "is no Unicode");
    private static readonly SearchValues<char> IdLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    /// <summary>Reads a specification.</summary>
    /// <param name="json">The file.</param>
    /// <param name="spec">The specification.</param>
    /// <param name="error">Why there is none. Any bytes give an answer.</param>
    public bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out ChainSpec? spec, [NotNullWhen(false)] out ChainSpecError? error)
    {
        spec = null;
        JsonObject? root;
        try
        {
            root = JsonNode.Parse(json.Span, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException exception)
        {
            error = new ChainSpecError($"line {exception.LineNumber + 1}", "is no JSON, or names a field twice");
            return false;
        }
        catch (InvalidOperationException)
        {
            error = NoUnicode;
            return false;
        }

        if (root is null)
        {
            error = new ChainSpecError("the file", "is no JSON object");
            return false;
        }

        JsonReader reader = new(root);
        try
        {
            StateSnapshot? genesis = ReadGenesis(reader);
            spec = genesis is null ? null : Compose(reader, genesis);
            if (spec is not null) RefuseInsecureDev(reader, spec);
        }
        catch (InvalidOperationException)
        {
            error = reader.Error ?? NoUnicode;
            return false;
        }

        error = reader.Error;
        if (error is not null) spec = null;
        return spec is not null;
    }

    /// <summary>The chain's folder has the identifier's name, so that it must be one that leads nowhere else.</summary>
    private static string ReadId(JsonReader reader)
    {
        string id = reader.Text("id");
        if (id.Length is 0 or > LongestId || id.AsSpan().ContainsAnyExcept(IdLetters) || id[0] == '.') reader.Fail("id", "is not made of letters, digits, '-', '_' and '.'");
        return id;
    }

    private static ChainSpec Compose(JsonReader reader, StateSnapshot genesis) => new()
    {
        Name = reader.Text("name"),
        Id = ReadId(reader),
        ChainType = reader.ChainType(),
        BootNodes = reader.Texts("bootNodes"),
        ProtocolId = reader.OptionalText("protocolId"),
        Properties = reader.Object("properties"),
        Genesis = genesis,
    };

    /// <summary>Workers that nothing vouches for are for chains that nobody relies on. What has no type is a production chain.</summary>
    private static void RefuseInsecureDev(JsonReader reader, ChainSpec spec)
    {
        if (spec.ChainType is "Development" or "Local" || !PhalaRegistry.AllowInsecureDev.Get(spec.Genesis.Main)) return;
        reader.Fail("genesis", "allows workers that nothing vouches for (allowInsecureDev), which only a chain of type Development or Local may");
    }

    private StateSnapshot? ReadGenesis(JsonReader reader)
    {
        JsonObject genesis = reader.Object("genesis");
        if (genesis["raw"] is JsonObject raw) return ReadRaw(reader, raw);
        if (genesis["runtimeGenesis"] is JsonObject plain) return ReadPlain(reader, plain);
        reader.Fail("genesis", "holds neither raw nor runtimeGenesis");
        return null;
    }

    private static StateSnapshot? ReadRaw(JsonReader reader, JsonObject raw)
    {
        if (raw["top"] is not JsonObject top)
        {
            reader.Fail("genesis.raw.top", "is missing");
            return null;
        }

        if (raw["childrenDefault"] is JsonObject { Count: > 0 })
        {
            reader.Fail("genesis.raw.childrenDefault", "is not empty: a chain begins without child tries");
            return null;
        }

        List<TrieChange> entries = [];
        foreach ((string key, JsonNode? value) in top)
        {
            if (!Hex.TryParse(key, out byte[] keyBytes) || keyBytes.Length > MerkleTrie.MaxKeyLength
                || value is not JsonValue text || !text.TryGetValue(out string? hex) || !Hex.TryParse(hex, out byte[] valueBytes))
            {
                reader.Fail($"genesis.raw.top.{key}", "is no hexadecimal key and value");
                return null;
            }

            entries.Add(TrieChange.Set(keyBytes, valueBytes));
        }

        if (entries.Any(entry => ChildTries.IsRootKey(entry.Key.Span)))
        {
            reader.Fail("genesis.raw.top", "holds the root of a child trie");
            return null;
        }

        StateSnapshot state = StateSnapshot.Empty(StateVersion.V1).Apply(StateDelta.Create(TrieDelta.Create([.. entries])));
        if (IsOurs(state)) return state;
        reader.Fail("genesis.raw.top", "is not the state of a chain that this program runs: slot duration, authorities or the version of the rules are missing or out of bounds");
        return null;
    }

    /// <summary>Whether the state holds what every block needs, so that another chain's specification is refused at once.</summary>
    private static bool IsOurs(StateSnapshot state)
    {
        try
        {
            _ = PhalaRegistry.AllowInsecureDev.Get(state.Main);
            return Aura.SlotDuration.Get(state.Main) is > 0 and <= GenesisConfig.LongestSlot && Aura.Authorities.Get(state.Main).Length > 0 && Grandpa.Authorities.Get(state.Main).Length > 0
                && FrameSystem.LastRuntimeUpgrade.Get(state.Main).SpecVersion is >= PhalaVersion.OldestSpec and <= PhalaVersion.LatestSpec;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            return false;
        }
    }

    private StateSnapshot? ReadPlain(JsonReader reader, JsonObject plain)
    {
        if (PlainGenesis.Read(new JsonReader(plain, reader, "genesis.runtimeGenesis.")) is not { } config) return null;
        GenesisError error = GenesisBuilder.TryBuild(config, lightCode, out StateSnapshot? state);
        if (error == GenesisError.None) return state;
        reader.Fail("genesis.runtimeGenesis", $"gives no state: {error}");
        return null;
    }
}
