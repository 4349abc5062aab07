using Phala.Codec;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.LightClient.Delivery;

/// <summary>Positions of the queue before the verified head that are known to be right: one at each multiple of a number of entries, as far as they are known.</summary>
/// <remarks>
/// <para><b>Concept.</b> Who stands far behind the head is brought its entries in parts, and each part has to lead to a position that is known. Positions are proven backwards: hashes that lead from a position that someone
/// claims to one that is known prove the claim, for a head is a hash of the one before it. So every part that is taken is proven by itself, needs no more memory than its hashes, and serves whoever comes later. Positions
/// that the consumer has passed are known without proof.</para>
/// <para><b>Invariant.</b> What is known is on the chain, and stays known when the head moves. At most one position for each <see cref="Spacing"/> entries is kept, 40 bytes each.</para>
/// <para><b>Trust.</b> As good as the verified head that the first proof ended at: nothing that anyone brings puts a position here that is not the queue's own.</para>
/// </remarks>
public sealed class QueueWaypoints
{
    /// <summary>Entries from one waypoint to the next, unless tests want fewer: 2^16.</summary>
    public const int DefaultSpacing = 1 << 16;

    private readonly Dictionary<ulong, Hash256> _known = [];

    /// <summary>Begins with none.</summary>
    /// <param name="spacing">Entries from one to the next; also the most that one delivery brings. At least 1.</param>
    public QueueWaypoints(int spacing = DefaultSpacing)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spacing, 1);
        Spacing = spacing;
    }

    /// <summary>Entries from one to the next.</summary>
    public int Spacing { get; }

    /// <summary>Takes note of a position that is known to be right, where it is at a waypoint's place.</summary>
    /// <param name="position">A verified head, or the position after an entry that was verified.</param>
    public void Pass(in QueueHead position)
    {
        if (IsPlace(position.Count)) _known[position.Count] = position.Hash;
    }

    /// <summary>Proves a position, and keeps it.</summary>
    /// <param name="head">The verified head.</param>
    /// <param name="claimed">The position.</param>
    /// <param name="hashes">The hashes of the entries after it, up to a position that is known: a waypoint or the head.</param>
    /// <returns><see cref="WaypointError.None"/>, or why it is not proven. Any claim and hashes give an answer; a refused one changes nothing.</returns>
    public WaypointError TryProve(in QueueHead head, in QueueHead claimed, ReadOnlySpan<Hash256> hashes)
    {
        if (!IsPlace(claimed.Count) || claimed.Count >= head.Count) return WaypointError.WrongPlace;
        if (hashes.Length > Spacing) return WaypointError.TooManyHashes;
        if (hashes.IsEmpty || !TryFind(head, claimed.Count + (ulong)hashes.Length, out QueueHead known)) return WaypointError.UnknownEnd;
        if (claimed.Append(hashes) != known) return WaypointError.WrongHashes;
        _known[claimed.Count] = claimed.Hash;
        return WaypointError.None;
    }

    /// <summary>Finds the position of a count.</summary>
    /// <param name="head">The verified head.</param>
    /// <param name="count">How many entries.</param>
    /// <param name="position">The position after them, where it is known.</param>
    public bool TryFind(in QueueHead head, ulong count, out QueueHead position)
    {
        position = head;
        if (count == head.Count) return true;
        position = default;
        if (count > head.Count || !_known.TryGetValue(count, out Hash256 hash)) return false;
        position = new QueueHead(count, hash);
        return true;
    }

    /// <summary>Finds where the next delivery for a consumer leads: to the head, where that is within reach, or to the next waypoint.</summary>
    /// <param name="head">The verified head.</param>
    /// <param name="cursor">Where the consumer stands.</param>
    /// <param name="target">Where it leads.</param>
    /// <returns>False where there is nothing to deliver, or where the next waypoint has to be proven first.</returns>
    public bool TryFindTarget(in QueueHead head, in QueueHead cursor, out QueueHead target)
    {
        target = default;
        if (cursor.Count >= head.Count) return false;
        return TryFind(head, head.Count - cursor.Count <= (ulong)Spacing ? head.Count : After(cursor.Count), out target);
    }

    /// <summary>Finds what has to be proven before a consumer can be brought entries: the last waypoint that is not known before the first one that is.</summary>
    /// <param name="head">The verified head.</param>
    /// <param name="cursor">Where the consumer stands.</param>
    /// <returns>Its count, and the position that the hashes after it have to lead to. Null where nothing has to be proven.</returns>
    public (ulong From, QueueHead To)? FindGap(in QueueHead head, in QueueHead cursor)
    {
        if (cursor.Count >= head.Count || TryFindTarget(head, cursor, out _)) return null;
        ulong missing = After(cursor.Count), lowest = head.Count;
        foreach (ulong count in _known.Keys)
        {
            if (count > missing && count < lowest) lowest = count;
        }

        return TryFind(head, lowest, out QueueHead known) ? (After(lowest - 1) - (ulong)Spacing, known) : null;
    }

    /// <summary>All of them, in ascending order, to be kept.</summary>
    public Vec<QueueHead> Save() => [.. _known.Select(pair => new QueueHead(pair.Key, pair.Value)).OrderBy(position => position.Count)];

    private bool IsPlace(ulong count) => count > 0 && count % (ulong)Spacing == 0;

    private ulong After(ulong count) => ((count / (ulong)Spacing) + 1) * (ulong)Spacing;
}
