using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>However far behind the head a consumer stands, positions between are proven backwards, each by itself, and nothing that is not on the chain ever is.</summary>
public sealed class QueueWaypointsTests
{
    private static readonly QueueChain Chain = MakeChain();

    private static readonly DerivedEntry[] Entries = [.. Chain.Entries(0, Chain.Height)];

    private static readonly Hash256[] Hashes = [.. Entries.Select(entry => entry.Entry.Hash())];

    private static readonly QueueHead Head = Chain.Best.Queue;

    private static Hash256[] Between(ulong from, ulong to) => Hashes[(int)from..(int)to];

    private static QueueHead At(ulong count) => QueueHead.Empty.Append(Hashes.AsSpan(0, (int)count));

    /// <summary>A chain whose queue ends between two waypoints.</summary>
    private static QueueChain MakeChain()
    {
        QueueChain chain = RandomQueueChain.Make(seed: 21, blocks: 40);
        while (chain.Best.Queue.Count < 27 || chain.Best.Queue.Count % 4 != 3) chain.Append([RandomQueueChain.NextMessage(new Random(1))]);
        return chain;
    }

    private static VerifiedHead Verified()
    {
        ChainFollower follower = Chain.Start();
        Assert.True(follower.Advance(Chain.Jump(0, Chain.Height), out _).IsOk);
        return follower.Head;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(1000)]
    public void WhoFollowsTheGapsReachesTheHeadFromEveryCursor(int spacing)
    {
        int most = 0;
        VerifiedHead head = Verified();
        for (ulong start = 0; start < Head.Count; start++)
        {
            QueueWaypoints waypoints = new(spacing);
            QueueCursor cursor = new(At(start), start == 0 ? 0 : Entries[start - 1].Entry.BlockNumber);
            int proven = 0, begun = 0;
            while (waypoints.FindGap(Head, cursor.Head) is { } gap)
            {
                Assert.False(waypoints.TryFindTarget(Head, cursor.Head, out _));
                Assert.InRange(gap.To.Count - gap.From, 1ul, (ulong)spacing);
                Assert.Equal(WaypointError.None, waypoints.TryProve(Head, At(gap.From), Between(gap.From, gap.To.Count)));
                Assert.True(++proven < Hashes.Length, "the same is wanted again and again");
            }

            while (waypoints.TryFindTarget(Head, cursor.Head, out QueueHead target))
            {
                Assert.Null(waypoints.FindGap(Head, cursor.Head));
                Assert.Equal(At(target.Count), target);
                Assert.Equal(EntryError.None, EntryDelivery.TryBegin(cursor, head, waypoints, Between(cursor.Head.Count, target.Count), out EntryDelivery? delivery));
                foreach (DerivedEntry entry in Entries[(int)cursor.Head.Count..(int)target.Count]) Assert.Equal(EntryError.None, delivery!.TryNext(entry.Entry, entry.Bodies, RandomQueueChain.ChannelsOf(entry.Entry), out _));
                cursor = delivery!.Cursor;
                Assert.True(++begun <= Hashes.Length);
            }

            Assert.Equal(Head, cursor.Head);
            Assert.Equal(proven, waypoints.Save().Length);
            Assert.True(begun <= proven + 1, "deliveries are shorter than they may be");
            most = Math.Max(most, proven);
        }

        Assert.Equal((int)((Head.Count - 1) / (ulong)spacing), most);
    }

    [Fact]
    public void AClaimThatIsWrongIsNotProven()
    {
        QueueWaypoints waypoints = new(4);
        Assert.True(Head.Count > 18, "the queue is shorter than this test is for");
        ulong last = Head.Count / 4 * 4;
        QueueHead right = At(last);
        Hash256[] hashes = Between(last, Head.Count), spoilt = [.. hashes[..^1], default];
        Assert.Equal(WaypointError.WrongHashes, waypoints.TryProve(Head, right with { Hash = Chain.Genesis }, hashes));
        Assert.Equal(WaypointError.WrongHashes, waypoints.TryProve(Head, right, spoilt));
        Assert.Equal(WaypointError.UnknownEnd, waypoints.TryProve(Head, right, hashes.AsSpan()[1..]));
        Assert.Equal(WaypointError.UnknownEnd, waypoints.TryProve(Head, right, [.. hashes, default]));
        Assert.Equal(WaypointError.UnknownEnd, waypoints.TryProve(Head, right, []));
        Assert.Equal(WaypointError.UnknownEnd, waypoints.TryProve(Head, At(last - 4), Between(last - 4, last)));
        Assert.Equal(WaypointError.TooManyHashes, waypoints.TryProve(Head, At(last - 4), Between(last - 4, Head.Count)));
        Assert.Equal(WaypointError.WrongPlace, waypoints.TryProve(Head, At(last + 1), hashes.AsSpan()[1..]));
        Assert.Equal(WaypointError.WrongPlace, waypoints.TryProve(Head, QueueHead.Empty, Between(0, 4)));
        Assert.Equal(WaypointError.WrongPlace, waypoints.TryProve(Head, right with { Count = ulong.MaxValue - 3 }, hashes));
        Assert.Equal(WaypointError.WrongPlace, waypoints.TryProve(right, right, [default]));
        Assert.Equal(0, waypoints.Save().Length);
        Assert.Equal(WaypointError.None, waypoints.TryProve(Head, right, hashes));
        Assert.Equal(WaypointError.WrongHashes, waypoints.TryProve(Head, At(last - 4) with { Hash = right.Hash }, Between(last - 4, last)));
        Assert.Equal(WaypointError.None, waypoints.TryProve(Head, At(last - 4), Between(last - 4, last)));
        Assert.Equal([At(last - 4), right], waypoints.Save());
    }

    [Fact]
    public void WhatWasPassedIsKnownAndKeptInOrder()
    {
        QueueWaypoints waypoints = new(4);
        for (ulong count = 0; count <= 12; count++) waypoints.Pass(At(count));
        Vec<QueueHead> saved = waypoints.Save();
        Assert.Equal([At(4), At(8), At(12)], saved);
        Assert.Null(waypoints.FindGap(Head, At(2)));
        Assert.Null(waypoints.FindGap(At(13), At(9)));
        Assert.NotNull(waypoints.FindGap(Head, At(12)));
        Assert.True(waypoints.TryFindTarget(Head, At(2), out QueueHead target));
        Assert.Equal(At(4), target);
    }

    [Fact]
    public void AWaypointBeyondAnEarlierHeadIsNoEndOfADelivery()
    {
        QueueWaypoints waypoints = new(4);
        waypoints.Pass(At(8));
        Assert.False(waypoints.TryFind(At(6), 8, out _));
        Assert.True(waypoints.TryFind(At(8), 8, out _));
        Assert.Equal((4ul, At(6)), waypoints.FindGap(At(6), At(1)));
    }
}
