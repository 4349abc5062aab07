using Phala.Codec;
using Phala.LightClient;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>Following an honest chain, starting and restoring.</summary>
public sealed class ChainFollowerTests
{
    private static readonly QueueChain Chain = RandomQueueChain.Make(seed: 3, blocks: 120);

    [Fact]
    public void OneJumpGoesToTheEndAndEveryEntryCanBeDelivered()
    {
        ChainFollower follower = Chain.Start();
        AdvanceProof.Jump jump = Chain.Jump(0, Chain.Height);
        Assert.True(jump.Changes.Length > 2, "the chain has too few changes");
        Assert.Equal(default, follower.Advance(Scale.Encode<AdvanceProof>(jump), out _));
        VerifiedHead head = follower.Head;
        Assert.Equal((Chain.Best.Id, Chain.Best.Queue, Chain.Best.Slot, Chain.Best.Slot * QueueChain.SlotDuration), (head.Block, head.Queue, head.Slot, head.ViewTime));
        Assert.Equal((ulong)Chain.Best.Set, head.FinalizedBy.Id);
        Assert.Equal(QueueVoter.ListOf(Chain.Best.Set), head.FinalizedBy.Authorities);

        DerivedEntry[] entries = [.. Chain.Entries(0, Chain.Height)];
        Assert.True(entries.Any(entry => entry.Bodies.Length == 0) && entries.Any(entry => entry.Bodies.Length > 1), "the chain has no ticks, or no entries with several channels");
        Assert.Equal(EntryError.None, EntryDelivery.TryBegin(QueueCursor.Start, head, new QueueWaypoints(), [.. entries.Select(entry => entry.Entry.Hash())], out EntryDelivery? delivery));
        foreach (DerivedEntry entry in entries)
        {
            Assert.Equal(EntryError.None, delivery!.TryNext(Scale.Encode(entry.Entry), entry.Bodies, RandomQueueChain.Channels, out VerifiedEntry? verified));
            Assert.Equal((entry.Entry, entry.Bodies.Length), (verified!.Entry, verified.Channels.Length));
        }

        Assert.Equal((head.Queue, 0), (delivery!.Cursor.Head, delivery.Remaining));
    }

    [Fact]
    public void StartingTakesTheFirstAuthoritiesAndTheSlotDurationFromTheGenesis()
    {
        VerifiedHead head = Chain.Start().Head;
        Assert.Equal((0ul, 0ul, 0ul, QueueHead.Empty), (head.Set.Id, head.Slot, head.ViewTime, head.Queue));
        Assert.Equal(QueueVoter.ListOf(0), head.Set.Authorities);
        Assert.Equal((QueueChain.SlotDuration, Chain.Genesis), (head.State.SlotDuration, head.State.Genesis));
    }

    [Fact]
    public void EachDefectOfAGenesisHasItsName()
    {
        QueueBlock genesis = Chain.Blocks[0];
        Assert.Equal(StartError.WrongGenesis, ChainFollower.TryStart(default, genesis.Header, Chain.GenesisProof(), default, out ChainFollower? follower));
        Assert.Null(follower);
        Assert.Equal(StartError.NotGenesis, ChainFollower.TryStart(Chain.Blocks[1].Hash, Chain.Blocks[1].Header, Chain.GenesisProof(), default, out _));
        Assert.Equal(StartError.BadReadProof, Start([1, 2]));
        Assert.Equal(StartError.MissingAuthorities, Start(Chain.ReadProof(0, Aura.SlotDuration.Prefix.ToArray()).ToArray()));
        Assert.Equal(StartError.MissingSlotDuration, Start(Chain.ReadProof(0, Grandpa.Authorities.Prefix.ToArray()).ToArray()));
        Assert.Equal(StartError.InvalidSet, StartWith(QueueChain.Set(Grandpa.Authorities, default)));
        Assert.Equal(StartError.ZeroSlotDuration, StartWith(QueueChain.Set(Aura.SlotDuration, 0ul)));
        Assert.Equal(StartError.MissingAuthorities, StartWith(TrieChange.Set(Grandpa.Authorities.Prefix.ToArray(), new byte[] { 4, 1 })));
        Assert.Equal(StartError.None, StartWith());

        static StartError Start(byte[] proof) => ChainFollower.TryStart(Chain.Genesis, Chain.Blocks[0].Header, proof, default, out _);
    }

    [Fact]
    public void WhatIsRestoredGoesOnAsIfNothingHadHappened()
    {
        ChainFollower follower = Chain.Start();
        int at = 0;
        foreach (int to in (int[])[1, 7, 30, 77, Chain.Height])
        {
            Assert.Equal(RestoreError.None, ChainFollower.TryRestore(Chain.Genesis, follower.Save(), out ChainFollower? restored));
            Assert.Equal(follower.State, restored!.State);
            Assert.Equal((follower.Head.Block, follower.Head.Slot, follower.Head.ViewTime, follower.Head.Set.Id), (restored.Head.Block, restored.Head.Slot, restored.Head.ViewTime, restored.Head.Set.Id));
            follower = restored;
            Assert.Equal(default, follower.Advance(Chain.Jump(at, to), out _));
            at = to;
        }

        Assert.Equal(Chain.Best.Queue, follower.Head.Queue);
    }

    private static StartError StartWith(params TrieChange[] changes)
    {
        MerkleTrie state = Chain.Blocks[0].State.Apply(TrieDelta.Create(changes));
        Phala.Trie.Proofs.ReadProofBuilder builder = new();
        builder.Add(state, Grandpa.Authorities.Prefix);
        builder.Add(state, Aura.SlotDuration.Prefix);
        Phala.Chain.Header header = Phala.Chain.Header.Genesis(state.Root);
        return ChainFollower.TryStart(header.Hash(), header, builder.Encode(), default, out _);
    }
}
