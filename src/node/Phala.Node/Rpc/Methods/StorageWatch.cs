using System.Text.Json;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>Some keys and the values that subscribers know of them.</summary>
internal sealed class StorageWatch
{
    private readonly SubscriptionSet _subscriptions = new();
    private readonly byte[][] _keys;
    private readonly byte[]?[] _values;
    private bool _missedBlock;

    /// <summary>Keys and their values at a block.</summary>
    public StorageWatch(byte[][] keys, KnownBlock at)
    {
        _keys = keys;
        _values = [.. keys.Select(key => at.State!.Main.TryGet(key, out ReadOnlySpan<byte> value) ? value.ToArray() : null)];
    }

    /// <summary>Whether nobody listens any more.</summary>
    public bool IsAbandoned => _subscriptions.Count == 0;

    /// <summary>Adds a subscription, which gets all values first.</summary>
    public void Add(Subscription subscription, KnownBlock at) => _subscriptions.Add(subscription, () => Json(at, Enumerable.Range(0, _keys.Length)));

    /// <summary>Tells what has changed, if anything has.</summary>
    public void Tell(KnownBlock best, StateDelta? delta)
    {
        if (_missedBlock) delta = null;
        _missedBlock = best.State is null;
        if (best.State is not { } state) return;
        List<int> changed = [];
        for (int index = 0; index < _keys.Length; index++)
        {
            if (delta is not null && !MayChange(delta, _keys[index])) continue;
            bool exists = state.Main.TryGet(_keys[index], out ReadOnlySpan<byte> value);
            if (exists == _values[index] is not null && value.SequenceEqual(_values[index])) continue;
            _values[index] = exists ? value.ToArray() : null;
            changed.Add(index);
        }

        if (changed.Count > 0) _subscriptions.Publish(Json(best, changed));
    }

    /// <summary>Whether a delta writes a key. Roots of child tries are not among its changes, but follow from them.</summary>
    private static bool MayChange(StateDelta delta, byte[] key)
    {
        if (ChildTries.IsRootKey(key)) return delta.Children.Count > 0;
        ReadOnlySpan<TrieChange> changes = delta.Main.Changes;
        int low = 0, high = changes.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1, order = changes[middle].Key.Span.SequenceCompareTo(key);
            if (order == 0) return true;
            if (order < 0) low = middle + 1;
            else high = middle;
        }

        return false;
    }

    private byte[] Json(KnownBlock at, IEnumerable<int> indices) => RpcJson.Serialize(writer =>
    {
        writer.WriteStartObject();
        writer.WriteHash("block", at.Id.Hash);
        writer.WriteStartArray("changes");
        foreach (int index in indices) WriteChange(writer, _keys[index], _values[index]);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>Writes a key with its value, or with null where it has none.</summary>
    public static void WriteChange(Utf8JsonWriter writer, byte[] key, byte[]? value)
    {
        writer.WriteStartArray();
        writer.WriteHexValue(key);
        if (value is null) writer.WriteNullValue();
        else writer.WriteHexValue(value);
        writer.WriteEndArray();
    }
}
