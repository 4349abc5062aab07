using System.Text.Json;
using Phala.Chain;
using Phala.Crypto.Hashing;
using Phala.Node.Storage;
using Phala.Runtime.Apis;
using Phala.Trie;
using Phala.Trie.Proofs;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>state_*</c>: storage, proofs, runtime calls, metadata and versions, at any block whose state is kept.</summary>
internal sealed class StateMethods(ChainView chain, ChainBroadcast broadcast)
{
    /// <summary>How many keys a page may have.</summary>
    public const int MaxPage = 1000;

    /// <summary>How many keys one call may name.</summary>
    public const int MaxKeys = 16_384;

    /// <summary>How many keys one subscription may name.</summary>
    private const int MaxWatchedKeys = 4096;

    /// <summary>How many entries may be walked for the size of all under a prefix.</summary>
    private const int MaxEntriesWalked = 100_000;

    /// <summary>How many blocks <c>state_queryStorage</c> walks.</summary>
    private const int MaxRange = 1024;

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("state_getStorage", RpcAccess.Safe, (call, result) => ReadValue(call, result, static (writer, value) => writer.WriteHexValue(value)));
        registry.Method("state_getStorageHash", RpcAccess.Safe, (call, result) => ReadValue(call, result, WriteDigest));
        registry.Method("state_getStorageSize", RpcAccess.Safe, GetStorageSize);
        registry.Method("state_getKeys", RpcAccess.Safe, GetKeys);
        registry.Method("state_getKeysPaged", RpcAccess.Safe, GetKeysPaged);
        registry.Method("state_getPairs", RpcAccess.Unsafe, GetPairs);
        registry.Method("state_queryStorageAt", RpcAccess.Safe, QueryStorageAt);
        registry.Method("state_queryStorage", RpcAccess.Unsafe, QueryStorage);
        registry.Method("state_getReadProof", RpcAccess.Safe, GetReadProof);
        registry.Method("state_getChildReadProof", RpcAccess.Safe, GetChildReadProof);
        registry.Method("state_call", RpcAccess.Safe, Call);
        registry.Method("state_getMetadata", RpcAccess.Safe, GetMetadata);
        registry.Method("state_getRuntimeVersion", RpcAccess.Safe, GetRuntimeVersion);
        foreach (string aliased in (string[])["getStorage", "getStorageHash", "getStorageSize", "getKeysPaged"]) registry.Alias($"state_{aliased}At", $"state_{aliased}");
        registry.Alias("state_callAt", "state_call");
        registry.Alias("chain_getRuntimeVersion", "state_getRuntimeVersion");
        RegisterSubscriptions(registry);
    }

    /// <summary>Writes the BLAKE2b-256 hash of a value.</summary>
    public static void WriteDigest(Utf8JsonWriter writer, ReadOnlySpan<byte> value)
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(value, digest);
        writer.WriteHexValue(digest);
    }

    /// <summary>Writes keys that begin with a prefix, in order, from after a key on.</summary>
    /// <param name="result">Where to.</param>
    /// <param name="trie">The trie.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="after">The key after which to begin; null for the first.</param>
    /// <param name="count">How many at most.</param>
    public static void WriteKeys(Utf8JsonWriter result, MerkleTrie trie, byte[] prefix, byte[]? after, long count)
    {
        TrieCursor cursor = new(trie);
        bool skips = after is not null && after.AsSpan().SequenceCompareTo(prefix) >= 0;
        cursor.Seek(skips ? after! : prefix);
        result.WriteStartArray();
        while (count > 0 && cursor.MoveNext() && cursor.Key.StartsWith(prefix))
        {
            if (skips && cursor.Key.SequenceEqual(after)) continue;
            result.WriteHexValue(cursor.Key);
            count--;
        }

        result.WriteEndArray();
    }

    /// <summary>Writes a proof and the block that it is about.</summary>
    public static void WriteProof(Utf8JsonWriter result, in Hash256 at, ReadProofBuilder proof)
    {
        result.WriteStartObject();
        result.WriteHash("at", at);
        result.WriteStartArray("proof");
        foreach (byte[] node in proof.Nodes) result.WriteHexValue(node);
        result.WriteEndArray();
        result.WriteEndObject();
    }

    private void RegisterSubscriptions(RpcRegistry registry)
    {
        registry.Subscription(new("state_subscribeRuntimeVersion", "state_unsubscribeRuntimeVersion", "state_runtimeVersion"), RpcAccess.Safe, (_, subscription) =>
            broadcast.TrySubscribeVersion(subscription) ? null : NodeErrors.NoState(StateLookup.Pruned, chain.Store.Best.Hash));
        registry.Subscription(new("state_subscribeStorage", "state_unsubscribeStorage", "state_storage"), RpcAccess.Safe, SubscribeStorage);
        registry.Alias("chain_subscribeRuntimeVersion", "state_subscribeRuntimeVersion");
        registry.Alias("chain_unsubscribeRuntimeVersion", "state_unsubscribeRuntimeVersion");
    }

    private RpcError? ReadValue(RpcCall call, Utf8JsonWriter result, Action<Utf8JsonWriter, ReadOnlySpan<byte>> write)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHex("key", out byte[] key) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        if (state.Main.TryGet(key, out ReadOnlySpan<byte> value)) write(result, value);
        else result.WriteNullValue();
        return null;
    }

    /// <summary>The length of a key's value or, as in Substrate, where there is none of all values under it.</summary>
    private RpcError? GetStorageSize(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHex("key", out byte[] key) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        if (state.Main.TryGet(key, out ReadOnlySpan<byte> value))
        {
            result.WriteNumberValue(value.Length);
            return null;
        }

        long sum = 0, walked = 0;
        TrieCursor cursor = new(state.Main);
        cursor.Seek(key);
        while (cursor.MoveNext() && cursor.Key.StartsWith(key))
        {
            if (++walked > MaxEntriesWalked) return NodeErrors.InvalidCount(walked, MaxEntriesWalked);
            sum += cursor.Value.Length;
        }

        if (sum > 0) result.WriteNumberValue(sum);
        else result.WriteNullValue();
        return null;
    }

    // The server's limit of a response ends the walk.
    private RpcError? GetKeys(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryOptionalHex("prefix", out byte[]? prefix) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        WriteKeys(result, state.Main, prefix ?? [], null, long.MaxValue);
        return null;
    }

    private RpcError? GetKeysPaged(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryOptionalHex("prefix", out byte[]? prefix) && parameters.TryUInt32("count", out uint count)
            && parameters.TryOptionalHex("startKey", out byte[]? startKey) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (count > MaxPage) return NodeErrors.InvalidCount(count, MaxPage);
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        WriteKeys(result, state.Main, prefix ?? [], startKey, count);
        return null;
    }

    private RpcError? GetPairs(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryOptionalHex("prefix", out byte[]? prefix) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        TrieCursor cursor = new(state.Main);
        cursor.Seek(prefix ?? []);
        result.WriteStartArray();
        while (cursor.MoveNext() && cursor.Key.StartsWith(prefix))
        {
            result.WriteStartArray();
            result.WriteHexValue(cursor.Key);
            result.WriteHexValue(cursor.Value.Span);
            result.WriteEndArray();
        }

        result.WriteEndArray();
        return null;
    }

    private RpcError? QueryStorageAt(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHexList("keys", out byte[][] keys) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (keys.Length > MaxKeys) return NodeErrors.InvalidCount(keys.Length, MaxKeys);
        if (chain.StateAt(at, out StateSnapshot? state, out BlockId block) is { } error) return error;
        result.WriteStartArray();
        WriteChanges(result, block.Hash, [.. keys.Select(key => new KeyValuePair<byte[], byte[]?>(key, ValueOf(state, key)))]);
        result.WriteEndArray();
        return null;
    }

    private RpcError? QueryStorage(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHexList("keys", out byte[][] keys) && parameters.TryHash("fromBlock", out Hash256 from)
            && parameters.TryOptionalHash("toBlock", out Hash256? to))) return parameters.Error;
        if (keys.Length > MaxKeys) return NodeErrors.InvalidCount(keys.Length, MaxKeys);
        if (Range(from, to ?? chain.Store.Best.Hash, out List<Hash256> blocks) is { } error) return error;

        byte[]?[] values = new byte[]?[keys.Length];
        result.WriteStartArray();
        foreach (Hash256 block in blocks)
        {
            if (chain.StateAt(block, out StateSnapshot? state) is { } missing) return missing;
            bool isFirst = block == blocks[0];
            List<KeyValuePair<byte[], byte[]?>> changes = [];
            for (int index = 0; index < keys.Length; index++)
            {
                byte[]? value = ValueOf(state, keys[index]);
                bool isSame = value is null == values[index] is null && value.AsSpan().SequenceEqual(values[index]);
                if (isFirst || !isSame) changes.Add(new(keys[index], value));
                values[index] = value;
            }

            if (changes.Count > 0) WriteChanges(result, block, changes);
        }

        result.WriteEndArray();
        return null;
    }

    /// <summary>The blocks from one to another, on one chain.</summary>
    private RpcError? Range(in Hash256 from, in Hash256 to, out List<Hash256> blocks)
    {
        blocks = [];
        if (!chain.Store.TryGetNumber(from, out uint first)) return NodeErrors.UnknownBlock(from);
        if (!chain.Store.TryGetNumber(to, out uint last)) return NodeErrors.UnknownBlock(to);
        ChainHead start = new(from, first), end = new(to, last);
        if (first > last) return NodeErrors.InvalidBlockRange(start, end, "from number > to number");
        if (last - first >= MaxRange) return NodeErrors.InvalidBlockRange(start, end, $"at most {MaxRange} blocks");
        Hash256 at = to;
        while (blocks.Count <= last - first)
        {
            if (!chain.TryGetHeader(at, out Header header)) return NodeErrors.UnknownBlock(at);
            blocks.Add(at);
            at = header.ParentHash;
        }

        blocks.Reverse();
        return blocks[0] == from ? null : NodeErrors.InvalidBlockRange(start, end, "from and to are on different forks");
    }

    private RpcError? GetReadProof(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHexList("keys", out byte[][] keys) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (keys.Length > MaxKeys) return NodeErrors.InvalidCount(keys.Length, MaxKeys);
        if (chain.StateAt(at, out StateSnapshot? state, out BlockId block) is { } error) return error;
        ReadProofBuilder proof = new();
        foreach (byte[] key in keys) proof.Add(state.Main, key);
        WriteProof(result, block.Hash, proof);
        return null;
    }

    private RpcError? GetChildReadProof(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(ChildKey.TryRead(parameters, out byte[] name, out RpcError? wrong) && parameters.TryHexList("keys", out byte[][] keys)
            && parameters.TryOptionalHash("at", out Hash256? at))) return wrong ?? parameters.Error;
        if (keys.Length > MaxKeys) return NodeErrors.InvalidCount(keys.Length, MaxKeys);
        if (chain.StateAt(at, out StateSnapshot? state, out BlockId block) is { } error) return error;
        ReadProofBuilder proof = new();
        proof.Add(state.Main, ChildTries.RootKey(name));
        MerkleTrie child = state.Child(name);
        if (child.Count > 0)
        {
            foreach (byte[] key in keys) proof.Add(child, key);
        }

        WriteProof(result, block.Hash, proof);
        return null;
    }

    private RpcError? Call(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryString("name", out string name) && parameters.TryHex("bytes", out byte[] arguments)
            && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state, out BlockId block) is { } error) return error;
        ApiAnswer answer = chain.Call(state, block, name, arguments);
        if (answer.Error != ApiError.None) return NodeErrors.Client(NodeErrors.CallText(answer.Error, name));
        result.WriteHexValue(answer.Bytes);
        return null;
    }

    private RpcError? GetMetadata(RpcCall call, Utf8JsonWriter result)
    {
        const uint oldest = 14;
        if (!call.Parameters.TryOptionalHash("at", out Hash256? at)) return call.Parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        if (chain.Metadata(oldest, state) is not { } metadata) return NodeErrors.Client(NodeErrors.CallText(ApiError.UnknownVersion, "Metadata_metadata"));
        result.WriteHexValue(metadata.AsSpan());
        return null;
    }

    private RpcError? GetRuntimeVersion(RpcCall call, Utf8JsonWriter result)
    {
        if (!call.Parameters.TryOptionalHash("at", out Hash256? at)) return call.Parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state, out BlockId block) is { } error) return error;
        result.WriteVersion(chain.VersionOf(state, block));
        return null;
    }

    private RpcError? SubscribeStorage(RpcCall call, Subscription subscription)
    {
        if (!call.Parameters.TryHexList("keys", out byte[][] keys)) return call.Parameters.Error;
        if (keys.Length > MaxWatchedKeys) return NodeErrors.InvalidCount(keys.Length, MaxWatchedKeys);
        Quota watched = SessionQuotas.Of(subscription.Session).WatchedKeys;
        if (!watched.TryTake(keys.Length, subscription)) return NodeErrors.InvalidCount(watched.Used + keys.Length, watched.Limit);
        return broadcast.TrySubscribeStorage(subscription, keys) ? null : NodeErrors.NoState(StateLookup.Pruned, chain.Store.Best.Hash);
    }

    private static byte[]? ValueOf(StateSnapshot state, byte[] key) => state.Main.TryGet(key, out ReadOnlySpan<byte> value) ? value.ToArray() : null;

    private static void WriteChanges(Utf8JsonWriter result, in Hash256 block, List<KeyValuePair<byte[], byte[]?>> changes)
    {
        result.WriteStartObject();
        result.WriteHash("block", block);
        result.WriteStartArray("changes");
        foreach ((byte[] key, byte[]? value) in changes) StorageWatch.WriteChange(result, key, value);
        result.WriteEndArray();
        result.WriteEndObject();
    }
}
