using System.Text.Json;
using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Worker.Interface.Sync;

namespace Phala.Client.Sync;

/// <summary>The queue as nodes answer it, out of JSON. Whatever stands there, each gives a value or says that it is none.</summary>
internal static class QueueJson
{
    /// <summary>Entries with their numbers.</summary>
    public static bool TryEntries(JsonElement answer, out List<(ulong Count, QueueEntry Entry)> entries)
    {
        entries = [];
        if (answer.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement item in answer.EnumerateArray())
        {
            if (!TryCount(item, out ulong count) || !item.TryGetProperty("entry", out JsonElement encoded) || !encoded.TryBytes(out byte[]? bytes)) return false;
            if (!Scale.Decode<QueueEntry>(bytes).TryGet(out QueueEntry? entry)) return false;
            entries.Add((count, entry));
        }

        return true;
    }

    /// <summary>Bodies by the numbers of their entries.</summary>
    public static bool TryBodies(JsonElement answer, out Dictionary<ulong, List<DeliveredBody>> bodies)
    {
        bodies = [];
        if (answer.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement item in answer.EnumerateArray())
        {
            if (!TryCount(item, out ulong count) || !TryList(item, "bodies", out JsonElement list)) return false;
            List<DeliveredBody> own = bodies[count] = [];
            foreach (JsonElement body in list.EnumerateArray())
            {
                if (!TryBody(body, out DeliveredBody? read)) return false;
                own.Add(read!);
            }

            own.Sort(static (left, right) => Channel.Compare(left.Channel, right.Channel));
        }

        return true;
    }

    private static bool TryBody(JsonElement element, out DeliveredBody? body)
    {
        body = null;
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("channel", out JsonElement name) || !name.TryBytes(out byte[]? encoded)) return false;
        if (!element.TryGetProperty("messages", out JsonElement content) || !content.TryBytes(out byte[]? messages)) return false;
        if (!Scale.Decode<Channel>(encoded).TryGet(out Channel channel)) return false;
        body = new DeliveredBody(channel, Vec.Create<byte>(messages));
        return true;
    }

    private static bool TryCount(JsonElement element, out ulong count)
    {
        count = 0;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty("count", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetUInt64(out count);
    }

    private static bool TryList(JsonElement element, string name, out JsonElement list)
    {
        list = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out list) && list.ValueKind == JsonValueKind.Array;
    }
}
