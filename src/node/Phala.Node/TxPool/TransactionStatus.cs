using Phala.Trie;

namespace Phala.Node.TxPool;

/// <summary>What a watcher hears of a transaction.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Hash">A block or a usurper, as the kind says.</param>
/// <param name="Index">The place in the block, of kinds that name a block.</param>
/// <param name="Peers">To whom it was sent, of <see cref="TransactionStatusKind.Broadcast"/>.</param>
public readonly record struct TransactionStatus(TransactionStatusKind Kind, Hash256 Hash = default, uint Index = 0, IReadOnlyList<string>? Peers = null)
{
    /// <summary>Whether no other follows.</summary>
    public bool IsLast => Kind >= TransactionStatusKind.FinalityTimeout;
}
