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
    private readonly Dictionary<Hash256, ContractCode> _native = [];
    private readonly WasmCodes _added;

    /// <summary>Takes the contracts of the program.</summary>
    public ContractCodes(params ReadOnlySpan<(Hash256 Code, ContractCode Contract)> codes)
        : this(optimizes: true, codes)
    {
    }

    /// <summary>Takes the contracts of the program.</summary>
    /// <param name="optimizes">Whether others are compiled with optimization: it decides time alone.</param>
    /// <param name="codes">The contracts.</param>
    internal ContractCodes(bool optimizes, params ReadOnlySpan<(Hash256 Code, ContractCode Contract)> codes)
    {
        _added = new WasmCodes(optimizes);
        foreach ((Hash256 code, ContractCode contract) in codes) _native.Add(code, contract);
    }

    /// <summary>All that the program has.</summary>
    public static ContractCodes Standard { get; } = new((NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()));

    /// <summary>Whether code is part of the program.</summary>
    public bool IsNative(in Hash256 code) => _native.ContainsKey(code);

    /// <summary>Finds what runs for a mode: code that may compute differently from worker to worker answers queries alone.</summary>
    internal bool TryGet(in Hash256 code, ClusterStorage storage, ExecutionMode mode, [NotNullWhen(true)] out ContractCode? contract) =>
        _native.TryGetValue(code, out contract) || _added.TryGet(code, storage, mode, out contract);
}
