using System.Text.Json;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>pha_*</c>: the message queue as far as it is final, for relayers. It is kept when blocks and states are pruned.</summary>
/// <remarks>Nobody has to believe the answers: hashes fold to a head that a finalized header names, entries and bodies have their hashes.</remarks>
internal sealed class QueueMethods(ChainStore store, TransactionPool pool)
{
    /// <summary>The most that is asked for at once, and the bytes after which an answer ends: the caller goes on from there.</summary>
    private const int MaxEntries = 1024, MaxHashes = 65_536, MaxChannels = 64, MaxBytes = 4 << 20;

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("pha_getQueueEntries", RpcAccess.Safe, Entries);
        registry.Method("pha_getEntryHashes", RpcAccess.Safe, EntryHashes);
        registry.Method("pha_getQueueBodies", RpcAccess.Safe, Bodies);
        registry.Method("pha_getMqNextSequence", RpcAccess.Safe, NextSequence);
    }

    private RpcError? Entries(RpcCall call, Utf8JsonWriter result)
    {
        if (!(call.Parameters.TryUInt64("fromCount", out ulong after) && call.Parameters.TryUInt32("limit", out uint limit))) return call.Parameters.Error;
        if (limit > MaxEntries) return NodeErrors.InvalidCount(limit, MaxEntries);
        result.WriteStartArray();
        foreach (QueueRecord entry in store.QueueEntries(after, (int)limit, MaxBytes))
        {
            result.WriteStartObject();
            result.WriteNumber("count", entry.Count);
            result.WriteNumber("blockNumber", entry.BlockNumber);
            result.WriteHash("blockHash", entry.BlockHash);
            result.WriteHash("hash", entry.Hash);
            result.WriteHex("entry", entry.Entry);
            result.WriteEndObject();
        }

        result.WriteEndArray();
        return null;
    }

    private RpcError? EntryHashes(RpcCall call, Utf8JsonWriter result)
    {
        if (!(call.Parameters.TryUInt64("fromCount", out ulong after) && call.Parameters.TryUInt64("toCount", out ulong to))) return call.Parameters.Error;
        if (to > after && to - after > MaxHashes) return NodeErrors.InvalidCount((long)Math.Min(to - after, long.MaxValue), MaxHashes);
        result.WriteHexValue(store.QueueEntryHashes(after, to));
        return null;
    }

    /// <summary>Bodies of entries, in the order of the counts, until there are enough bytes. The first is always there, and a channel without messages has none.</summary>
    private RpcError? Bodies(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryOptionalBlockNumbers("counts", out ulong[]? counts, out _) && parameters.TryHexList("channels", out byte[][] encoded))) return parameters.Error;
        if (counts is null || !TryReadChannels(encoded, out Channel[] channels))
        {
            parameters.Fail(counts is null ? "counts" : "channels", counts is null ? "one count or a list of them" : "a list of channels, each encoded");
            return parameters.Error;
        }

        if (counts.Length > MaxEntries) return NodeErrors.InvalidCount(counts.Length, MaxEntries);
        if (channels.Length > MaxChannels) return NodeErrors.InvalidCount(channels.Length, MaxChannels);
        result.WriteStartArray();
        long bytes = 0;
        foreach (ulong count in counts)
        {
            if (bytes >= MaxBytes) break;
            bytes += WriteBodies(result, count, channels);
        }

        result.WriteEndArray();
        return null;
    }

    private long WriteBodies(Utf8JsonWriter result, ulong count, Channel[] channels)
    {
        long bytes = 0;
        result.WriteStartObject();
        result.WriteNumber("count", count);
        result.WriteStartArray("bodies");
        foreach (Channel channel in channels)
        {
            if (!store.TryGetQueueBody(count, channel, out byte[]? messages)) continue;
            result.WriteStartObject();
            result.WriteHex("channel", Scale.Encode(channel));
            result.WriteHex("messages", messages);
            result.WriteEndObject();
            bytes += messages.Length;
        }

        result.WriteEndArray();
        result.WriteEndObject();
        return bytes;
    }

    private RpcError? NextSequence(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryHex("sender", out byte[] bytes)) return call.Parameters.Error;
        if (!Scale.Decode<MessageOrigin>(bytes).TryGet(out MessageOrigin? sender))
        {
            call.Parameters.Fail("sender", "the origin of a message, encoded");
            return call.Parameters.Error;
        }

        result.WriteNumberValue(pool.NextSequence(sender));
        return null;
    }

    private static bool TryReadChannels(byte[][] encoded, out Channel[] channels)
    {
        channels = new Channel[encoded.Length];
        for (int at = 0; at < encoded.Length; at++)
        {
            if (!Scale.Decode<Channel>(encoded[at]).TryGet(out channels[at])) return false;
        }

        return true;
    }
}
