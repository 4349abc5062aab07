using Phala.Chain;
using Phala.Runtime.Framework;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Versions;
using Phala.Trie.Storage;

namespace Phala.Runtime.Pallets;

/// <summary>Changes the rules at the end of a block that everybody knows in advance: new code for light clients, a digest item, and from the next block on a new spec version.</summary>
public sealed class UpgradePallet : Pallet
{
    private readonly Func<uint, byte[]> _lightCode;

    /// <summary>Registers the calls and the hook.</summary>
    /// <param name="lightCode">The code for light clients, for a spec version.</param>
    public UpgradePallet(Func<uint, byte[]> lightCode)
        : base(Upgrade.Shape)
    {
        _lightCode = lightCode;
        Call<Upgrade.Schedule>(Weights.ScheduleUpgrade, OnSchedule);
        Call<Upgrade.Cancel>(Weights.ScheduleUpgrade, OnCancel);
        FinalizeBlock = OnFinalize;
    }

    /// <summary>The spec version that a state's next block follows.</summary>
    public static uint SpecVersion(TrieOverlay state) => FrameSystem.LastRuntimeUpgrade.Get(state).SpecVersion;

    private DispatchResult OnSchedule(CallContext context, Upgrade.Schedule call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        if (call.SpecVersion <= SpecVersion(context.State)) return Fail(Upgrade.Error.VersionMustGrow);
        if (call.SpecVersion > PhalaVersion.LatestSpec) return Fail(Upgrade.Error.UnknownVersion);
        if (call.At < context.Block.Number) return Fail(Upgrade.Error.TooEarly);
        Upgrade.Pending.Set(context.State, new ScheduledUpgrade(call.At, call.SpecVersion));
        context.Deposit(new Upgrade.Scheduled(call.At, call.SpecVersion));
        return DispatchResult.Ok;
    }

    private DispatchResult OnCancel(CallContext context, Upgrade.Cancel call)
    {
        if (!context.Origin.IsRoot) return DispatchError.BadOrigin;
        if (!Upgrade.Pending.TryGet(context.State, out _)) return Fail(Upgrade.Error.NothingScheduled);
        Upgrade.Pending.Remove(context.State);
        context.Deposit(new Upgrade.Cancelled());
        return DispatchResult.Ok;
    }

    private void OnFinalize(BlockContext block)
    {
        TrieOverlay state = block.State;
        if (!Upgrade.Pending.TryGet(state, out ScheduledUpgrade upgrade) || upgrade.At != block.Number) return;
        Upgrade.Pending.Remove(state);
        FrameSystem.LastRuntimeUpgrade.Set(state, new LastRuntimeUpgradeInfo(upgrade.SpecVersion, block.Version.SpecName));
        state.Set(WellKnownKeys.Code, _lightCode(upgrade.SpecVersion));
        block.DepositDigest(new DigestItem.RuntimeEnvironmentUpdated());
        block.Deposit(new FrameSystem.CodeUpdated());
    }
}
