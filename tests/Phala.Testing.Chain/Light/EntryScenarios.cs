using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Testing.Chain.Light;

/// <summary>Deliveries of entries, good ones and one for each thing that can be wrong with them.</summary>
public static class EntryScenarios
{
    private static readonly QueueChain Chain = FollowScenarios.Chain;

    private static readonly VerifiedHead Head = FollowScenarios.Follower(Chain.Height).Head;

    private static readonly DerivedEntry[] Entries = [.. Chain.Entries(0, Chain.Height)];

    // An entry with channels that are wanted and one that is not.
    private static readonly int Rich = Array.FindIndex(Entries, 1, Entries.Length - 2, entry => WantedBodies(entry).Length > 1 && entry.Bodies.Length > WantedBodies(entry).Length);

    private static readonly EntryScenario Whole = At("an entry", Rich, EntryError.None);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EntryScenario> All { get; } =
    [
        Whole,
        At("the first entry", 0, EntryError.None),
        At("the last entry", Entries.Length - 1, EntryError.None),
        At("a tick", Array.FindIndex(Entries, entry => entry.Bodies.Length == 0), EntryError.None),
        .. Beginnings(), .. WrongEntries(), .. WrongBodies(), .. BrokenChains(),
    ];

    /// <summary>The bodies that the consumers want.</summary>
    public static Vec<ChannelBody> WantedBodies(DerivedEntry entry) => [.. entry.Bodies.ToArray().Where(body => EntryScenario.Wanted.Contains(body.Channel))];

    private static EntryScenario At(string name, int index, EntryError expected)
    {
        QueueCursor cursor = QueueCursor.Start;
        foreach (DerivedEntry entry in Entries[..index]) cursor = new QueueCursor(cursor.Head.Append(entry.Entry.Hash()), entry.Entry.BlockNumber);
        return new EntryScenario(name, cursor, Head, [.. Entries[index..].Select(entry => entry.Entry.Hash())], Scale.Encode(Entries[index].Entry), WantedBodies(Entries[index]), expected);
    }

    private static EntryScenario With(string name, EntryError expected, Func<EntryScenario, EntryScenario> change) => change(Whole) with { Name = name, Expected = expected };

    private static IEnumerable<EntryScenario> Beginnings()
    {
        yield return With("a cursor at the head", EntryError.NothingToDeliver, whole => whole with { Cursor = new QueueCursor(Head.Queue, 0), Hashes = [] });
        yield return With("a cursor beyond the head", EntryError.NothingToDeliver, whole => whole with { Cursor = new QueueCursor(Head.Queue with { Count = 1000 }, 0) });
        yield return With("a hash left out", EntryError.WrongCount, whole => whole with { Hashes = [.. whole.Hashes.ToArray()[1..]] });
        yield return With("a hash too many", EntryError.WrongCount, whole => whole with { Hashes = [.. whole.Hashes.ToArray(), default] });
        yield return With("hashes out of order", EntryError.WrongHashes, whole => whole with { Hashes = [.. whole.Hashes.ToArray().Reverse()] });
        yield return With("another cursor", EntryError.WrongHashes, whole => whole with { Cursor = whole.Cursor with { Head = whole.Cursor.Head with { Hash = Chain.Genesis } } });
        yield return With("more entries than a delivery may have", EntryError.TooManyEntries, whole => whole with { Waypoints = new QueueWaypoints(whole.Hashes.Length - 1) });
        yield return With("as many entries as a delivery may have", EntryError.None, whole => whole with { Waypoints = new QueueWaypoints(whole.Hashes.Length) });
        yield return With("no hashes from a cursor at a waypoint", EntryError.WrongCount, whole => whole with { Waypoints = Known(whole.Cursor.Head), Hashes = [] });
        yield return With("hashes to a waypoint that is known", EntryError.None, whole => whole with { Waypoints = Known(After(whole, 2)), Hashes = [.. whole.Hashes.ToArray()[..2]] });
        yield return With("hashes beyond a waypoint that is known", EntryError.WrongCount, whole => whole with { Waypoints = Known(After(whole, 2)), Hashes = [.. whole.Hashes.ToArray()[..3]] });
        yield return With("other hashes to a waypoint that is known", EntryError.WrongHashes, whole => whole with { Waypoints = Known(After(whole, 2)), Hashes = [.. whole.Hashes.ToArray()[..2].Reverse()] });
    }

    private static QueueHead After(EntryScenario scenario, int entries) => scenario.Cursor.Head.Append(scenario.Hashes.AsSpan()[..entries]);

    private static QueueWaypoints Known(in QueueHead position)
    {
        QueueWaypoints waypoints = new((int)position.Count);
        waypoints.Pass(position);
        return waypoints;
    }

    private static IEnumerable<EntryScenario> WrongEntries()
    {
        yield return With("the next but one", EntryError.WrongEntry, whole => whole with { Entry = Scale.Encode(Entries[Rich + 1].Entry) });
        yield return With("the one before", EntryError.WrongEntry, whole => whole with { Entry = Scale.Encode(Entries[Rich - 1].Entry) });
        yield return With("no bytes", EntryError.WrongEntry, whole => whole with { Entry = [] });
        yield return With("an entry beyond all lengths", EntryError.EntryTooLarge, whole => whole with { Entry = new byte[EntryDelivery.MaxEntryLength + 1] });
        yield return With("an entry as long as one may be", EntryError.WrongEntry, whole => whole with { Entry = new byte[EntryDelivery.MaxEntryLength] });
    }

    private static IEnumerable<EntryScenario> WrongBodies()
    {
        ChannelBody[] bodies = Whole.Bodies.ToArray();
        ChannelBody unwanted = Entries[Rich].Bodies.ToArray().First(body => !EntryScenario.Wanted.Contains(body.Channel));
        yield return With("no bodies", EntryError.MissingBody, whole => whole with { Bodies = [] });
        yield return With("the first body left out", EntryError.MissingBody, whole => whole with { Bodies = [.. bodies[1..]] });
        yield return With("the last body left out", EntryError.MissingBody, whole => whole with { Bodies = [.. bodies[..^1]] });
        yield return With("a body twice", EntryError.UnwantedBody, whole => whole with { Bodies = [bodies[0], .. bodies] });
        yield return With("bodies out of order", EntryError.MissingBody, whole => whole with { Bodies = [.. bodies.Reverse()] });
        yield return With("a body that nobody wants", EntryError.UnwantedBody, whole => whole with { Bodies = [.. bodies, unwanted] });
        yield return With("a body of another channel", EntryError.WrongBody, whole => whole with { Bodies = [bodies[0] with { Messages = bodies[1].Messages }, .. bodies[1..]] });
        yield return With("an empty body", EntryError.WrongBody, whole => whole with { Bodies = [bodies[0] with { Messages = [0] }, .. bodies[1..]] });
        yield return With("a body beyond all lengths", EntryError.BodyTooLarge, whole => whole with { Bodies = [bodies[0] with { Messages = [.. new byte[EntryDelivery.MaxBodyLength + 1]] }, .. bodies[1..]] });
    }

    // What a chain that breaks its own rules could make final.
    private static IEnumerable<EntryScenario> BrokenChains()
    {
        Hash256 parent = Chain.Genesis;
        EntryChannel first = new(Channel.System, parent), second = new(RandomQueueChain.Channels[1], parent);
        Vec<byte> garbage = [8, 9, 9];
        yield return Crafted("bytes that are no entry", garbage.ToArray(), EntryError.BadEntry);
        yield return Crafted("channels out of order", new QueueEntry(1, parent, 0, [second, first]), EntryError.BadOrder);
        yield return Crafted("a channel twice", new QueueEntry(1, parent, 0, [first, first]), EntryError.BadOrder);
        yield return Crafted("a block that is not final", new QueueEntry(2, parent, 0, []), EntryError.BadOrder);
        yield return Crafted("the genesis' entry", new QueueEntry(0, parent, 0, []), EntryError.BadOrder);
        yield return Crafted("the last final block's entry", new QueueEntry(1, parent, 0, []), EntryError.None);
        yield return Crafted("a body that is none", new QueueEntry(1, parent, 0, [first with { Body = EntryDraft.HashOf(garbage.AsSpan()) }]), EntryError.BadBody) with { Bodies = [new ChannelBody(Channel.System, garbage)] };
    }

    private static EntryScenario Crafted(string name, QueueEntry entry, EntryError expected) => Crafted(name, Scale.Encode(entry), expected);

    private static EntryScenario Crafted(string name, byte[] entry, EntryError expected)
    {
        Hash256 hash = EntryDraft.HashOf(entry);
        return Crafted(name, QueueHead.Empty.Append(hash), expected) with { Hashes = [hash], Entry = entry };
    }

    private static EntryScenario Crafted(string name, in QueueHead queue, EntryError expected)
    {
        QueueChain chain = QueueChain.Create();
        chain.Append(spoil: QueueChain.Set(PhalaMq.QueueHead, queue));
        ChainFollower follower = chain.Start();
        if (!follower.Advance(chain.Jump(0, 1), out _).IsOk) throw new InvalidOperationException($"{name}: the head is refused.");
        return new EntryScenario(name, QueueCursor.Start, follower.Head, [], [], [], expected);
    }
}
