using System.Diagnostics.CodeAnalysis;
using Phala.Clusters.Native;
using Phala.Clusters.State;
using Phala.Clusters.Wasm;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>The code of contracts, by its hash: what is part of the worker's program, and what clusters have been given.</summary>
/// <remarks>One of it serves all clusters and queries of a program, on any thread: what is compiled is shared.</remarks>
public sealed class ContractCodes
{
    private static readonly ClusterRules[] StandardRules = [new(RulesVersion.First, NativeCode.SystemContract)];

    private readonly Dictionary<Hash256, ContractCode> _native = [];
    private readonly ClusterRules[] _rules;
    private readonly WasmCodes _executed, _asked;

    /// <summary>Takes the contracts of the program.</summary>
    public ContractCodes(params ReadOnlySpan<(Hash256 Code, ContractCode Contract)> codes)
        : this(optimizes: true, StandardRules, codes)
    {
    }

    /// <summary>Takes the contracts of the program.</summary>
    /// <param name="optimizes">Whether others are compiled with optimization: it decides time alone.</param>
    /// <param name="codes">The contracts.</param>
    internal ContractCodes(bool optimizes, params ReadOnlySpan<(Hash256 Code, ContractCode Contract)> codes)
        : this(optimizes, StandardRules, codes)
    {
    }

    /// <summary>Takes the contracts of the program.</summary>
    /// <param name="optimizes">Whether others are compiled with optimization.</param>
    /// <param name="rules">The rules that the program has, the oldest first.</param>
    /// <param name="codes">The contracts.</param>
    internal ContractCodes(bool optimizes, ClusterRules[] rules, params ReadOnlySpan<(Hash256 Code, ContractCode Contract)> codes)
    {
        _rules = rules;
        (_executed, _asked) = (new WasmCodes(optimizes), new WasmCodes(optimizes));
        foreach ((Hash256 code, ContractCode contract) in codes) _native.Add(code, contract);
    }

    /// <summary>All that the program has.</summary>
    public static ContractCodes Standard { get; } = new((NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()));

    /// <summary>The newest version of rules that the program has.</summary>
    public RulesVersion Newest => _rules[^1].Version;

    /// <summary>Whether the program has rules of a version. One that has not can't execute by them.</summary>
    public bool Knows(RulesVersion version) => Find(version) is not null;

    /// <summary>Rules of a version; null where the program does not have them.</summary>
    internal ClusterRules? Find(RulesVersion version)
    {
        int at = Array.FindIndex(_rules, rules => rules.Version == version);
        return at < 0 ? null : _rules[at];
    }

    /// <summary>Finds code of the program that is there under rules: what only newer ones have is not there yet, whatever programs have it already.</summary>
    internal bool TryGetNative(in Hash256 code, RulesVersion version, [NotNullWhen(true)] out ContractCode? contract) => _native.TryGetValue(code, out contract) && IsThere(code, version);

    /// <summary>Finds code that the cluster was given. What queries ask for does not take the room of what commands run, however much they ask.</summary>
    internal bool TryGetAdded(in Hash256 code, ClusterStorage storage, ExecutionMode mode, [NotNullWhen(true)] out ContractCode? contract) =>
        mode == ExecutionMode.Command ? _executed.TryGet(code, storage, out contract) : _executed.TryFind(code, storage, out contract) || _asked.TryGet(code, storage, out contract);

    private bool IsThere(Hash256 code, RulesVersion version)
    {
        int first = Array.FindIndex(_rules, rules => rules.SystemCode == code);
        return first < 0 || version.IsAtLeast(_rules[first].Version);
    }
}
