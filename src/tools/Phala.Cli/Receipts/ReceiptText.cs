using Phala.Runtime.Interface.Clusters;

namespace Phala.Cli.Receipts;

/// <summary>Receipts in words.</summary>
internal static class ReceiptText
{
    /// <summary>What everybody may know of a command.</summary>
    public static string Of(ReceiptStatus status) => status is ReceiptStatus.NotExecuted reason ? $"not executed: {reason.Reason}" : "executed";
}
