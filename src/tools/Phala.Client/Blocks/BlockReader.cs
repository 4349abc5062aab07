using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client.Rpc;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Client.Blocks;

/// <summary>Blocks, and news of them.</summary>
public sealed class BlockReader
{
    private readonly RpcConnection _connection;

    internal BlockReader(RpcConnection connection) => _connection = connection;

    /// <summary>The hash of the best chain's block of a height.</summary>
    public async Task<ClientResult<Hash256>> HashAsync(uint number, CancellationToken stop = default) =>
        HashOf("chain_getBlockHash", await _connection.CallAsync("chain_getBlockHash", new RpcArguments().Number(number), stop).ConfigureAwait(false), $"block {number}");

    /// <summary>The hash of the last final block.</summary>
    public async Task<ClientResult<Hash256>> FinalizedHashAsync(CancellationToken stop = default) =>
        HashOf("chain_getFinalizedHead", await _connection.CallAsync("chain_getFinalizedHead", null, stop).ConfigureAwait(false), "final block");

    /// <summary>The header of a block.</summary>
    /// <param name="block">The block; null for the best one.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<Header>> HeaderAsync(Hash256? block = null, CancellationToken stop = default)
    {
        ClientResult<JsonElement> answer = await _connection.CallAsync("chain_getHeader", new RpcArguments().Hash(block), stop).ConfigureAwait(false);
        return answer.Then(header => ReadHeader("chain_getHeader", header));
    }

    /// <summary>The best block.</summary>
    public async Task<ClientResult<BlockId>> BestAsync(CancellationToken stop = default) => (await HeaderAsync(null, stop).ConfigureAwait(false)).Then<BlockId>(header => BlockId.Of(header));

    /// <summary>The last final block.</summary>
    public async Task<ClientResult<BlockId>> FinalizedAsync(CancellationToken stop = default)
    {
        ClientResult<Hash256> hash = await FinalizedHashAsync(stop).ConfigureAwait(false);
        return hash.TryGet(out Hash256 block, out ClientFailure? failure)
            ? (await HeaderAsync(block, stop).ConfigureAwait(false)).Then<BlockId>(header => new BlockId(block, header.Number))
            : failure;
    }

    /// <summary>A block with its extrinsics.</summary>
    public async Task<ClientResult<Block>> BlockAsync(Hash256 block, CancellationToken stop = default)
    {
        const string method = "chain_getBlock";
        ClientResult<JsonElement> answer = await _connection.CallAsync(method, new RpcArguments().Hash(block), stop).ConfigureAwait(false);
        if (!answer.TryGet(out JsonElement result, out ClientFailure? failure)) return failure;
        if (result.ValueKind == JsonValueKind.Null) return Missing("block");
        if (!result.TryMember("block", out JsonElement inner) || !inner.TryMember("header", out JsonElement head) || !head.TryHeader(out Header header)
            || !inner.TryMember("extrinsics", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return JsonReading.Unexpected(method, result);
        }

        List<OpaqueExtrinsic> extrinsics = new(list.GetArrayLength());
        foreach (JsonElement element in list.EnumerateArray())
        {
            if (!element.TryBytes(out byte[]? bytes) || !Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic)) return JsonReading.Unexpected(method, element);
            extrinsics.Add(extrinsic);
        }

        return new Block(header, [.. extrinsics]);
    }

    /// <summary>News of heads, the present one first.</summary>
    public async Task<ClientResult<ClientSubscription<Header>>> SubscribeAsync(HeadKind kind, CancellationToken stop = default)
    {
        (string method, string unsubscribe) = kind switch
        {
            HeadKind.Best => ("chain_subscribeNewHeads", "chain_unsubscribeNewHeads"),
            HeadKind.Finalized => ("chain_subscribeFinalizedHeads", "chain_unsubscribeFinalizedHeads"),
            _ => ("chain_subscribeAllHeads", "chain_unsubscribeAllHeads"),
        };
        ClientResult<RpcSubscription> answer = await _connection.SubscribeAsync(method, unsubscribe, null, stop).ConfigureAwait(false);
        return answer.Then<ClientSubscription<Header>>(subscription => new ClientSubscription<Header>(subscription, header => ReadHeader(method, header)));
    }

    private static ClientResult<Header> ReadHeader(string method, JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Null) return Missing("header");
        return answer.TryHeader(out Header header) ? header : JsonReading.Unexpected(method, answer);
    }

    private static ClientResult<Hash256> HashOf(string method, ClientResult<JsonElement> answer, string what)
    {
        if (!answer.TryGet(out JsonElement result, out ClientFailure? failure)) return failure;
        if (result.ValueKind == JsonValueKind.Null) return Missing(what);
        return result.TryHash(out Hash256 hash) ? hash : JsonReading.Unexpected(method, result);
    }

    private static ClientFailure Missing(string what) => new(ClientError.Missing, $"The node has no such {what}.");
}
