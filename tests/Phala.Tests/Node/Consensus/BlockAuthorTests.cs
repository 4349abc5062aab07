using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Consensus;
using Phala.Node.TxPool;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Consensus;

/// <summary>Blocks that this node makes.</summary>
public sealed class BlockAuthorTests : IDisposable
{
    private const ulong Slot = ConsensusNode.Slot;

    private readonly ConsensusNode _node = new(TestChain.Usual, null, Actor.Alice), _other = new(TestChain.Usual);

    [Fact]
    public void ABlockOfOurSlotHoldsWhatWaitsAndOthersTakeIt()
    {
        OpaqueExtrinsic[] waiting = [_node.Sign(Actor.Charlie, new Balances.TransferKeepAlive(Actor.Dave.Address, 5)), _node.Sign(Actor.Charlie, new FrameSystem.Remark(default), nonce: 1)];
        foreach (OpaqueExtrinsic transaction in waiting) Assert.Equal(PoolError.None, _node.Pool.Submit(transaction, out _).Error);
        AuthorReport report = _node.Blocks.Author(Slot, DateTimeOffset.MaxValue);
        Assert.Equal((AuthorStatus.Authored, ImportStatus.Imported, 3), (report.Status, report.Import.Status, report.Extrinsics));
        Assert.Equal(report.Block.Hash, _node.Store.Best.Hash);

        Header header = _node.HeaderOf(report.Block.Hash);
        Assert.Equal(AuraError.None, AuraSeal.Verify(header, new AuraContext([TestChain.KeysOf(Actor.Alice).Aura, TestChain.KeysOf(Actor.Bob).Aura], null, Slot), out AuraClaim claim));
        Assert.Equal(Slot, claim.Slot);
        Assert.Equal(waiting, Body(report.Block.Hash)[1..]);
        Assert.Equal(Slot * ConsensusNode.Duration, Timestamp.Now.Get(_node.State.Main));
        _other.SetSlot(Slot);
        Assert.Equal(ImportStatus.Imported, _other.Importer.Import(header, [.. Body(report.Block.Hash)]).Status);
        Assert.Equal(_node.State.Root, _other.State.Root);
    }

    [Fact]
    public void TheTimeIsTheClocksAsFarAsTheSlotAllows()
    {
        (long Offset, ulong Expected)[] cases = [(0, 0), (1234, 1234), (2999, 2999), (3000, 2999), (99_999, 2999), (-1, 0), (-99_999, 0)];
        foreach ((long offset, ulong expected) in cases)
        {
            using ConsensusNode node = new(TestChain.Usual, null, Actor.Alice);
            node.Time.Now = node.Time.Now.AddMilliseconds(offset);
            Assert.Equal(AuthorStatus.Authored, node.Blocks.Author(Slot, DateTimeOffset.MaxValue).Status);
            Assert.Equal((Slot * ConsensusNode.Duration) + expected, Timestamp.Now.Get(node.State.Main));
        }
    }

    [Fact]
    public void OthersSlotsAndPastSlotsHaveNoBlockOfOurs()
    {
        Assert.Equal(AuthorStatus.NotOurSlot, _node.Blocks.Author(Slot + 1, DateTimeOffset.MaxValue).Status);
        Assert.Equal(AuthorStatus.NotOurSlot, _other.Blocks.Author(Slot, DateTimeOffset.MaxValue).Status);
        Assert.Equal(AuthorStatus.Authored, _node.Blocks.Author(Slot, DateTimeOffset.MaxValue).Status);
        foreach (ulong slot in new[] { Slot, Slot - 2 })
        {
            AuthorReport report = _node.Blocks.Author(slot, DateTimeOffset.MaxValue);
            Assert.Equal((AuthorStatus.CannotBegin, BlockError.SlotNotAfterParent), (report.Status, report.Error));
        }

        Assert.Equal(1u, _node.Store.Best.Number);
    }

    [Fact]
    public void WhatIsNotValidAnyMoreIsLeftOutWithWhatBuildsOnIt()
    {
        _node.Pool.Submit(_node.Sign(Actor.Charlie, new Balances.TransferAll(Actor.Dave.Address, KeepAlive: false), tip: 1000), out _);
        _node.Pool.Submit(_node.Sign(Actor.Charlie, new FrameSystem.Remark(default), nonce: 1), out Hash256 gone);
        _node.Pool.Submit(_node.Sign(Actor.Charlie, new FrameSystem.Remark([1]), nonce: 2), out _);
        _node.Pool.Submit(_node.Sign(Actor.Eve, new FrameSystem.Remark(default)), out _);
        AuthorReport report = _node.Blocks.Author(Slot, DateTimeOffset.MaxValue);
        Assert.Equal((AuthorStatus.Authored, 3), (report.Status, report.Extrinsics));
        Assert.False(_node.Pool.TryGet(gone, out _));
    }

    [Fact]
    public void WhatDoesNotFitStaysAndSmallerOnesFindRoom()
    {
        RuntimeCall remark = RuntimeCall.Of(new FrameSystem.Remark(default));
        foreach (Actor actor in (Actor[])[Actor.Bob, Actor.Charlie, Actor.Dave])
        {
            Assert.Equal(PoolError.None, _node.Pool.Submit(_node.Sign(actor, new Sudo.SudoUncheckedWeight(remark, new Weight(300_000_000_000, 0)), tip: Balances.Pha), out _).Error);
        }

        _node.Pool.Submit(_node.Sign(Actor.Eve, new FrameSystem.Remark(default)), out _);
        Assert.Equal(4, _node.Blocks.Author(Slot, DateTimeOffset.MaxValue).Extrinsics);
        Assert.Equal(4, _node.Pool.Counts.Ready);
    }

    [Fact]
    public void NothingIsAddedAfterTheDeadline()
    {
        _node.Pool.Submit(_node.Sign(Actor.Eve, new FrameSystem.Remark(default)), out _);
        AuthorReport report = _node.Blocks.Author(Slot, _node.Time.Now);
        Assert.Equal((AuthorStatus.Authored, 1), (report.Status, report.Extrinsics));
    }

    public void Dispose()
    {
        _node.Dispose();
        _other.Dispose();
    }

    private OpaqueExtrinsic[] Body(Hash256 block)
    {
        Assert.True(_node.Store.TryGetBody(block, out byte[][]? body));
        return [.. body!.Select(bytes => new OpaqueExtrinsic(Vec.Create<byte>(bytes)))];
    }
}
