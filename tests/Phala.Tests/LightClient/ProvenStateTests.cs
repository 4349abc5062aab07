using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Queue;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Light;
using Phala.Trie;
using Phala.Trie.Proofs;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>Facts under a state root.</summary>
public sealed class ProvenStateTests
{
    private static readonly QueueChain Chain = FollowScenarios.Chain;

    [Fact]
    public void AnItemIsPresentAbsentMissingOrMalformed()
    {
        byte[] head = PhalaMq.QueueHead.Prefix.ToArray(), hash = FrameSystem.BlockHash.Key(40);
        QueueBlock best = Chain.Best;
        Assert.True(ProvenState.TryOpen(Chain.ReadProof(Chain.Height, head, hash, FrameSystem.BlockHash.Key(90)).ToArray(), best.Header.StateRoot, out ProvenState? state, out _));
        Assert.Equal(best.Header.StateRoot, state.Root);
        Assert.Equal(ProvenLookup.Present, state.TryRead(PhalaMq.QueueHead, out QueueHead queue));
        Assert.Equal(ProvenLookup.Present, state.TryRead(FrameSystem.BlockHash, 40u, out Hash256 block));
        Assert.Equal((best.Queue, Chain.Blocks[40].Hash), (queue, block));
        Assert.Equal(ProvenLookup.Absent, state.TryRead(FrameSystem.BlockHash, 90u, out Hash256 none));
        Assert.Equal(default, none);
        Assert.Equal(ProvenLookup.Missing, state.TryRead(Aura.SlotDuration, out ulong _));
        Assert.Equal(ProvenLookup.Missing, state.TryRead(FrameSystem.BlockHash, 3u, out Hash256 _));
        Assert.Equal(ProvenLookup.Present, state.TryReadBytes(head, out ReadOnlySpan<byte> bytes));
        Assert.Equal(Scale.Encode(queue), bytes);

        QueueChain spoilt = Chain.Fork(Chain.Height);
        spoilt.Append(spoil: TrieChange.Set(head, new byte[] { 1 }));
        Assert.True(ProvenState.TryOpen(spoilt.ReadProof(spoilt.Height, head).ToArray(), spoilt.Best.Header.StateRoot, out state, out _));
        Assert.Equal(ProvenLookup.Malformed, state.TryRead(PhalaMq.QueueHead, out queue));
        Assert.Equal(default, queue);
    }

    [Fact]
    public void NodesInAnyOrderMakeTheSameProof()
    {
        ReadProofBuilder builder = new();
        builder.Add(Chain.Best.State, PhalaMq.QueueHead.Prefix);
        Vec<Vec<byte>> nodes = [.. builder.Nodes.Reverse().Select(node => Vec.Create<byte>(node))];
        Assert.True(nodes.Length > 2);
        Assert.True(ProvenState.TryOpen(nodes, Chain.Best.Header.StateRoot, out ProvenState? state, out _));
        Assert.Equal(ProvenLookup.Present, state.TryRead(PhalaMq.QueueHead, out QueueHead queue));
        Assert.Equal(Chain.Best.Queue, queue);
    }

    [Fact]
    public void AnotherRootOpensNothing()
    {
        Assert.False(ProvenState.TryOpen(Chain.ReadProof(Chain.Height, PhalaMq.QueueHead.Prefix.ToArray()).ToArray(), Chain.Blocks[3].Header.StateRoot, out ProvenState? state, out ProofError error));
        Assert.Equal((null, ProofError.MissingRoot), (state, error));
    }
}
