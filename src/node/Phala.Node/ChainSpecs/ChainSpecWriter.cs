using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Runtime.Genesis;
using Phala.Trie;

namespace Phala.Node.ChainSpecs;

/// <summary>Writes chain specifications as files of JSON.</summary>
public static class ChainSpecWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The raw form, which other programs read: every entry of the first state.</summary>
    public static string WriteRaw(ChainSpec spec)
    {
        JsonObject top = [];
        TrieCursor cursor = new(spec.Genesis.Main);
        cursor.Seek([]);
        while (cursor.MoveNext()) top[Hex.Format(cursor.Key)] = Hex.Format(cursor.Value.Span);
        return Write(spec, new JsonObject { ["raw"] = new JsonObject { ["top"] = top, ["childrenDefault"] = new JsonObject() } });
    }

    /// <summary>The plain form, which people edit.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="config">What its first state is made of.</param>
    public static string WritePlain(ChainSpec spec, GenesisConfig config) => Write(spec, new JsonObject { ["runtimeGenesis"] = PlainGenesis.Write(config) });

    private static string Write(ChainSpec spec, JsonObject genesis) => new JsonObject
    {
        ["name"] = spec.Name,
        ["id"] = spec.Id,
        ["chainType"] = spec.ChainType,
        ["bootNodes"] = new JsonArray([.. spec.BootNodes.Select(node => JsonValue.Create(node))]),
        ["telemetryEndpoints"] = null,
        ["protocolId"] = spec.ProtocolId,
        ["properties"] = spec.Properties.DeepClone(),
        ["codeSubstitutes"] = new JsonObject(),
        ["genesis"] = genesis,
    }.ToJsonString(Indented);
}
