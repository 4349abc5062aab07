using Phala.Codec;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>Which code a contract has.</summary>
[Scale("phala_types::contract::CodeIndex")]
public abstract partial record CodeIndex
{
    private CodeIndex()
    {
    }

    /// <summary>Code of the cluster's store, or one of the worker's own contracts.</summary>
    /// <param name="Hash">Its hash.</param>
    [Variant(0, Unnamed = true)]
    public sealed record WasmCode(Hash256 Hash) : CodeIndex;
}
