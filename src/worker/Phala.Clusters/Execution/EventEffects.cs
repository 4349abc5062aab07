using Phala.Chain;
using Phala.Clusters.Pink;
using Phala.Clusters.State;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>Does what contracts tell their host by events, once the command, constructor or hook that emitted them has returned.</summary>
/// <remarks>
/// <b>Invariant.</b> What concerns the cluster or other contracts the system contract alone brings about, and it judges who may ask it. Whatever else an event says is noted and has no effect; no event is an error.
/// What the cache should remember is no part of the state: workers do that on their own (<see cref="EntryResult.Events"/>).
/// </remarks>
internal sealed class EventEffects(ClusterStorage storage, EntryOutput output)
{
    internal void Apply(uint index, IReadOnlyList<ContractEvent> events)
    {
        if (!storage.TryGetConfig(out ClusterConfig config)) return;
        foreach (ContractEvent told in events)
        {
            if (PinkEvent.IsOne(told)) Apply(index, config, told);
        }
    }

    private void Apply(uint index, in ClusterConfig config, ContractEvent told)
    {
        if (PinkEvent.IsPrivileged(told) && told.Contract != config.SystemContract)
        {
            Note(index, LogKind.EffectRefused, told.Contract);
            return;
        }

        if (PinkEvent.IsOfPrograms(told))
        {
            Note(index, LogKind.EffectUnsupported, told.Contract);
            return;
        }

        if (PinkEvent.TryRead(told, out PinkEvent? read)) Apply(index, read!);
        else Note(index, LogKind.EffectMalformed, told.Contract);
    }

    private void Apply(uint index, PinkEvent told)
    {
        switch (told)
        {
            case PinkEvent.SetHook hook:
                SetHook(index, new HookRecord(Id(hook.Contract), hook.Selector, Math.Min(hook.GasLimit, Fuel.MostOfHook)));
                return;
            case PinkEvent.SetLogHandler handler:
                storage.SetLogHandler(Id(handler.Contract));
                Note(index, LogKind.LogHandlerSet, Id(handler.Contract));
                return;
            case PinkEvent.SetContractWeight weight:
                storage.SetWeight(Id(weight.Contract), weight.Weight);
                Note(index, LogKind.WeightSet, Id(weight.Contract));
                return;
            case PinkEvent.UpgradeRuntimeTo upgrade:
                bool follows = upgrade.Version.Follows(storage.Rules);
                if (follows) storage.Rules = upgrade.Version;
                Note(index, follows ? LogKind.RulesChanged : LogKind.RulesRefused, default);
                return;
            default:
                return;
        }
    }

    /// <summary>A contract has one hook: another takes its place in the order.</summary>
    private void SetHook(uint index, in HookRecord hook)
    {
        List<HookRecord> hooks = [.. storage.Hooks];
        Hash256 contract = hook.Contract;
        int at = hooks.FindIndex(other => other.Contract == contract);
        LogKind kind = LogKind.HookSet;
        if (hook.GasLimit == 0) kind = at < 0 ? LogKind.HookRefused : LogKind.HookRemoved;
        else if (!storage.TryGetContract(contract, out _) || (at < 0 && hooks.Count == HookExecution.MostHooks)) kind = LogKind.HookRefused;
        Note(index, kind, contract);
        if (kind == LogKind.HookRefused) return;
        if (kind == LogKind.HookRemoved) hooks.RemoveAt(at);
        else if (at < 0) hooks.Add(hook);
        else hooks[at] = hook;
        storage.Hooks = [.. hooks];
    }

    private static Hash256 Id(in AccountId account) => new(account.AsSpan());

    private void Note(uint index, LogKind kind, in Hash256 subject) => output.Log.Add(new LogRecord(index, kind, subject));
}
