using System.Threading.Channels;
using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Node.Consensus;
using Phala.Node.Storage;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Consensus;

/// <summary>Finality by the keys that a node holds, over changes of those who vote.</summary>
public sealed class LocalFinalizerTests
{
    private const ulong Slot = ConsensusNode.Slot;

    private static readonly Actor[] Four = [Actor.Alice, Actor.Bob, Actor.Charlie, Actor.Dave];

    [Fact]
    public void MoreThanTwoThirdsOfTheKeysMakeABlockFinalAndNoFewer()
    {
        GenesisConfig config = TestChain.Usual with { Validators = [.. Four.Select(actor => (actor.Account, TestChain.KeysOf(actor)))] };
        for (int keys = 0; keys <= 4; keys++)
        {
            using ConsensusNode node = new(config, null, Four.AsSpan()[..keys]);
            Hash256 block = node.Extend(Slot);
            Assert.Equal(keys >= 3 ? FinalizerStatus.Finalized : FinalizerStatus.NotEnoughKeys, node.Finalizer.FinalizeBest());
            Assert.Equal(keys >= 3 ? 1u : 0u, node.Store.Finalized.Number);
            Assert.Equal(keys >= 3, node.Store.TryGetJustification(block, out byte[]? justification));
            if (keys < 3) continue;
            Assert.Equal(JustificationError.None, Justification.Verify(justification, SetOf(node, node.Store.GenesisHash), new BlockId(block, 1), out Justification decoded));
            Assert.Equal(keys, decoded.Commit.Precommits.Length);
        }
    }

    [Fact]
    public void NothingToDoIsDone()
    {
        using ConsensusNode node = new(TestChain.Usual, null, Actor.Alice, Actor.Bob);
        Assert.Equal(FinalizerStatus.Finalized, node.Finalizer.FinalizeBest());
        Assert.Equal(0u, node.Store.Finalized.Number);
    }

    [Fact]
    public void ListenersHearWhichBlocksBecameFinal()
    {
        using ConsensusNode node = new(TestChain.Usual, null, Actor.Alice, Actor.Bob);
        Hash256[] blocks = [node.Extend(Slot - 2), node.Extend(Slot - 1), node.Extend(Slot)];
        using CancellationTokenSource ended = new();
        ChannelReader<ChainUpdate> updates = node.Feed.Listen(ended.Token);
        node.Finalizer.FinalizeBest();
        Assert.True(updates.TryRead(out ChainUpdate? update));
        ChainUpdate.Finalized finalized = Assert.IsType<ChainUpdate.Finalized>(update);
        Assert.Equal(blocks, finalized.Blocks);
        Assert.Equal(new BlockId(blocks[2], 3), finalized.Block);
        Assert.False(updates.TryRead(out _));
    }

    /// <summary>Three changes: the last block of every set has a justification of its own, which is kept, and a light client follows them.</summary>
    [Fact]
    public void FinalityIsFollowedOverChangesOfTheVoters()
    {
        using ConsensusNode node = Changing(out FinalizedHead start);
        Assert.Equal(FinalizerStatus.Finalized, node.Finalizer.FinalizeBest());
        Assert.Equal(11u, node.Store.Finalized.Number);
        Assert.Equal(3ul, Grandpa.CurrentSetId.Get(node.State.Main));

        List<WarpSyncFragment> fragments = [.. Changes(node)];
        Assert.Equal([3u, 6u, 9u], fragments.Select(fragment => fragment.Header.Number));
        Assert.All(fragments, fragment => Assert.Equal(0u, Announced(fragment.Header).Delay));
        fragments.Add(Fragment(node, 11));
        WarpSyncResult result = new WarpSyncProof([.. fragments], IsFinished: true).Verify(start, out FinalizedHead end);
        Assert.Equal(WarpSyncError.None, result.Error);
        Assert.Equal((node.Store.Best.Hash, 3ul), (end.Block.Hash, end.Set.Id));

        // Each block of a set is final by that set's votes and nobody else's.
        for (int left = 0; left < 3; left++)
        {
            WarpSyncFragment[] without = [.. fragments.Where((_, at) => at != left)];
            Assert.Equal(new WarpSyncResult(WarpSyncError.BadFragment, left, new AdvanceResult(AdvanceError.NotJustified, Justification: without[left].Justification.Verify(SetBefore(node, fragments, left), BlockId.Of(without[left].Header)))), new WarpSyncProof([.. without], true).Verify(start, out _));
        }
    }

    [Fact]
    public void TheLastBlockOfASetIsJustifiedByItThoughAllComeLate()
    {
        using ConsensusNode node = Changing(out _);
        node.Finalizer.FinalizeBest();
        for (uint number = 1; number <= 11; number++)
        {
            Assert.True(node.Store.TryGetHash(number, out Hash256 hash));
            bool justified = node.Store.TryGetJustification(hash, out byte[]? justification);
            Assert.Equal(number is 3 or 6 or 9 or 11, justified);
            if (!justified) continue;
            ulong set = (number - 1) / 3;
            Assert.Equal(set, SetOf(node, node.HeaderOf(hash).ParentHash).Id);
            Assert.Equal(JustificationError.None, Justification.Verify(justification, SetOf(node, node.HeaderOf(hash).ParentHash), new BlockId(hash, number), out _));
            Assert.NotEqual(JustificationError.None, Justification.Verify(justification, SetOf(node, hash) is var next && next.Id != set ? next : SetOf(node, node.Store.GenesisHash), new BlockId(hash, number), out _));
        }
    }

    [Fact]
    public void FinalityStopsBeforeASetWhoseKeysAreElsewhere()
    {
        using ConsensusNode node = Changing(out _, Actor.Alice, Actor.Bob);
        Assert.Equal(FinalizerStatus.NotEnoughKeys, node.Finalizer.FinalizeBest());
        Assert.Equal(3u, node.Store.Finalized.Number);
    }

    /// <summary>Sessions of three blocks: two validators, then three, then two others, then all four.</summary>
    private static ConsensusNode Changing(out FinalizedHead start, params Actor[] withKeys)
    {
        ConsensusNode node = new(TestChain.Usual with { SessionLength = 3 }, new StorageOptions { MaintainInBackground = false, StatePruning = null }, withKeys.Length == 0 ? Four : withKeys);
        start = new FinalizedHead(new BlockId(node.Store.GenesisHash, 0), SetOf(node, node.Store.GenesisHash));
        Actor[][] sets = [[Actor.Alice, Actor.Bob, Actor.Charlie], [Actor.Charlie, Actor.Dave], Four];
        ulong slot = Slot - 20;
        node.Extend(slot++, node.Sign(Actor.Charlie, new Session.SetKeys(TestChain.KeysOf(Actor.Charlie), default)), node.Sign(Actor.Dave, new Session.SetKeys(TestChain.KeysOf(Actor.Dave), default)));
        foreach (Actor[] set in sets)
        {
            node.Extend(slot++, node.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(new Session.SetValidators([.. set.Select(actor => actor.Account)])))));
            node.Extend(slot++);
            node.Extend(slot++);
        }

        node.Extend(slot);
        return node;
    }

    private static IEnumerable<WarpSyncFragment> Changes(ConsensusNode node)
    {
        for (uint from = 0; node.Store.TryGetSetChange(from, out uint number, out _); from = number + 1) yield return Fragment(node, number);
    }

    private static WarpSyncFragment Fragment(ConsensusNode node, uint number)
    {
        Assert.True(node.Store.TryGetHash(number, out Hash256 hash));
        Assert.True(node.Store.TryGetJustification(hash, out byte[]? justification));
        return new WarpSyncFragment(node.HeaderOf(hash), Scale.Decode<Justification>(justification).Value);
    }

    private static ScheduledChange Announced(Header header)
    {
        Assert.Equal(GrandpaDigestError.None, GrandpaDigest.Read(header.Digest, out ScheduledChange? change));
        Assert.NotNull(change);
        return change.Value;
    }

    /// <summary>Who votes on the blocks after one.</summary>
    private static AuthoritySet SetOf(ConsensusNode node, Hash256 block)
    {
        MerkleTrie main = node.StateOf(block).Main;
        Assert.Equal(AuthoritySetError.None, AuthoritySet.TryCreate(Grandpa.CurrentSetId.Get(main), Grandpa.Authorities.Get(main), out AuthoritySet? set));
        return set!;
    }

    private static AuthoritySet SetBefore(ConsensusNode node, List<WarpSyncFragment> fragments, int at) =>
        at == 0 ? SetOf(node, node.Store.GenesisHash) : SetOf(node, fragments[at - 1].Header.Hash());
}
