using System.Text.Json;
using Phala.Chain;
using Phala.Node.Storage;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>chain_*</c>: blocks, headers and the heads of the chain.</summary>
internal sealed class ChainMethods(ChainView chain, ChainBroadcast broadcast)
{
    /// <summary>How many hashes one call may ask for.</summary>
    private const int MaxNumbers = 4096;

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("chain_getBlockHash", RpcAccess.Safe, GetBlockHash);
        registry.Method("chain_getHeader", RpcAccess.Safe, GetHeader);
        registry.Method("chain_getBlock", RpcAccess.Safe, GetBlock);
        registry.Method("chain_getFinalizedHead", RpcAccess.Safe, (_, result) =>
        {
            result.WriteHash(chain.Store.Finalized.Hash);
            return null;
        });
        registry.Alias("chain_getHead", "chain_getBlockHash");
        registry.Alias("chain_getFinalisedHead", "chain_getFinalizedHead");
        Heads(registry, "NewHeads", "chain_newHead", broadcast.SubscribeNewHeads, "NewHead");
        Heads(registry, "AllHeads", "chain_allHead", broadcast.SubscribeAllHeads);
        Heads(registry, "FinalizedHeads", "chain_finalizedHead", broadcast.SubscribeFinalizedHeads, "FinalisedHeads");
        registry.Alias("subscribe_newHead", "chain_subscribeNewHeads");
        registry.Alias("unsubscribe_newHead", "chain_unsubscribeNewHeads");
    }

    private static void Heads(RpcRegistry registry, string name, string notification, Action<Subscription> subscribe, string? alias = null)
    {
        SubscriptionKind kind = new($"chain_subscribe{name}", $"chain_unsubscribe{name}", notification);
        registry.Subscription(kind, RpcAccess.Safe, (_, subscription) =>
        {
            subscribe(subscription);
            return null;
        });
        if (alias is null) return;
        registry.Alias($"chain_subscribe{alias}", kind.Subscribe);
        registry.Alias($"chain_unsubscribe{alias}", kind.Unsubscribe);
    }

    private RpcError? GetBlockHash(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryOptionalBlockNumbers("number", out ulong[]? numbers, out bool isList)) return call.Parameters.Error;
        if (numbers is null)
        {
            result.WriteHash(chain.Store.Best.Hash);
            return null;
        }

        if (numbers.Length > MaxNumbers) return NodeErrors.InvalidCount(numbers.Length, MaxNumbers);
        foreach (ulong number in numbers)
        {
            if (number > uint.MaxValue) return NodeErrors.NumberTooLarge(number);
        }

        if (isList) result.WriteStartArray();
        foreach (ulong number in numbers)
        {
            if (chain.Store.TryGetHash((uint)number, out Hash256 hash)) result.WriteHash(hash);
            else result.WriteNullValue();
        }

        if (isList) result.WriteEndArray();
        return null;
    }

    private RpcError? GetHeader(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryOptionalHash("hash", out Hash256? hash)) return call.Parameters.Error;
        if (chain.TryGetHeader(hash ?? chain.Store.Best.Hash, out Header header)) result.WriteHeader(header);
        else result.WriteNullValue();
        return null;
    }

    private RpcError? GetBlock(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryOptionalHash("hash", out Hash256? hash)) return call.Parameters.Error;
        Hash256 block = hash ?? chain.Store.Best.Hash;
        ChainStore store = chain.Store;
        if (!chain.TryGetHeader(block, out Header header) || !store.TryGetBody(block, out byte[][]? extrinsics) || extrinsics is null)
        {
            result.WriteNullValue();
            return null;
        }

        store.TryGetJustification(block, out byte[]? justification);
        result.WriteBlock(header, extrinsics, justification);
        return null;
    }
}
