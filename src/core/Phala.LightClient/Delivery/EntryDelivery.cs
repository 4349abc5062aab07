using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.LightClient.Delivery;

/// <summary>A delivery of the queue's entries from a cursor to a verified head, or to a waypoint before it, in order.</summary>
/// <remarks>
/// <para><b>Concept.</b> First the hashes of all entries come: folded from the cursor they must meet a position that is known, and then each is known to be the right one at its place. Then entries come
/// one by one with the bodies of the wanted channels. Consumers with equal cursors share a delivery; which channels are wanted is asked for at each entry. Who is further behind than one delivery
/// reaches is brought one after the other, from waypoint to waypoint.</para>
/// <para><b>Invariant.</b> A wrong entry or body leaves the delivery where it was, and the right one may follow. Memory: 32 bytes for each hash, and one entry.</para>
/// <para><b>Trust.</b> Every <see cref="VerifiedEntry"/> is the queue's next, complete and unchanged, if the cursor was right and the head is: none can be left out, moved, repeated or made up.</para>
/// </remarks>
public sealed class EntryDelivery
{
    /// <summary>The longest entry in bytes: each message of a block in a channel of its own takes less.</summary>
    public const int MaxEntryLength = 2 * 1024 * 1024;

    /// <summary>The longest body in bytes: what a block may add, and room for lengths.</summary>
    public const int MaxBodyLength = 2 * (int)PhalaMq.MaxBlockBytes;

    private readonly Hash256[] _hashes;
    private readonly uint _lastBlock;
    private int _next;

    private EntryDelivery(in QueueCursor cursor, in QueueHead target, uint lastBlock, Hash256[] hashes)
    {
        (_hashes, _lastBlock) = (hashes, lastBlock);
        (Cursor, Target) = (cursor, target);
    }

    /// <summary>The cursor after the last entry that was taken.</summary>
    public QueueCursor Cursor { get; private set; }

    /// <summary>Where the delivery ends.</summary>
    public QueueHead Target { get; }

    /// <summary>How many entries are left.</summary>
    public int Remaining => _hashes.Length - _next;

    /// <summary>Begins a delivery.</summary>
    /// <param name="cursor">Where the consumers stand.</param>
    /// <param name="head">The verified head.</param>
    /// <param name="waypoints">The positions before it that are known.</param>
    /// <param name="hashes">The hashes of all entries from the cursor to the head or to a waypoint, at most <see cref="QueueWaypoints.Spacing"/>.</param>
    /// <param name="stream">The delivery.</param>
    /// <returns><see cref="EntryError.None"/>, or why it does not begin. Any hashes give an answer.</returns>
    public static EntryError TryBegin(in QueueCursor cursor, VerifiedHead head, QueueWaypoints waypoints, ReadOnlySpan<Hash256> hashes, out EntryDelivery? stream)
    {
        stream = null;
        if (cursor.Head.Count >= head.Queue.Count) return EntryError.NothingToDeliver;
        if (hashes.Length > waypoints.Spacing) return EntryError.TooManyEntries;
        if (hashes.IsEmpty || !waypoints.TryFind(head.Queue, cursor.Head.Count + (ulong)hashes.Length, out QueueHead target)) return EntryError.WrongCount;
        if (cursor.Head.Append(hashes) != target) return EntryError.WrongHashes;
        stream = new EntryDelivery(cursor, target, head.Block.Number, hashes.ToArray());
        return EntryError.None;
    }

    /// <summary>Takes the next entry as bytes.</summary>
    /// <inheritdoc cref="TryNext(QueueEntry, Vec{ChannelBody}, ReadOnlySpan{Channel}, out VerifiedEntry?)"/>
    /// <param name="encoded">The entry's encoding.</param>
    /// <param name="bodies"/><param name="wanted"/><param name="entry"/>
    public EntryError TryNext(ReadOnlySpan<byte> encoded, Vec<ChannelBody> bodies, ReadOnlySpan<Channel> wanted, out VerifiedEntry? entry)
    {
        entry = null;
        if (Remaining == 0) return EntryError.Finished;
        if (encoded.Length > MaxEntryLength) return EntryError.EntryTooLarge;
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(encoded, hash);
        if (new Hash256(hash) != _hashes[_next]) return EntryError.WrongEntry;
        return Scale.Decode<QueueEntry>(encoded).TryGet(out QueueEntry? decoded) ? Take(decoded, bodies, wanted, out entry) : EntryError.BadEntry;
    }

    /// <summary>Takes the next entry.</summary>
    /// <param name="next">The entry.</param>
    /// <param name="bodies">One body for each wanted channel that the entry has, and no other, in ascending order.</param>
    /// <param name="wanted">The channels whose messages the consumers want, in any order.</param>
    /// <param name="entry">The entry with their messages.</param>
    /// <returns><see cref="EntryError.None"/>, or why it was not taken. Any entry and bodies give an answer.</returns>
    public EntryError TryNext(QueueEntry next, Vec<ChannelBody> bodies, ReadOnlySpan<Channel> wanted, out VerifiedEntry? entry)
    {
        entry = null;
        if (Remaining == 0) return EntryError.Finished;
        if (QueueEntry.EncodedLength(next) > MaxEntryLength) return EntryError.EntryTooLarge;
        return next.Hash() == _hashes[_next] ? Take(next, bodies, wanted, out entry) : EntryError.WrongEntry;
    }

    private EntryError Take(QueueEntry next, Vec<ChannelBody> bodies, ReadOnlySpan<Channel> wanted, out VerifiedEntry? entry)
    {
        entry = null;
        if (!next.IsOrdered() || next.BlockNumber <= Cursor.Block || next.BlockNumber > _lastBlock) return EntryError.BadOrder;
        EntryError error = TryMatch(next, bodies, wanted, out List<ChannelMessages> channels);
        if (error != EntryError.None) return error;
        QueueCursor after = new(Cursor.Head.Append(_hashes[_next]), next.BlockNumber);
        entry = new VerifiedEntry(next, after, [.. channels]);
        (Cursor, _next) = (after, _next + 1);
        return EntryError.None;
    }

    private static EntryError TryMatch(QueueEntry next, Vec<ChannelBody> bodies, ReadOnlySpan<Channel> wanted, out List<ChannelMessages> channels)
    {
        channels = [];
        int at = 0;
        foreach (EntryChannel channel in next.Channels)
        {
            if (!wanted.Contains(channel.Channel)) continue;
            if (at == bodies.Length) return EntryError.MissingBody;
            ChannelBody body = bodies[at++];
            if (body.Channel != channel.Channel) return Channel.Compare(body.Channel, channel.Channel) > 0 ? EntryError.MissingBody : EntryError.UnwantedBody;
            EntryError error = TryDecode(body.Messages.AsSpan(), channel.Body, out Vec<Message> messages);
            if (error != EntryError.None) return error;
            channels.Add(new ChannelMessages(channel.Channel, messages));
        }

        return at == bodies.Length ? EntryError.None : EntryError.UnwantedBody;
    }

    private static EntryError TryDecode(ReadOnlySpan<byte> body, in Hash256 hash, out Vec<Message> messages)
    {
        messages = default;
        if (body.Length > MaxBodyLength) return EntryError.BodyTooLarge;
        if (EntryDraft.HashOf(body) != hash) return EntryError.WrongBody;
        return Scale.Decode<VecCodec<Message, Message>, Vec<Message>>(body).TryGet(out messages) ? EntryError.None : EntryError.BadBody;
    }
}
