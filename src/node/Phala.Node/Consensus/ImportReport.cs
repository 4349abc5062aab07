using Phala.Chain.Aura;
using Phala.Node.Storage;
using Phala.Runtime.Execution;

namespace Phala.Node.Consensus;

/// <summary>What became of a block, and why.</summary>
/// <param name="Status">What.</param>
/// <param name="Seal">Why the author was not entitled to it.</param>
/// <param name="Fault">Why it does not follow from its parent's state.</param>
/// <param name="Failure">Why it could not be written.</param>
public readonly record struct ImportReport(ImportStatus Status, AuraError Seal = AuraError.None, BlockFault Fault = default, StorageFailure? Failure = null)
{
    /// <inheritdoc/>
    public override string ToString() => Status switch
    {
        ImportStatus.BadSeal => $"bad seal: {Seal}",
        ImportStatus.BadBlock => $"bad block: {Fault}",
        ImportStatus.StorageFailed => $"storage failed: {Failure}",
        _ => Status.ToString(),
    };
}
