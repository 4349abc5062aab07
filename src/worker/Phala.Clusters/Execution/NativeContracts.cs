using System.Diagnostics.CodeAnalysis;
using Phala.Clusters.Native;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>The contracts that are part of the worker's program, by code hash.</summary>
public sealed class NativeContracts
{
    private readonly Dictionary<Hash256, NativeContract> _codes = [];

    /// <summary>Takes contracts.</summary>
    public NativeContracts(params ReadOnlySpan<(Hash256 Code, NativeContract Contract)> codes)
    {
        foreach ((Hash256 code, NativeContract contract) in codes) _codes.Add(code, contract);
    }

    /// <summary>All that the program has.</summary>
    public static NativeContracts Standard { get; } = new((NativeCode.SystemContract, new SystemContract()), (NativeCode.Vault, new VaultContract()));

    /// <summary>The contract of a code.</summary>
    public bool TryGet(in Hash256 code, [NotNullWhen(true)] out NativeContract? contract) => _codes.TryGetValue(code, out contract);
}
