using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.LightClient;

/// <summary>The chain keeps the hashes of its last 4096 blocks and of the genesis, and as long as it keeps one, a light client asks for it.</summary>
public sealed class HistoryWindowTests
{
    private const int Window = (int)BlockLimits.BlockHashCount;

    private static readonly QueueChain Chain = MakeChain();

    [Theory]
    [InlineData(Window - 1, FollowError.MissingHashProof)]
    [InlineData(Window, FollowError.MissingHashProof)]
    [InlineData(Window + 1, FollowError.None)]
    public void TheHeadsHashIsAskedForAsLongAsTheChainKeepsIt(int gap, FollowError withoutHash)
    {
        ChainFollower follower = At(2);
        AdvanceProof.Jump jump = Chain.Jump(2, 2 + gap), without = jump with { ReadProof = Chain.ReadProof(2 + gap, PhalaMq.QueueHead.Prefix.ToArray()) };
        Assert.Equal(withoutHash, follower.Advance(without, out _).Error);
        if (withoutHash != FollowError.None) Assert.Equal(FollowError.None, follower.Advance(jump, out _).Error);
        Assert.Equal((uint)(2 + gap), follower.Head.Block.Number);
    }

    [Fact]
    public void TheGenesisHashIsAskedForHoweverFarTheTargetIs()
    {
        ChainFollower follower = Chain.Start();
        AdvanceProof.Jump jump = Chain.Jump(0, Chain.Height);
        Assert.True(Chain.Height > Window + 1);
        Assert.Equal(FollowError.MissingHashProof, follower.Advance(jump with { ReadProof = Chain.ReadProof(Chain.Height, PhalaMq.QueueHead.Prefix.ToArray()) }, out _).Error);
        Assert.Equal(FollowError.None, follower.Advance(jump, out _).Error);
    }

    /// <summary>Who makes a proof is told which keys it needs: with them the advance is taken, without any one of them it is not.</summary>
    [Theory]
    [InlineData(0, 22)]
    [InlineData(0, Window + 4)]
    [InlineData(2, 20)]
    [InlineData(2, 21)]
    [InlineData(2, Window + 2)]
    [InlineData(2, Window + 3)]
    public void TheKeysOfAProofAreThoseThatItNeeds(int from, int to)
    {
        IReadOnlyList<byte[]> keys = AdvanceProof.Jump.KeysOf((uint)from, Chain.Blocks[to].Header);
        AdvanceProof.Jump jump = Chain.Jump(from, to);
        Assert.Equal(FollowError.None, At(from).Advance(jump with { ReadProof = Proof(keys) }, out _).Error);
        for (int without = 0; without < keys.Count; without++)
        {
            FollowError error = At(from).Advance(jump with { ReadProof = Proof([.. keys.Where((_, index) => index != without)]) }, out _).Error;
            Assert.True(error is FollowError.MissingHashProof or FollowError.MissingQueueProof, $"{error}");
        }

        Phala.Codec.Vec<byte> Proof(IReadOnlyList<byte[]> some) => some.Count == 0 ? default : Chain.ReadProof(to, [.. some]);
    }

    /// <summary>The same numbers as the runtime keeps: checked against blocks that it executes.</summary>
    [Fact]
    public void TheRuntimeKeepsTheHashesThatAreAskedFor()
    {
        TestChain runtime = TestChain.Create();
        while (runtime.Best.Number < Window + 3) runtime.Author();
        uint[] kept = [.. Enumerable.Range(0, Window + 5).Select(number => (uint)number).Where(number => FrameSystem.BlockHash.TryGet(runtime.State.Main, number, out Hash256 _))];
        Assert.Equal(Enumerable.Range(0, Window + 5).Select(number => (uint)number).Where(number => QueueReading.IsHashKept(number, runtime.Best.Number)), kept);
        Assert.Equal((0u, 3u, runtime.Best.Number - 1), (kept[0], kept[1], kept[^1]));

        uint[] modelled = [.. Enumerable.Range(0, Window + 5).Select(number => (uint)number).Where(number => FrameSystem.BlockHash.TryGet(Chain.Blocks[Window + 3].State, number, out Hash256 _))];
        Assert.Equal(kept, modelled);
    }

    private static ChainFollower At(int number)
    {
        ChainFollower follower = Chain.Start();
        if (number > 0) Assert.True(follower.Advance(Chain.Jump(0, number), out _).IsOk);
        return follower;
    }

    private static QueueChain MakeChain()
    {
        QueueChain chain = QueueChain.Create();
        while (chain.Height < Window + 4) chain.Append();
        return chain;
    }
}
