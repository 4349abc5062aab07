using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Testing.Chain.Light;

/// <summary>The beginning of a delivery, one thing that is delivered, and what becomes of it.</summary>
/// <param name="Name">What is wrong, or what is special.</param>
/// <param name="Cursor">Where the consumers stand.</param>
/// <param name="Head">The verified head.</param>
/// <param name="Hashes">The hashes that are delivered.</param>
/// <param name="Entry">The entry that is delivered.</param>
/// <param name="Bodies">Its bodies.</param>
/// <param name="Expected">What becomes of them.</param>
public sealed record EntryScenario(string Name, QueueCursor Cursor, VerifiedHead Head, Vec<Hash256> Hashes, byte[] Entry, Vec<ChannelBody> Bodies, EntryError Expected)
{
    /// <summary>What the consumers want: all but one cluster's channel.</summary>
    public static Channel[] Wanted { get; } = RandomQueueChain.Channels[..^1];

    /// <summary>The waypoints that are known; none unless said otherwise.</summary>
    public QueueWaypoints Waypoints { get; init; } = new();

    /// <summary>Delivers it.</summary>
    public EntryError Run(byte[] entry, out EntryDelivery? delivery)
    {
        EntryError error = EntryDelivery.TryBegin(Cursor, Head, Waypoints, Hashes.AsSpan(), out delivery);
        if (error != EntryError.None) return error;
        QueueCursor before = delivery!.Cursor;
        error = delivery.TryNext(entry, Bodies, Wanted, out VerifiedEntry? verified);
        if ((error == EntryError.None) != (verified is not null) || (error == EntryError.None) == (delivery.Cursor == before)) throw new InvalidOperationException($"{Name}: a refused entry moves the delivery.");
        return error;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
