using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;

namespace Phala.Tests.Runtime.Model;

/// <summary>What calls are announced to cost: figures in picoseconds, and sums for calls that hold others.</summary>
internal static class ModelWeights
{
    public const ulong BaseExtrinsic = 50_000_000, BaseBlock = 500_000_000 + Queue, Queue = 68_000_000, Block = 1_000_000_000_000, Normal = Block / 4 * 3, Timestamp = 24_000_000, Derivative = 8_000_000;

    public static readonly ModelCost Batch = new(8_000_000), Item = new(5_000_000), Sudo = new(14_000_000);

    public static ModelCost Of(RuntimeCall call) => call switch
    {
        RuntimeCall<Utility.Batch> batch => Sum(batch.Arguments.Calls),
        RuntimeCall<Utility.BatchAll> batch => Sum(batch.Arguments.Calls),
        RuntimeCall<Utility.ForceBatch> batch => Sum(batch.Arguments.Calls),
        RuntimeCall<Utility.AsDerivative> derived => Of(derived.Arguments.Call) + new ModelCost(Derivative),
        RuntimeCall<Sudo.SudoCall> sudo => Of(sudo.Arguments.Call) + Sudo,
        RuntimeCall<Sudo.SudoAs> sudo => Of(sudo.Arguments.Call) + Sudo,
        RuntimeCall<Sudo.SudoUncheckedWeight> sudo => new ModelCost(sudo.Arguments.Weight.RefTime, sudo.Arguments.Weight.ProofSize),
        RuntimeCall<Session.SetValidators> set => new ModelCost(30_000_000 + (3_000_000 * (ulong)set.Arguments.Validators.Length)),
        RuntimeCall<PhalaMq.PushMessage> push => new ModelCost(36_000_000 + (5000 * (ulong)push.Arguments.Payload.Length)),
        RuntimeCall<PhalaMq.ForcePushPalletMessage> push => new ModelCost(36_000_000 + (5000 * (ulong)push.Arguments.Payload.Length)),
        _ => new ModelCost($"{call.Shape.Pallet.Name}.{call.Shape.Name}" switch
        {
            "System.remark" or "System.remark_with_event" => 2_000_000,
            "Timestamp.set" => Timestamp,
            "Balances.force_set_balance" or "Balances.burn" => 52_000_000,
            "Balances.transfer_allow_death" or "Balances.force_transfer" or "Balances.transfer_keep_alive" or "Balances.transfer_all" => 84_000_000,
            "Sudo.set_key" or "Sudo.remove_key" => 24_000_000,
            "Session.set_keys" => 108_000_000,
            "Session.purge_keys" => 84_000_000,
            "Upgrade.schedule" or "Upgrade.cancel" => 29_000_000,
            "PhalaRegistry.add_pruntime" or "PhalaRegistry.remove_pruntime" => 112_000_000,
            "PhalaRegistry.set_minimum_pruntime_version" => 20_000_000,
            string other => throw new ArgumentException($"The model does not know {other}.", nameof(call)),
        }),
    };

    /// <summary>Wrapped in whatever does not make it a user's own.</summary>
    public static bool IsMandatory(RuntimeCall call) => call switch
    {
        RuntimeCall<Timestamp.Set> => true,
        RuntimeCall<Utility.AsDerivative> derived => IsMandatory(derived.Arguments.Call),
        RuntimeCall<Sudo.SudoCall> sudo => IsMandatory(sudo.Arguments.Call),
        RuntimeCall<Sudo.SudoAs> sudo => IsMandatory(sudo.Arguments.Call),
        RuntimeCall<Sudo.SudoUncheckedWeight> sudo => IsMandatory(sudo.Arguments.Call),
        _ => false,
    };

    public static DispatchInfo Told(ModelCost cost, DispatchClass among, bool isFree) =>
        new(new Weight(cost.Time + BaseExtrinsic, cost.Proof), among, isFree ? Pays.No : Pays.Yes);

    private static ModelCost Sum(Phala.Codec.Vec<RuntimeCall> calls)
    {
        ModelCost sum = Batch;
        foreach (RuntimeCall call in calls) sum += Of(call) + Item;
        return sum;
    }
}
