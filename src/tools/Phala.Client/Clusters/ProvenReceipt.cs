using Phala.Chain;
using Phala.Worker.Interface.Receipts;

namespace Phala.Client.Clusters;

/// <summary>A receipt that a final block proves, unopened.</summary>
/// <param name="File">The receipt with its proof.</param>
/// <param name="Block">The block.</param>
internal sealed record ProvenReceipt(ReceiptFile File, BlockId Block);
