using System.Text.Json;
using Phala.Chain;
using Phala.Node.Storage;
using Phala.Runtime.Apis;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>archive_v1_*</c>: any block that is kept, without following the chain.</summary>
internal sealed class ArchiveMethods(ChainView chain)
{
    /// <summary>How many questions one walk takes.</summary>
    private const int MaxQueries = 1024;

    private static readonly RpcError TooManyWalks = new(-32800, "Too many storage walks on the connection");

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("archive_v1_finalizedHeight", RpcAccess.Safe, (_, result) =>
        {
            result.WriteNumberValue(chain.Store.Finalized.Number);
            return null;
        });
        registry.Method("archive_v1_genesisHash", RpcAccess.Safe, (_, result) =>
        {
            result.WriteHash(chain.Store.GenesisHash);
            return null;
        });
        registry.Method("archive_v1_hashByHeight", RpcAccess.Safe, HashByHeight);
        registry.Method("archive_v1_header", RpcAccess.Safe, Header);
        registry.Method("archive_v1_body", RpcAccess.Safe, Body);
        registry.Method("archive_v1_call", RpcAccess.Safe, Call);
        registry.Subscription(new("archive_v1_storage", "archive_v1_stopStorage", "archive_v1_storageEvent") { AnswersNull = true }, RpcAccess.Safe, Storage);
        registry.Subscription(new("archive_v1_storageDiff", "archive_v1_storageDiff_stopStorageDiff", "archive_v1_storageDiffEvent") { AnswersNull = true }, RpcAccess.Safe, StorageDiff);
        registry.Alias("archive_v1_stopStorageDiff", "archive_v1_storageDiff_stopStorageDiff");
    }

    private RpcError? HashByHeight(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryUInt64("height", out ulong height)) return call.Parameters.Error;
        result.WriteStartArray();
        if (height <= uint.MaxValue)
        {
            foreach (Hash256 hash in chain.Store.HashesAt((uint)height)) result.WriteHash(hash);
        }

        result.WriteEndArray();
        return null;
    }

    private RpcError? Header(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryHash("hash", out Hash256 hash)) return call.Parameters.Error;
        if (chain.Store.TryGetHeader(hash, out byte[]? header)) result.WriteHexValue(header);
        else result.WriteNullValue();
        return null;
    }

    private RpcError? Body(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryHash("hash", out Hash256 hash)) return call.Parameters.Error;
        if (chain.Store.TryGetBody(hash, out byte[][]? body) && body is not null) result.WriteExtrinsics(body);
        else result.WriteNullValue();
        return null;
    }

    private RpcError? Call(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHash("hash", out Hash256 hash) && parameters.TryString("function", out string method) && parameters.TryHex("callParameters", out byte[] arguments))) return parameters.Error;
        StateLookup lookup = chain.Store.StateAt(hash, out StateSnapshot? state);
        if (lookup == StateLookup.UnknownBlock || !chain.Store.TryGetNumber(hash, out uint number))
        {
            result.WriteNullValue();
            return null;
        }

        ApiAnswer answer = state is null ? default : chain.Call(state, new BlockId(hash, number), method, arguments);
        string? error = state is null ? NodeErrors.NoStateText(lookup, hash) : answer.Error == ApiError.None ? null : NodeErrors.CallText(answer.Error, method);
        result.WriteStartObject();
        result.WriteBoolean("success", error is null);
        if (error is null) result.WriteHex("value", answer.Bytes);
        else result.WriteString("error", error);
        result.WriteEndObject();
        return null;
    }

    private RpcError? Storage(RpcCall call, Subscription subscription)
    {
        RpcParameters parameters = call.Parameters;
        if (!parameters.TryHash("hash", out Hash256 hash)) return parameters.Error;
        if (!StorageQuery.TryReadList(parameters, "items", out StorageQuery[] queries, out RpcError? wrong)) return wrong;
        if (!parameters.TryOptionalHex("childTrie", out byte[]? child)) return parameters.Error;
        if (queries.Length > MaxQueries) return NodeErrors.InvalidCount(queries.Length, MaxQueries);
        StateLookup lookup = chain.Store.StateAt(hash, out StateSnapshot? state);
        return Begin(call, subscription, "storage", lookup, hash, () =>
        {
            MerkleTrie trie = child is null ? state!.Main : state!.Child(child);
            return queries.SelectMany(query => query.Run(trie)).Select(answer => StorageEvents.Answer(answer, child));
        });
    }

    private RpcError? StorageDiff(RpcCall call, Subscription subscription)
    {
        RpcParameters parameters = call.Parameters;
        if (!parameters.TryHash("hash", out Hash256 hash)) return parameters.Error;
        if (!StorageDiffQuery.TryReadList(parameters, "items", out StorageDiffQuery[] queries, out RpcError? wrong)) return wrong;
        if (!parameters.TryOptionalHash("previousHash", out Hash256? previous)) return parameters.Error;
        if (queries.Length > MaxQueries) return NodeErrors.InvalidCount(queries.Length, MaxQueries);
        StateLookup lookup = chain.Store.StateAt(hash, out StateSnapshot? state);
        StateSnapshot? before = null;
        if (lookup == StateLookup.Found)
        {
            Hash256 from = previous ?? (chain.TryGetHeader(hash, out Header header) ? header.ParentHash : default);
            lookup = chain.Store.StateAt(from, out before);
            if (lookup != StateLookup.Found) hash = from;
        }

        return Begin(call, subscription, "storageDiff", lookup, hash, () => queries.SelectMany(query => query.Run(before!, state!)));
    }

    /// <summary>Begins a walk, whose events follow the reply no faster than they are read.</summary>
    private static RpcError? Begin(RpcCall call, Subscription subscription, string name, StateLookup lookup, in Hash256 hash, Func<IEnumerable<byte[]>> walk)
    {
        if (!SessionQuotas.Of(subscription.Session).Walks.TryTake(1, subscription)) return TooManyWalks;
        if (lookup != StateLookup.Found)
        {
            subscription.Push(StorageEvents.Error(name, NodeErrors.NoStateText(lookup, hash)));
            subscription.Stop();
            return null;
        }

        call.AfterReply(() => _ = Task.Run(() => WalkAsync(subscription, name, walk()), CancellationToken.None));
        return null;
    }

    private static async Task WalkAsync(Subscription subscription, string name, IEnumerable<byte[]> events)
    {
        foreach (byte[] json in events)
        {
            if (!await subscription.PushAsync(json).ConfigureAwait(false)) return;
        }

        await subscription.PushAsync(StorageEvents.Done(name)).ConfigureAwait(false);
        subscription.Stop();
    }
}
