using Phala.Chain.Grandpa;
using Phala.Node.Storage;

namespace Phala.Node.Consensus;

/// <summary>What became of a justification, and why.</summary>
/// <param name="Status">What.</param>
/// <param name="Error">Why it proves nothing.</param>
/// <param name="Failure">Why it could not be written.</param>
public readonly record struct JustificationReport(JustificationStatus Status, JustificationError Error = JustificationError.None, StorageFailure? Failure = null)
{
    /// <summary>Whether its block is final now.</summary>
    public bool IsFinal => Status is JustificationStatus.Finalized or JustificationStatus.AlreadyFinalized;

    /// <inheritdoc/>
    public override string ToString() => Status switch
    {
        JustificationStatus.BadJustification => $"bad justification: {Error}",
        JustificationStatus.StorageFailed => $"storage failed: {Failure}",
        _ => Status.ToString(),
    };
}
