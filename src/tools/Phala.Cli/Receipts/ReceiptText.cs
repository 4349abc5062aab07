using System.Globalization;
using Phala.Client.Clusters;
using Phala.Runtime.Interface.Clusters;

namespace Phala.Cli.Receipts;

/// <summary>Receipts in words.</summary>
internal static class ReceiptText
{
    /// <summary>What everybody may know of a command.</summary>
    public static string Of(ReceiptStatus status) => status is ReceiptStatus.NotExecuted reason ? $"not executed: {reason.Reason}" : "executed";

    /// <summary>Where a receipt is, and what it commits to.</summary>
    public static (string Name, string Value)[] Fields(VerifiedReceipt receipt) =>
    [
        ("message", $"{receipt.Receipt.Id.Count}/{receipt.Receipt.Id.Index}"),
        ("commitment", receipt.Receipt.Commitment.ToString()),
        ("provenInBlock", receipt.Block.Number.ToString(CultureInfo.InvariantCulture)),
    ];
}
