using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Phala.Trie;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Runtime;

public sealed class BlockTests
{
    private readonly TestChain _chain = TestChain.Create();

    [Fact]
    public void AnAuthoredBlockExecutesToItself()
    {
        StateSnapshot before = _chain.State;
        BlockId parent = _chain.Best;
        ExecutedBlock block = _chain.Author(_chain.Sign(Actor.Charlie, new Balances.TransferKeepAlive(Actor.Dave.Address, 5)), _chain.Sign(Actor.Eve, new FrameSystem.Remark(default)));

        BlockFault fault = _chain.Runtime.Execute(before, parent, block.Header, block.Extrinsics, VerifyInParallel, out ExecutedBlock? executed);
        Assert.Equal(BlockError.None, fault.Error);
        Assert.Equal(block.Header, executed.Header);
        Assert.Equal(3, executed.Extrinsics.Length);
    }

    [Fact]
    public void EachTamperedFieldIsRefusedByItsOwnError()
    {
        StateSnapshot before = _chain.State;
        BlockId parent = _chain.Best;
        ExecutedBlock block = _chain.Author(_chain.Sign(Actor.Charlie, new Balances.TransferKeepAlive(Actor.Dave.Address, 5)));
        Header header = block.Header;
        Hash256 other = new(Actor.Alice.Account.AsSpan());

        Assert.Equal(BlockError.WrongParent, Check(header with { ParentHash = other }));
        Assert.Equal(BlockError.WrongNumber, Check(header with { Number = 7 }));
        Assert.Equal(BlockError.WrongExtrinsicsRoot, Check(header with { ExtrinsicsRoot = other }));
        Assert.Equal(BlockError.WrongStateRoot, Check(header with { StateRoot = other }));
        Assert.Equal(BlockError.BadPreRuntime, Check(header with { Digest = default }));
        Assert.Equal(BlockError.BadPreRuntime, Check(header with { Digest = header.Digest.With(AuraSeal.Claim(9)) }));
        Assert.Equal(BlockError.WrongDigest, Check(header with { Digest = header.Digest.With(new DigestItem.Other(default)) }));
        Assert.Equal(BlockError.WrongDigest, Check(header with { Digest = header.Digest.With(new DigestItem.Consensus(EngineId.Aura, default)) }));
        Assert.Equal(BlockError.WrongDigest, Check(header with { Digest = header.Digest.With(new DigestItem.RuntimeEnvironmentUpdated()) }));
        Assert.Equal(BlockError.WrongDigest, Check(header with { Digest = header.Digest.With(new DigestItem.Seal(EngineId.Aura, default)) }));
        Assert.Equal(BlockError.InherentsNotFirst, CheckBody(header, [block.Extrinsics[1], block.Extrinsics[0]]));
        Assert.Equal(BlockError.MissingTimestamp, CheckBody(header, [block.Extrinsics[1]]));
        Assert.Equal(BlockError.InvalidExtrinsic, CheckBody(header, [block.Extrinsics[0], block.Extrinsics[0]]));
        Assert.Equal(BlockError.InvalidExtrinsic, CheckBody(header, [_chain.Inherent(3)]));
        Assert.Equal(BlockError.MalformedExtrinsic, CheckBody(header, [block.Extrinsics[0], new OpaqueExtrinsic(Vec.Create<byte>(0x84))]));

        BlockError Check(Header tampered) => _chain.Runtime.Execute(before, parent, tampered, block.Extrinsics, VerifyInParallel, out _).Error;

        BlockError CheckBody(Header like, OpaqueExtrinsic[] body) =>
            _chain.Runtime.Execute(before, parent, like with { ExtrinsicsRoot = ExtrinsicsRoot.Compute(body) }, [.. body], VerifyInParallel, out _).Error;
    }

    [Fact]
    public void ASlotIsUsedOnce()
    {
        _chain.Author();
        Assert.Equal(BlockError.SlotNotAfterParent, _chain.Runtime.TryBegin(_chain.State, _chain.Best, 1, out _));
        Assert.Equal(BlockError.None, _chain.Runtime.TryBegin(_chain.State, _chain.Best, 2, out _));
    }

    [Fact]
    public void ATransactionIsRefusedForItsOwnReasonAndChangesNothing()
    {
        _chain.Author();
        RuntimeCall call = RuntimeCall.Of(new FrameSystem.Remark(default));
        TransactionExtensions extensions = new(Era.Immortal, 0, 0);
        ImpliedData implied = _chain.Implied();
        Hash256 empty = Root([]);

        Refused(InvalidTransaction.BadProof, Actor.Charlie.Sign(call, extensions, implied with { SpecVersion = 1 }));
        Refused(InvalidTransaction.BadProof, Actor.Charlie.Sign(call, extensions, implied with { Genesis = default }));
        Refused(InvalidTransaction.BadProof, Actor.Charlie.Sign(call, extensions, implied with { TransactionVersion = 9 }));
        Refused(InvalidTransaction.Future, Actor.Charlie.Sign(call, extensions with { Nonce = 1 }, implied));
        Refused(InvalidTransaction.Payment, Actor.Charlie.Sign(call, extensions with { Tip = TestChain.Endowment }, implied));
        Refused(InvalidTransaction.Payment, Actor.Charlie.Sign(call, extensions with { Tip = UInt128.MaxValue }, implied));
        Refused(InvalidTransaction.AncientBirthBlock, Actor.Charlie.Sign(call, extensions with { Era = Era.Mortal(4, 3) }, implied));
        Refused(InvalidTransaction.MandatoryValidation, Actor.Charlie.Sign(RuntimeCall.Of(new Timestamp.Set(5)), extensions, implied));
        Refused(InvalidTransaction.UnknownOrigin, Extrinsic.General(0, Scale.Encode(extensions), Scale.Encode(call)));
        Refused(UnknownTransaction.NoUnsignedValidator, Extrinsic.Bare(Scale.Encode(call)));
        _chain.Author(_chain.Sign(Actor.Charlie, new FrameSystem.Remark(default)));
        empty = Root([]);
        Refused(InvalidTransaction.Stale, Actor.Charlie.Sign(call, extensions, implied));

        void Refused(TransactionValidityError expected, OpaqueExtrinsic transaction)
        {
            BlockExecution execution = _chain.Begin();
            Assert.True(execution.TryPrepare(transaction, out PreparedTransaction? prepared));
            ApplyOutcome outcome = execution.Apply(prepared);
            Assert.False(outcome.IsIncluded);
            Assert.Equal(expected, outcome.Refusal);
            Assert.Equal(BlockError.None, execution.TryFinish(out ExecutedBlock? block));
            Assert.Equal(empty, block.Header.StateRoot);
        }

        Hash256 Root(OpaqueExtrinsic[] transactions)
        {
            BlockExecution execution = _chain.Begin();
            foreach (OpaqueExtrinsic transaction in transactions) Assert.True(execution.TryPrepare(transaction, out _));
            execution.TryFinish(out ExecutedBlock? block);
            return block.Header.StateRoot;
        }
    }

    private static void VerifyInParallel(IReadOnlyList<PreparedTransaction> transactions) => Parallel.ForEach(transactions, transaction => transaction.VerifySignature());
}
