using System.Text.Json;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>author_*</c>: transactions that wait for a block. Those about keys are <see cref="KeyMethods"/>.</summary>
internal sealed class AuthorMethods(TransactionPool pool)
{
    private const int MaxRemovals = 1024;

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("author_submitExtrinsic", RpcAccess.Safe, Submit);
        registry.Method("author_pendingExtrinsics", RpcAccess.Safe, (_, result) =>
        {
            result.WriteExtrinsics(pool.Pending().Select(transaction => transaction.Extrinsic.Body.ToArray()));
            return null;
        });
        registry.Method("author_removeExtrinsic", RpcAccess.Unsafe, Remove);
        registry.Subscription(new("author_submitAndWatchExtrinsic", "author_unwatchExtrinsic", "author_extrinsicUpdate"), RpcAccess.Safe, SubmitAndWatch);
    }

    private RpcError? Submit(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryHex("extrinsic", out byte[] bytes)) return call.Parameters.Error;
        if (!Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic)) return PoolErrors.BadFormat;
        PoolRefusal refusal = pool.Submit(extrinsic, out Hash256 hash);
        if (refusal.Error != PoolError.None) return PoolErrors.Of(refusal);
        result.WriteHash(hash);
        return null;
    }

    private RpcError? SubmitAndWatch(RpcCall call, Subscription subscription)
    {
        if (!call.Parameters.TryHex("extrinsic", out byte[] bytes)) return call.Parameters.Error;
        if (!Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic)) return PoolErrors.BadFormat;
        PoolRefusal refusal = pool.SubmitAndWatch(extrinsic, out TransactionWatch? watch);
        if (refusal.Error != PoolError.None) return PoolErrors.Of(refusal);
        _ = WatchPump.RunAsync(watch!, subscription, status => RpcJson.Serialize(writer => WriteStatus(writer, status)));
        return null;
    }

    private RpcError? Remove(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryObjectList("bytesOrHash", out RpcParameters[] items)) return call.Parameters.Error;
        if (items.Length > MaxRemovals) return NodeErrors.InvalidCount(items.Length, MaxRemovals);
        List<Hash256> hashes = [];
        foreach (RpcParameters item in items)
        {
            if (!(item.TryOptionalHash("hash", out Hash256? hash) && item.TryOptionalHex("extrinsic", out byte[]? bytes))) return item.Error;
            if (hash is { } given) hashes.Add(given);
            else if (bytes is not null && Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic)) hashes.Add(extrinsic.Hash());
            else return PoolErrors.BadFormat;
        }

        result.WriteStartArray();
        foreach (Hash256 removed in hashes.SelectMany(pool.Remove)) result.WriteHash(removed);
        result.WriteEndArray();
        return null;
    }

    private static void WriteStatus(Utf8JsonWriter writer, in TransactionStatus status)
    {
        string name = JsonNamingPolicy.CamelCase.ConvertName(status.Kind.ToString());
        if (status.Kind is TransactionStatusKind.Future or TransactionStatusKind.Ready or TransactionStatusKind.Dropped or TransactionStatusKind.Invalid)
        {
            writer.WriteStringValue(name);
            return;
        }

        writer.WriteStartObject();
        if (status.Kind == TransactionStatusKind.Broadcast)
        {
            writer.WriteStartArray(name);
            foreach (string peer in status.Peers ?? []) writer.WriteStringValue(peer);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteHash(name, status.Hash);
        }

        writer.WriteEndObject();
    }
}
