using System.Text.Json;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>A question about the storage, as the new JSON-RPC interface asks it.</summary>
/// <param name="Key">The key, or the prefix of keys.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="After">Keys up to this one are left out; null for none.</param>
internal sealed record StorageQuery(byte[] Key, StorageQueryKind Kind, byte[]? After)
{
    /// <summary>Reads a list of questions.</summary>
    public static bool TryReadList(RpcParameters parameters, string name, out StorageQuery[] queries, out RpcError? error)
    {
        (queries, error) = ([], null);
        if (!parameters.TryObjectList(name, out RpcParameters[] items))
        {
            error = parameters.Error;
            return false;
        }

        queries = new StorageQuery[items.Length];
        for (int index = 0; index < items.Length; index++)
        {
            if (TryRead(items[index], out StorageQuery? query))
            {
                queries[index] = query!;
                continue;
            }

            error = items[index].Error;
            return false;
        }

        return true;
    }

    /// <summary>The answers, one after the other as they are asked for; a key without a value has none.</summary>
    public IEnumerable<StorageAnswer> Run(MerkleTrie trie) => Kind switch
    {
        StorageQueryKind.Value or StorageQueryKind.Hash => One(trie),
        StorageQueryKind.ClosestDescendantMerkleValue => trie.TryGetClosestDescendant(Key, out ReadOnlyMemory<byte> merkle) ? [new StorageAnswer(Key, "closestDescendantMerkleValue", merkle)] : [],
        _ => Descendants(trie),
    };

    private static bool TryRead(RpcParameters item, out StorageQuery? query)
    {
        query = null;
        if (!(item.TryHex("key", out byte[] key) && item.TryString("type", out string type) && item.TryOptionalHex("paginationStartKey", out byte[]? after))) return false;
        foreach (StorageQueryKind kind in Enum.GetValues<StorageQueryKind>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) == type) query = new StorageQuery(key, kind, after);
        }

        return query is not null || item.Fail("type", "value, hash, closestDescendantMerkleValue, descendantsValues or descendantsHashes");
    }

    private StorageAnswer[] One(MerkleTrie trie)
    {
        if (!trie.TryGet(Key, out ReadOnlySpan<byte> value)) return [];
        return [Kind == StorageQueryKind.Value ? new StorageAnswer(Key, "value", value.ToArray()) : StorageAnswer.HashOf(Key, value)];
    }

    private IEnumerable<StorageAnswer> Descendants(MerkleTrie trie)
    {
        TrieCursor cursor = new(trie);
        bool skips = After is not null && After.AsSpan().SequenceCompareTo(Key) >= 0;
        cursor.Seek(skips ? After! : Key);
        while (cursor.MoveNext() && cursor.Key.StartsWith(Key))
        {
            if (skips && cursor.Key.SequenceEqual(After)) continue;
            byte[] key = cursor.Key.ToArray();
            yield return Kind == StorageQueryKind.DescendantsValues ? new StorageAnswer(key, "value", cursor.Value) : StorageAnswer.HashOf(key, cursor.Value.Span);
        }
    }
}
