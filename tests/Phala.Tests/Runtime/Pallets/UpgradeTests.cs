using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Transactions;
using Phala.Testing.Chain;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Runtime.Pallets;

/// <summary>A change of the rules that was scheduled.</summary>
public sealed class UpgradeTests
{
    private readonly TestChain _chain = TestChain.Create();

    [Fact]
    public void TheBlockThatWasNamedChangesTheCodeAndTheNextFollowsTheNewRules()
    {
        _chain.Author(AsRoot(new Upgrade.Schedule(3, 1001)));
        Assert.Equal(new Upgrade.Scheduled(3, 1001), Assert.Single(_chain.EventsOf<Upgrade.Scheduled>()));
        Assert.Equal(new ScheduledUpgrade(3, 1001), Upgrade.Pending.Get(_chain.State.Main));
        Assert.Single(_chain.Author().Header.Digest.Logs.ToArray());
        Assert.Equal(TestChain.LightCode(1000), Code());

        OpaqueExtrinsic early = _chain.Sign(Actor.Charlie, new FrameSystem.Remark(default));
        ExecutedBlock block = _chain.Author(early);
        Assert.True(_chain.Outcomes[0].IsIncluded);
        Assert.Equal([8], Scale.Encode<DigestItem>(Assert.IsType<DigestItem.RuntimeEnvironmentUpdated>(block.Header.Digest.Logs.ToArray()[^1])));
        Assert.IsType<Phase.Finalization>(Assert.Single(_chain.Events(), record => record.Event is RuntimeEvent<FrameSystem.CodeUpdated>).Phase);
        Assert.Equal(TestChain.LightCode(1001), Code());
        Assert.NotEqual(TestChain.LightCode(1000), Code());
        Assert.False(Upgrade.Pending.TryGet(_chain.State.Main, out _));
        Assert.Equal(new LastRuntimeUpgradeInfo(1001, "phala-node"), FrameSystem.LastRuntimeUpgrade.Get(_chain.State.Main));

        // What was signed for the old rules is not valid under the new.
        ImpliedData old = _chain.Implied() with { SpecVersion = 1000 };
        RuntimeCall remark = RuntimeCall.Of(new FrameSystem.Remark(default));
        ExecutedBlock after = _chain.Author(
            Actor.Charlie.Sign(remark, new TransactionExtensions(Era.Immortal, 1, 0), old), Actor.Charlie.Sign(remark, new TransactionExtensions(Era.Immortal, 1, 0), old with { SpecVersion = 1001 }));
        Assert.Equal(InvalidTransaction.BadProof, _chain.Outcomes[0].Refusal);
        Assert.True(_chain.Outcomes[1].IsIncluded);
        Assert.Single(after.Header.Digest.Logs.ToArray());
    }

    [Fact]
    public void AnUpgradeOfTheSameBlockIsDoneAtItsEnd()
    {
        Assert.Equal(2, _chain.Author(AsRoot(new Upgrade.Schedule(1, 1001))).Header.Digest.Logs.Length);
        Assert.Equal(TestChain.LightCode(1001), Code());
    }

    [Fact]
    public void AnUpgradeCanBeMovedAndCancelled()
    {
        _chain.Author(AsRoot(new Upgrade.Schedule(3, 1001)));
        _chain.Author(AsRoot(new Upgrade.Schedule(5, 1001)));
        Assert.Single(_chain.Author().Header.Digest.Logs.ToArray());
        _chain.Author(AsRoot(new Upgrade.Cancel()));
        Assert.Single(_chain.EventsOf<Upgrade.Cancelled>());
        Assert.Single(_chain.Author().Header.Digest.Logs.ToArray());
        Assert.Equal(TestChain.LightCode(1000), Code());
    }

    [Fact]
    public void EachWrongScheduleHasItsError()
    {
        _chain.Author();
        _chain.Author();
        Assert.Equal(DispatchError.Module(9, 0), Refused(new Upgrade.Schedule(9, 1000)));
        Assert.Equal(DispatchError.Module(9, 0), Refused(new Upgrade.Schedule(9, 0)));
        Assert.Equal(DispatchError.Module(9, 1), Refused(new Upgrade.Schedule(9, 1002)));
        Assert.Equal(DispatchError.Module(9, 2), Refused(new Upgrade.Schedule(5, 1001)));
        Assert.Equal(DispatchError.Module(9, 3), Refused(new Upgrade.Cancel()));
        _chain.Author(_chain.Sign(Actor.Charlie, new Upgrade.Schedule(20, 1001)), _chain.Sign(Actor.Dave, new Upgrade.Cancel()));
        Assert.All(_chain.Outcomes, outcome => Assert.Equal(DispatchError.BadOrigin, outcome.Result.Failed(out DispatchError error) ? error : default));
        Assert.False(Upgrade.Pending.TryGet(_chain.State.Main, out _));
    }

    [Fact]
    public void AStateWithUnknownRulesIsNotGoneOnFrom()
    {
        foreach (uint spec in new uint[] { 999, 1002 })
        {
            StateOverlay overlay = new(_chain.State);
            FrameSystem.LastRuntimeUpgrade.Set(overlay.Main, new LastRuntimeUpgradeInfo(spec, "phala-node"));
            Assert.Equal(BlockError.UnknownVersion, _chain.Runtime.TryBegin(overlay.ToSnapshot(), _chain.Best, 5, out _));
        }
    }

    private byte[] Code()
    {
        Assert.True(_chain.State.Main.TryGet(WellKnownKeys.Code, out ReadOnlySpan<byte> code));
        return code.ToArray();
    }

    private DispatchError Refused<T>(in T call)
        where T : ICall<T>
    {
        _chain.Author(AsRoot(call));
        Assert.False(Assert.Single(_chain.EventsOf<Sudo.Sudid>()).SudoResult.TryGet(out _, out DispatchError error));
        return error;
    }

    private OpaqueExtrinsic AsRoot<T>(in T call)
        where T : ICall<T> => _chain.Sign(Actor.Alice, new Sudo.SudoCall(RuntimeCall.Of(call)));
}
