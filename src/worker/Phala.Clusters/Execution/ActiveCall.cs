using Phala.Trie;

namespace Phala.Clusters.Execution;

/// <summary>A call that has not ended.</summary>
/// <param name="contract">Whose storage it works on.</param>
/// <param name="kind">How its code is run.</param>
/// <param name="depositLimit">What may be locked at most for what it stores; null for any amount.</param>
internal sealed class ActiveCall(Hash256 contract, CallKind kind, UInt128? depositLimit)
{
    /// <summary>Whose storage it works on.</summary>
    internal Hash256 Contract { get; } = contract;

    /// <summary>How its code is run.</summary>
    internal CallKind Kind { get; } = kind;

    /// <summary>What may be locked at most for what it stores; null for any amount.</summary>
    internal UInt128? DepositLimit { get; } = depositLimit;

    /// <summary>Whether the contract may be called while this call waits for a message that it sent. While it makes a contract or borrows code, that decides nothing.</summary>
    internal bool AllowsReentry { get; set; } = true;

    /// <summary>What contracts stored before this call wrote to them first, where that is limited.</summary>
    internal Dictionary<Hash256, State.StorageUsage> Before { get; } = [];
}
