using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>A question which keys differ between two states.</summary>
/// <param name="Prefix">What the keys begin with.</param>
/// <param name="ReturnsHash">Whether hashes are told in place of values.</param>
/// <param name="ChildName">The child trie; null for the main trie.</param>
internal sealed record StorageDiffQuery(byte[] Prefix, bool ReturnsHash, byte[]? ChildName)
{
    private const string Value = "value", Hash = "hash";

    /// <summary>Reads a list of questions; one about the whole main trie where there is no list.</summary>
    public static bool TryReadList(RpcParameters parameters, string name, out StorageDiffQuery[] queries, out RpcError? error)
    {
        (queries, error) = ([new StorageDiffQuery([], false, null)], null);
        if (!parameters.TryOptionalObjectList(name, out RpcParameters[]? items))
        {
            error = parameters.Error;
            return false;
        }

        if (items is null || items.Length == 0) return true;
        queries = new StorageDiffQuery[items.Length];
        for (int index = 0; index < items.Length; index++)
        {
            RpcParameters item = items[index];
            bool read = item.TryOptionalHex("key", out byte[]? key) & item.TryString("returnType", out string type) & item.TryOptionalHex("childTrieKey", out byte[]? child);
            if (!read || (type is not (Value or Hash) && !item.Fail("returnType", "value or hash")))
            {
                error = item.Error;
                return false;
            }

            queries[index] = new StorageDiffQuery(key ?? [], type == Hash, child);
        }

        return true;
    }

    /// <summary>The differences as events, in the order of the keys. Equal tries are not walked.</summary>
    public IEnumerable<byte[]> Run(StateSnapshot before, StateSnapshot after)
    {
        MerkleTrie old = ChildName is null ? before.Main : before.Child(ChildName), now = ChildName is null ? after.Main : after.Child(ChildName);
        if (old.Root == now.Root) yield break;
        TrieCursor left = new(old), right = new(now);
        left.Seek(Prefix);
        right.Seek(Prefix);
        bool hasLeft = Next(left), hasRight = Next(right);
        while (hasLeft || hasRight)
        {
            int order = !hasLeft ? 1 : !hasRight ? -1 : left.Key.SequenceCompareTo(right.Key);
            if (order < 0) yield return Tell(left, "deleted");
            else if (order > 0) yield return Tell(right, "added");
            else if (!left.Value.Span.SequenceEqual(right.Value.Span)) yield return Tell(right, "modified");
            if (order <= 0) hasLeft = Next(left);
            if (order >= 0) hasRight = Next(right);
        }
    }

    private bool Next(TrieCursor cursor) => cursor.MoveNext() && cursor.Key.StartsWith(Prefix);

    private byte[] Tell(TrieCursor cursor, string type)
    {
        byte[] key = cursor.Key.ToArray();
        return StorageEvents.Difference(ReturnsHash ? StorageAnswer.HashOf(key, cursor.Value.Span) : new StorageAnswer(key, Value, cursor.Value), type, ChildName);
    }
}
