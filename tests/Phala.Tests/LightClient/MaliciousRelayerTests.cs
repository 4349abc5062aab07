using System.Globalization;
using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>A relayer can withhold, and nothing else: whatever it brings, the client is on the honest chain, and what is honest is taken at once.</summary>
public sealed class MaliciousRelayerTests(ITestOutputHelper output)
{
    private const int Length = 60;

    private static readonly int Deliveries = int.Parse(Environment.GetEnvironmentVariable("PHALA_LIGHT_DELIVERIES") ?? "6000", CultureInfo.InvariantCulture);

    private readonly SortedDictionary<string, int> _reached = new(StringComparer.Ordinal);
    private readonly Random _random = new(5);
    private int _tried;

    [Fact]
    public void NothingThatARelayerDoesLeavesTheHonestChain()
    {
        for (int seed = 0; _tried < Deliveries; seed++)
        {
            QueueChain chain = RandomQueueChain.Make(seed, Length);
            QueueChain fork = chain.Fork(_random.Next(Length / 2), mark: 2);
            while (fork.Height < Length) fork.Append([RandomQueueChain.NextMessage(_random)]);
            MaliciousRelayer relayer = new(chain, fork, _random);
            Follow(chain, relayer, seed % 2 == 0 ? LightClientMode.Digest : LightClientMode.StorageProof);
        }

        output.WriteLine($"{_tried} deliveries: {string.Join(", ", _reached.Select(pair => $"{pair.Key} {pair.Value}"))}");
        string[] never = [.. Expected().Where(name => !_reached.ContainsKey(name))];
        Assert.True(never.Length == 0, $"never reached: {string.Join(", ", never)}");
    }

    private static IEnumerable<string> Expected() =>
    [
        .. ((FollowError[])[
            FollowError.BadEncoding, FollowError.WrongMode, FollowError.NotAscending, FollowError.NotJustified, FollowError.MissingChange, FollowError.BadReadProof, FollowError.MissingHashProof,
            FollowError.MissingQueueProof, FollowError.Empty, FollowError.BrokenChain, FollowError.MissingJustification, FollowError.MissingMessages, FollowError.MissingContract]).Select(error => error.ToString()),
        .. ((EntryError[])[EntryError.WrongCount, EntryError.WrongHashes, EntryError.WrongEntry, EntryError.MissingBody, EntryError.UnwantedBody, EntryError.WrongBody]).Select(error => error.ToString()),
    ];

    private void Follow(QueueChain chain, MaliciousRelayer relayer, LightClientMode mode)
    {
        ChainFollower follower = chain.Start(mode);
        QueueCursor cursor = QueueCursor.Start;
        while (follower.Head.Block.Number < Length)
        {
            int at = (int)follower.Head.Block.Number, to = Math.Min(Length, at + 1 + _random.Next(12));
            for (int attack = _random.Next(8); attack > 0; attack--) Attack(follower, chain, relayer.Advance(at, to, mode));
            at = (int)follower.Head.Block.Number;
            to = Math.Max(to, at + 1);
            if (at == Length) break;
            AdvanceProof honest = mode == LightClientMode.Digest ? chain.Jump(at, to) : chain.Walk(at, to);
            Assert.Equal(default, follower.Advance(honest, out _));
            AssertHonest(follower, chain);
            cursor = Deliver(follower.Head, chain, relayer, cursor);
        }
    }

    private void Attack(ChainFollower follower, QueueChain chain, byte[] request)
    {
        LightClientState before = follower.State;
        FollowResult result = follower.Advance(request, out _);
        Count(result.IsOk ? "taken" : result.Error.ToString());
        if (!result.IsOk) Assert.Same(before, follower.State);
        AssertHonest(follower, chain);
    }

    private static void AssertHonest(ChainFollower follower, QueueChain chain)
    {
        QueueBlock block = chain.Blocks[(int)follower.Head.Block.Number];
        Assert.Equal((block.Id, block.Queue, block.Slot), (follower.Head.Block, follower.Head.Queue, follower.Head.Slot));
        Assert.Null(follower.Evidence);
    }

    private QueueCursor Deliver(VerifiedHead head, QueueChain chain, MaliciousRelayer relayer, QueueCursor cursor)
    {
        DerivedEntry[] entries = [.. chain.Entries((int)cursor.Block, (int)head.Block.Number)];
        if (entries.Length == 0) return cursor;
        Hash256[] hashes = [.. entries.Select(entry => entry.Entry.Hash())];
        Hash256[] spoilt = relayer.Spoilt(hashes.ToArray());
        EntryError error = EntryDelivery.TryBegin(cursor, head, new QueueWaypoints(), spoilt, out _);
        Assert.Equal(spoilt.AsSpan().SequenceEqual(hashes), error == EntryError.None);
        if (error != EntryError.None) Count(error.ToString());

        Assert.Equal(EntryError.None, EntryDelivery.TryBegin(cursor, head, new QueueWaypoints(), hashes, out EntryDelivery? delivery));
        foreach (DerivedEntry entry in entries)
        {
            for (int attack = _random.Next(3); attack > 0; attack--) Attack(delivery!, entry, entries, relayer);
            Assert.Equal(EntryError.None, delivery!.TryNext(Scale.Encode(entry.Entry), entry.Bodies, RandomQueueChain.ChannelsOf(entry.Entry), out VerifiedEntry? verified));
            Assert.Equal(entry.Entry, verified!.Entry);
        }

        Assert.Equal(head.Queue, delivery!.Cursor.Head);
        return delivery.Cursor;
    }

    private void Attack(EntryDelivery delivery, DerivedEntry entry, DerivedEntry[] entries, MaliciousRelayer relayer)
    {
        byte[] right = Scale.Encode(entry.Entry), encoded = right;
        Vec<ChannelBody> bodies = entry.Bodies;
        switch (_random.Next(4))
        {
            case 0: encoded = relayer.Flipped(Scale.Encode(entry.Entry)); break;
            case 1: encoded = Scale.Encode(entries[_random.Next(entries.Length)].Entry); break;
            case 2: bodies = [.. relayer.Spoilt(bodies.ToArray())]; break;
            default: bodies = [.. bodies.ToArray().Select(body => body with { Messages = [.. relayer.Flipped(body.Messages.ToArray())] })]; break;
        }

        if (encoded.AsSpan().SequenceEqual(right) && bodies == entry.Bodies) return;
        QueueCursor before = delivery.Cursor;
        EntryError error = delivery.TryNext(encoded, bodies, RandomQueueChain.ChannelsOf(entry.Entry), out VerifiedEntry? verified);
        Assert.NotEqual(EntryError.None, error);
        Assert.Null(verified);
        Assert.Equal(before, delivery.Cursor);
        Count(error.ToString());
    }

    private void Count(string what)
    {
        _tried++;
        _reached[what] = _reached.GetValueOrDefault(what) + 1;
    }
}
