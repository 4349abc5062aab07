namespace Phala.Clusters.Execution;

/// <summary>What a contract says when it calls another.</summary>
/// <param name="GasLimit">The gas that the call may take; 0 for all that is left.</param>
/// <param name="AllowsReentry">Whether the caller may be called while it waits.</param>
/// <param name="DepositLimit">What may be locked at most for what the call stores, less what it frees; null for any amount.</param>
internal readonly record struct CallTerms(ulong GasLimit = 0, bool AllowsReentry = false, UInt128? DepositLimit = null);
