using System.Text.Json;
using Phala.Chain;
using Phala.Client.Blocks;
using Phala.Client.Rpc;
using Phala.Codec;
using Phala.Runtime.Interface.Storage;
using Phala.Trie;

namespace Phala.Client.Storage;

/// <summary>Typed reads of the chain's state, at the best block or at any other.</summary>
public sealed class StorageReader
{
    /// <summary>The most entries of a page.</summary>
    public const int MaxPage = 1000;

    private readonly RpcConnection _connection;
    private readonly BlockReader _blocks;

    internal StorageReader(RpcConnection connection, BlockReader blocks) => (_connection, _blocks) = (connection, blocks);

    /// <summary>A value; where the state has none, the item's default or <see cref="ClientError.Missing"/>.</summary>
    /// <param name="item">The item.</param>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<T>> GetAsync<TCodec, T>(StorageValue<TCodec, T> item, Hash256? block = null, CancellationToken stop = default)
        where TCodec : IScaleCodec<T> => Decode<TCodec, T>(item, await RawAsync(item.Prefix.ToArray(), block, stop).ConfigureAwait(false));

    /// <summary>The value of a map's key; where the state has none, the item's default or <see cref="ClientError.Missing"/>.</summary>
    /// <param name="item">The item.</param>
    /// <param name="key">The key.</param>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<T>> GetAsync<TKeyCodec, TKey, TCodec, T>(StorageMap<TKeyCodec, TKey, TCodec, T> item, TKey key, Hash256? block = null, CancellationToken stop = default)
        where TKeyCodec : IScaleCodec<TKey>
        where TCodec : IScaleCodec<T> => Decode<TCodec, T>(item, await RawAsync(item.Key(key), block, stop).ConfigureAwait(false));

    /// <summary>The bytes at a storage key; null where there are none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<byte[]?>> RawAsync(byte[] key, Hash256? block = null, CancellationToken stop = default)
    {
        const string method = "state_getStorage";
        ClientResult<JsonElement> answer = await _connection.CallAsync(method, new RpcArguments().Hex(key).Hash(block), stop).ConfigureAwait(false);
        if (!answer.TryGet(out JsonElement result, out ClientFailure? failure)) return failure;
        if (result.ValueKind == JsonValueKind.Null) return (byte[]?)null;
        return result.TryBytes(out byte[]? bytes) ? bytes : JsonReading.Unexpected(method, result);
    }

    /// <summary>All entries of a map, all of one block. For maps that fit in memory; see <see cref="PageAsync"/> for others.</summary>
    /// <param name="item">The map, whose hasher keeps the keys.</param>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<IReadOnlyList<KeyValuePair<TKey, T>>>> EntriesAsync<TKeyCodec, TKey, TCodec, T>(
        StorageMap<TKeyCodec, TKey, TCodec, T> item, Hash256? block = null, CancellationToken stop = default)
        where TKeyCodec : IScaleCodec<TKey>
        where TCodec : IScaleCodec<T>
    {
        if (block is null)
        {
            ClientResult<BlockId> best = await _blocks.BestAsync(stop).ConfigureAwait(false);
            if (!best.TryGet(out BlockId id, out ClientFailure? failure)) return failure;
            block = id.Hash;
        }

        List<KeyValuePair<TKey, T>> entries = [];
        byte[]? after = null;
        do
        {
            ClientResult<StoragePage<TKey, T>> answer = await PageAsync(item, MaxPage, after, block, stop).ConfigureAwait(false);
            if (!answer.TryGet(out StoragePage<TKey, T>? page, out ClientFailure? failure)) return failure;
            entries.AddRange(page.Entries);
            after = page.Last;
        }
        while (after is not null);
        return ClientResult<IReadOnlyList<KeyValuePair<TKey, T>>>.Ok(entries);
    }

    /// <summary>Some entries of a map. Pages belong together where they are of one block.</summary>
    /// <param name="item">The map, whose hasher keeps the keys.</param>
    /// <param name="count">How many, at most <see cref="MaxPage"/>.</param>
    /// <param name="after">The storage key after which to begin; null for the beginning.</param>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <exception cref="ArgumentException">The map's hasher does not keep keys.</exception>
    public async Task<ClientResult<StoragePage<TKey, T>>> PageAsync<TKeyCodec, TKey, TCodec, T>(
        StorageMap<TKeyCodec, TKey, TCodec, T> item, int count, byte[]? after = null, Hash256? block = null, CancellationToken stop = default)
        where TKeyCodec : IScaleCodec<TKey>
        where TCodec : IScaleCodec<T>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxPage);
        int skip = StorageItem.PrefixLength + (Hashers.KeyOffset(item.Hashers[0]) ?? throw new ArgumentException($"The keys of {item} can't be read back.", nameof(item)));
        RpcArguments arguments = new RpcArguments().Hex(item.Prefix).Number(count);
        arguments = (after is null ? arguments.Null() : arguments.Hex(after)).Hash(block);
        ClientResult<JsonElement> answer = await _connection.CallAsync("state_getKeysPaged", arguments, stop).ConfigureAwait(false);
        if (!answer.TryGet(out JsonElement result, out ClientFailure? failure)) return failure;
        if (!TryKeys(result, item, after, out List<byte[]> keys)) return JsonReading.Unexpected("state_getKeysPaged", result);
        if (keys.Count == 0) return new StoragePage<TKey, T>([], null);

        answer = await _connection.CallAsync("state_queryStorageAt", new RpcArguments().HexList(keys).Hash(block), stop).ConfigureAwait(false);
        if (!answer.TryGet(out result, out failure)) return failure;
        if (!TryValues(result, keys, out List<byte[]> values)) return JsonReading.Unexpected("state_queryStorageAt", result);
        List<KeyValuePair<TKey, T>> entries = new(keys.Count);
        for (int index = 0; index < keys.Count; index++)
        {
            DecodeResult<TKey> key = keys[index].Length < skip ? default : Scale.Decode<TKeyCodec, TKey>(keys[index].AsSpan(skip));
            DecodeResult<T> value = Scale.Decode<TCodec, T>(values[index]);
            if (keys[index].Length < skip || !key.IsOk || !value.IsOk) return Undecodable(item, values[index]);
            entries.Add(new KeyValuePair<TKey, T>(key.Value!, value.Value!));
        }

        return new StoragePage<TKey, T>(entries, keys.Count < count ? null : keys[^1]);
    }

    /// <summary>Keys of the item that ascend: others would never end.</summary>
    private static bool TryKeys(JsonElement answer, StorageItem item, byte[]? after, out List<byte[]> keys)
    {
        keys = [];
        if (answer.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement element in answer.EnumerateArray())
        {
            if (!element.TryBytes(out byte[]? key) || !key.AsSpan().StartsWith(item.Prefix)) return false;
            if (after is not null && key.AsSpan().SequenceCompareTo(after) <= 0) return false;
            keys.Add(after = key);
        }

        return true;
    }

    /// <summary>The values of keys, in the keys' order: <c>[{"block": …, "changes": [[key, value], …]}]</c>.</summary>
    private static bool TryValues(JsonElement answer, List<byte[]> keys, out List<byte[]> values)
    {
        values = [];
        if (answer.ValueKind != JsonValueKind.Array || answer.GetArrayLength() != 1) return false;
        if (!answer[0].TryMember("changes", out JsonElement changes) || changes.ValueKind != JsonValueKind.Array || changes.GetArrayLength() != keys.Count) return false;
        foreach (JsonElement change in changes.EnumerateArray())
        {
            if (change.ValueKind != JsonValueKind.Array || change.GetArrayLength() != 2) return false;
            if (!change[0].TryBytes(out byte[]? key) || !key.AsSpan().SequenceEqual(keys[values.Count]) || !change[1].TryBytes(out byte[]? value)) return false;
            values.Add(value);
        }

        return true;
    }

    private static ClientResult<T> Decode<TCodec, T>(StorageItem item, ClientResult<byte[]?> answer)
        where TCodec : IScaleCodec<T>
    {
        if (!answer.TryGet(out byte[]? bytes, out ClientFailure? failure)) return failure;
        if (bytes is null && item.Modifier == StorageModifier.Optional) return new ClientFailure(ClientError.Missing, $"The state has no {item}, and there is no default.");
        bytes ??= item.EncodedDefault();
        return Scale.Decode<TCodec, T>(bytes).TryGet(out T? value) ? value : Undecodable(item, bytes);
    }

    private static ClientFailure Undecodable(StorageItem item, byte[] bytes) =>
        new(ClientError.Undecodable, $"The node's {item} is no value of it: {Hex.Format(bytes.AsSpan(0, Math.Min(bytes.Length, 64)))}{(bytes.Length > 64 ? "…" : "")}");
}
