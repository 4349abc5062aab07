using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;

namespace Phala.Node.Inspect;

/// <summary>A header as a tree: its hash, its fields, and what is known of its digest items.</summary>
internal static class HeaderTree
{
    public static JsonObject Of(in Header header) => new()
    {
        ["hash"] = Hex.Format(header.Hash().AsSpan()),
        ["number"] = header.Number,
        ["parentHash"] = Hex.Format(header.ParentHash.AsSpan()),
        ["stateRoot"] = Hex.Format(header.StateRoot.AsSpan()),
        ["extrinsicsRoot"] = Hex.Format(header.ExtrinsicsRoot.AsSpan()),
        ["digest"] = new JsonArray([.. header.Digest.Logs.ToArray().Select(Describe)]),
    };

    private static JsonObject Describe(DigestItem item) => item switch
    {
        DigestItem.PreRuntime { Data.Length: sizeof(ulong) } claim when claim.Engine == EngineId.Aura =>
            new JsonObject { ["preRuntime"] = "aura", ["slot"] = BinaryPrimitives.ReadUInt64LittleEndian(claim.Data.AsSpan()) },
        DigestItem.PreRuntime other => Message("preRuntime", other.Engine, other.Data),
        DigestItem.Consensus grandpa when grandpa.Engine == EngineId.Grandpa && Scale.Decode<GrandpaLog>(grandpa.Data.AsSpan()).TryGet(out GrandpaLog? log) => Describe(log),
        DigestItem.Consensus other => Message("consensus", other.Engine, other.Data),
        DigestItem.Seal seal => Message("seal", seal.Engine, seal.Data),
        DigestItem.RuntimeEnvironmentUpdated => new JsonObject { ["runtimeEnvironmentUpdated"] = true },
        DigestItem.Other data => new JsonObject { ["other"] = Hex.Format(data.Data.AsSpan()) },
        _ => [],
    };

    private static JsonObject Message(string kind, EngineId engine, Vec<byte> data) => new() { [kind] = engine.ToString(), ["data"] = Hex.Format(data.AsSpan()) };

    private static JsonObject Describe(GrandpaLog log)
    {
        JsonObject tree = new() { ["consensus"] = "FRNK", ["message"] = log.GetType().Name };
        if (log is GrandpaLog.Scheduled { Change: { } change })
        {
            tree["delay"] = change.Delay;
            tree["nextAuthorities"] = new JsonArray([.. change.NextAuthorities.ToArray().Select(authority => new JsonArray(Hex.Format(authority.Id.AsSpan()), authority.Weight))]);
        }

        return tree;
    }
}
