using System.Text.Json;
using Phala.Chain.Grandpa;
using Phala.Client.Rpc;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Client.Proofs;

/// <summary>Reads proofs from a node: of what is final, and of what a state holds. Nothing is checked here.</summary>
public sealed class ProofReader
{
    private readonly RpcConnection _connection;

    internal ProofReader(RpcConnection connection) => _connection = connection;

    /// <summary>The nodes of a read proof.</summary>
    /// <param name="keys">The storage keys.</param>
    /// <param name="block">The block after which they are read.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<byte[][]>> ReadAsync(IEnumerable<byte[]> keys, Hash256 block, CancellationToken stop = default)
    {
        const string method = "state_getReadProof";
        ClientResult<JsonElement> answer = await _connection.CallAsync(method, new RpcArguments().HexList(keys).Hash(block), stop).ConfigureAwait(false);
        return answer.Then<byte[][]>(result => TryNodes(result, out byte[][] nodes) ? nodes : JsonReading.Unexpected(method, result));
    }

    /// <summary>The way from a set of voters to the last final block: the last headers of the sets between and that block's, each with its justification.</summary>
    /// <param name="set">The number of the set that finalizes next, as far as the caller knows.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The way, or its beginning where the node thinks it too long.</returns>
    public Task<ClientResult<WarpSyncProof>> FinalityAsync(ulong set, CancellationToken stop = default) => FinalityAsync(set, null, stop);

    /// <summary>The way from a set of voters to a final block: the last headers of the sets between and that block's, each with its justification.</summary>
    /// <param name="set">The number of the set that finalizes next, as far as the caller knows.</param>
    /// <param name="block">The number of a final block: the way leads to it, or to the next that has a justification. Null for the last final block.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The way, or its beginning where the node thinks it too long.</returns>
    public async Task<ClientResult<WarpSyncProof>> FinalityAsync(ulong set, uint? block, CancellationToken stop = default)
    {
        const string method = "pha_getFinalityChain";
        RpcArguments arguments = new RpcArguments().Number((long)set);
        ClientResult<JsonElement> answer = await _connection.CallAsync(method, block is { } number ? arguments.Number(number) : arguments.Null(), stop).ConfigureAwait(false);
        return answer.Then<WarpSyncProof>(result =>
            result.TryBytes(out byte[]? bytes) && Scale.Decode<WarpSyncProof>(bytes).TryGet(out WarpSyncProof proof) ? proof : JsonReading.Unexpected(method, result));
    }

    private static bool TryNodes(JsonElement answer, out byte[][] nodes)
    {
        nodes = [];
        if (!answer.TryMember("proof", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return false;
        List<byte[]> read = new(list.GetArrayLength());
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (!item.TryBytes(out byte[]? node)) return false;
            read.Add(node);
        }

        nodes = [.. read];
        return true;
    }
}
