using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>A call that has not ended.</summary>
/// <param name="contract">Whose storage it works on.</param>
/// <param name="kind">How its code is run.</param>
internal sealed class ActiveCall(Hash256 contract, CallKind kind)
{
    /// <summary>Whose storage it works on.</summary>
    internal Hash256 Contract { get; } = contract;

    /// <summary>How its code is run.</summary>
    internal CallKind Kind { get; } = kind;

    /// <summary>Whether the contract may be called while this call waits for one that it made.</summary>
    internal bool AllowsReentry { get; set; }
}
