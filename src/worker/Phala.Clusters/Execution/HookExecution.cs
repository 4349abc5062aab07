using System.Buffers.Binary;
using Phala.Chain;
using Phala.Clusters.Logs;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Worker.Interface.Receipts;

namespace Phala.Clusters.Execution;

/// <summary>Calls the messages that contracts have called at the end of each entry.</summary>
/// <remarks>
/// <b>Invariant.</b> They are called in the order of their registration, as it was when the entry's messages were done: what a hook changes about hooks counts from the next entry on. Each is a call of the contract by itself, paid
/// for in advance by what the contract has; one that can't pay is not called, and one that fails changes nothing but its balance. There are at most <see cref="MostHooks"/> with <see cref="Fuel.MostOfHook"/> each, so that an
/// entry without a message takes less than a second of the reference machine. No receipt tells of them: the state's root does.
/// </remarks>
internal sealed class HookExecution(ContractCodes codes, ClusterStorage storage, ExecutionPoint point, CommandExtension extension, CallConsequences consequences, EntryOutput output)
{
    /// <summary>How many contracts of a cluster may have one.</summary>
    internal const int MostHooks = 8;

    /// <summary>Calls all of them.</summary>
    /// <param name="index">The place after the entry's last message.</param>
    internal void Run(uint index)
    {
        if (!storage.TryGetConfig(out ClusterConfig config)) return;
        foreach (HookRecord hook in storage.Hooks)
        {
            if (storage.TryGetContract(hook.Contract, out _)) Run(index, config, hook);
            else Remove(index, hook);
        }
    }

    private void Run(uint index, in ClusterConfig config, in HookRecord hook)
    {
        AccountId self = new(hook.Contract.AsSpan());
        Span<byte> input = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(input, hook.Selector);
        PaidCall call = new(storage, config, self, isFree: false, hook.GasLimit, default);
        if (!call.TryBegin(codes, point, extension))
        {
            output.Log.Add(new LogRecord(index, LogKind.HookCannotPay, hook.Contract));
            return;
        }

        CallResult result = call.End(call.Engine.Call(self, hook.Contract, 0, input), out OutcomeStatus status);
        if (status != OutcomeStatus.Succeeded) output.Log.Add(new LogRecord(index, LogKind.HookFailed, hook.Contract));
        consequences.Draw(index, call.Made, call.Events);
        output.Leave(new RunLog(point, ExecutionMode.Command, self, hook.Contract).AddText(call.Engine).AddEvents(call.Events).AddEnd("contract call", result, call.IsPaid));
    }

    /// <summary>A contract that has ended is not called any more.</summary>
    private void Remove(uint index, HookRecord hook)
    {
        storage.Hooks = [.. storage.Hooks.Where(other => other.Contract != hook.Contract)];
        output.Log.Add(new LogRecord(index, LogKind.HookRemoved, hook.Contract));
    }
}
