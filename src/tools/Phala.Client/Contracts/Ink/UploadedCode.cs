using Phala.Client.Clusters;
using Phala.Client.Transactions;

namespace Phala.Client.Contracts.Ink;

/// <summary>Code that a cluster has taken.</summary>
/// <param name="Transaction">What brought it there.</param>
/// <param name="Answer">The verified answer that says that the cluster has it.</param>
public sealed record UploadedCode(TransactionResult Transaction, VerifiedAnswer Answer);
