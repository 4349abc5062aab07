using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Light;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>Entries arrive complete, in order and unchanged, or not at all.</summary>
public sealed class EntryDeliveryTests
{
    public static TheoryData<string> Names => new(EntryScenarios.All.Select(scenario => scenario.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatIsWrongHasItsNameAndTheRightOneMayFollow(string name)
    {
        EntryScenario scenario = EntryScenarios.All.Single(each => each.Name == name);
        Assert.Equal(scenario.Expected, scenario.Run(scenario.Entry, out EntryDelivery? delivery));
        if (delivery is null || scenario.Head.Block.Number < 10) return;
        foreach (DerivedEntry entry in FollowScenarios.Chain.Entries((int)delivery.Cursor.Block, FollowScenarios.Chain.Height).Take(delivery.Remaining))
        {
            Assert.Equal(EntryError.None, delivery.TryNext(entry.Entry, EntryScenarios.WantedBodies(entry), EntryScenario.Wanted, out _));
        }

        Assert.Equal((0, scenario.Cursor.Head.Append(scenario.Hashes.AsSpan())), (delivery.Remaining, delivery.Cursor.Head));
        Assert.True(delivery.Cursor.Head == scenario.Head.Queue || scenario.Waypoints.Save().Contains(delivery.Cursor.Head));
        Assert.Equal(EntryError.Finished, delivery.TryNext(scenario.Entry, scenario.Bodies, EntryScenario.Wanted, out _));
    }

    [Fact]
    public void EveryErrorIsCaused() =>
        Assert.Equal(Enum.GetValues<EntryError>().Order(), EntryScenarios.All.Select(scenario => scenario.Expected).Append(EntryError.Finished).Distinct().Order());

    [Fact]
    public void BothFormsOfAnEntryAreTakenAlike()
    {
        foreach (EntryScenario scenario in EntryScenarios.All.Where(scenario => Scale.Decode<QueueEntry>(scenario.Entry).IsOk))
        {
            if (EntryDelivery.TryBegin(scenario.Cursor, scenario.Head, scenario.Waypoints, scenario.Hashes.AsSpan(), out EntryDelivery? delivery) != EntryError.None) continue;
            Assert.Equal(scenario.Expected, delivery!.TryNext(Scale.Decode<QueueEntry>(scenario.Entry).Value!, scenario.Bodies, EntryScenario.Wanted, out _));
        }
    }

    [Fact]
    public void OnlyWantedChannelsHaveMessages()
    {
        QueueChain chain = FollowScenarios.Chain;
        DerivedEntry rich = chain.Entries(0, chain.Height).First(entry => entry.Bodies.Length > 2);
        QueueBlock block = chain.Blocks[(int)rich.Entry.BlockNumber], parent = chain.Blocks[(int)rich.Entry.BlockNumber - 1];
        VerifiedHead head = FollowScenarios.Follower((int)block.Header.Number).Head;
        QueueCursor cursor = new(parent.Queue, parent.LastEntry);
        foreach (ChannelBody wanted in rich.Bodies)
        {
            Assert.Equal(EntryError.None, EntryDelivery.TryBegin(cursor, head, new QueueWaypoints(), [rich.Entry.Hash()], out EntryDelivery? delivery));
            Assert.Equal(EntryError.None, delivery!.TryNext(rich.Entry, [wanted], [wanted.Channel], out VerifiedEntry? entry));
            Assert.Equal((block.Queue, block.Header.Number), (entry!.After.Head, entry.After.Block));
            Assert.Equal(wanted.Messages, [.. Scale.Encode<VecCodec<Message, Message>, Vec<Message>>(entry.MessagesOf(wanted.Channel))]);
            Assert.All(rich.Bodies.ToArray().Where(body => body.Channel != wanted.Channel), body => Assert.Equal(0, entry.MessagesOf(body.Channel).Length));
        }
    }
}
