using Phala.Chain;
using Phala.Runtime.Interface.Clusters;
using Phala.Worker.Interface.Receipts;

namespace Phala.Client.Clusters;

/// <summary>A receipt that this program has verified.</summary>
/// <param name="File">The receipt with everything that convinces others: <see cref="ReceiptFile.ToBytes"/> makes a file of it.</param>
/// <param name="Block">The final block that proves it.</param>
public sealed record VerifiedReceipt(ReceiptFile File, BlockId Block)
{
    /// <summary>The receipt.</summary>
    public Receipt Receipt => File.Receipt;

    /// <summary>Whether the command was executed; how that ended, the outcome says.</summary>
    public bool IsExecuted => Receipt.Status is ReceiptStatus.Executed;

    /// <summary>How the command ended; null where it was not executed, or the outcome is not for us.</summary>
    public Outcome? Outcome => File.Opened.TryGet(out OpenedOutcome? opened) ? opened.Outcome : null;

    /// <summary>Whether the command did what it should.</summary>
    public bool IsSuccess => Outcome?.Status == OutcomeStatus.Succeeded;
}
