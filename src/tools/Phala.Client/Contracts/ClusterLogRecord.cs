using System.Text.Json;
using Phala.Codec;

namespace Phala.Client.Contracts;

/// <summary>Something in a worker's log of a cluster.</summary>
/// <param name="Sequence">Its number in that log.</param>
/// <param name="Type"><c>Log</c>, <c>Event</c>, <c>MessageOutput</c>, <c>QueryIn</c> or <c>TooLarge</c>.</param>
/// <param name="BlockNumber">The block that the contract saw; null where it says nothing of one.</param>
/// <param name="Level">Of a line: 1 error, 2 warning, 3 information, 4 debugging, 5 tracing.</param>
/// <param name="Json">All of it.</param>
public sealed record ClusterLogRecord(ulong Sequence, string Type, uint? BlockNumber, byte? Level, JsonElement Json)
{
    /// <summary>A text of it; empty where it has none of the name.</summary>
    public string Text(string name) => Json.TryMember(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";

    /// <summary>Bytes of it; none where it has none of the name.</summary>
    public byte[] Bytes(string name) => Hex.TryParse(Text(name), out byte[] bytes) ? bytes : [];

    /// <summary>Reads one; null where it is none.</summary>
    internal static ClusterLogRecord? Read(JsonElement json)
    {
        if (!json.TryMember("sequence", out JsonElement number) || number.ValueKind != JsonValueKind.Number || !number.TryGetUInt64(out ulong sequence)) return null;
        if (!json.TryMember("type", out JsonElement type) || type.ValueKind != JsonValueKind.String) return null;
        uint? block = json.TryMember("blockNumber", out JsonElement height) && height.TryUInt32(out uint found) ? found : null;
        byte? level = json.TryMember("level", out JsonElement severity) && severity.ValueKind == JsonValueKind.Number && severity.TryGetByte(out byte read) ? read : null;
        return new ClusterLogRecord(sequence, type.GetString()!, block, level, json.Clone());
    }
}
