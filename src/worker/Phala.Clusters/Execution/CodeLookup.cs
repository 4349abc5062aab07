using Phala.Clusters.State;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>Finds the code that calls run, and charges for having it ready before anything is done about it.</summary>
/// <param name="codes">The program's code, and what is compiled of others.</param>
/// <param name="storage">The state.</param>
/// <param name="mode">What it is run for.</param>
/// <param name="rules">The cluster's rules.</param>
/// <param name="fuel">The run's gas.</param>
internal sealed class CodeLookup(ContractCodes codes, ClusterStorage storage, ExecutionMode mode, RulesVersion rules, FuelMeter fuel)
{
    /// <summary>The newest code of system contracts under the rules; null where the program does not know them.</summary>
    internal Hash256? SystemCode => codes.Find(rules)?.SystemCode;

    /// <summary>Finds code to run.</summary>
    /// <returns>Why there is none; <see cref="CallStatus.Returned"/> where there is.</returns>
    internal CallStatus Find(in Hash256 hash, out ContractCode? code)
    {
        code = null;
        if (!fuel.TrySpend(Fuel.Read)) return CallStatus.OutOfGas;
        if (codes.TryGetNative(hash, rules, out code)) return CallStatus.Returned;
        if (!TryGetAdded(hash, out CodeRecord record)) return CallStatus.CodeNotFound;
        if (!storage.Prepared.Contains(hash))
        {
            if (!fuel.TrySpend((Fuel.PrepareByte * record.Length) + (Fuel.CompileByte * record.Work))) return CallStatus.OutOfGas;
            storage.Prepared.Add(hash, record.Length);
        }

        return codes.TryGetAdded(hash, storage, mode, out code) ? CallStatus.Returned : CallStatus.CodeNotFound;
    }

    /// <summary>Whether there is code that contracts may run, without having it ready.</summary>
    internal bool IsThere(in Hash256 hash) => codes.TryGetNative(hash, rules, out _) || TryGetAdded(hash, out _);

    /// <summary>Whether there is code: of contracts, or of programs beside them.</summary>
    internal bool IsThere(in Hash256 hash, bool besideContracts)
    {
        if (!besideContracts && codes.TryGetNative(hash, rules, out _)) return true;
        return storage.TryGetCode(hash, out CodeRecord record) && (record.Kind == ResourceType.SidevmCode) == besideContracts;
    }

    /// <summary>Code that may compute differently from worker to worker answers queries alone.</summary>
    private bool TryGetAdded(in Hash256 hash, out CodeRecord record) =>
        storage.TryGetCode(hash, out record) && (record.Kind == ResourceType.InkCode || (record.Kind == ResourceType.IndeterministicInkCode && mode == ExecutionMode.Query));
}
