using Phala.Runtime.Interface.Transactions;

namespace Phala.Node.Consensus;

/// <summary>Where the author takes transactions from.</summary>
/// <param name="inOrder">Those that could be in the next block, the best first, each after those it requires.</param>
/// <param name="refuse">Is told which of them could not.</param>
public sealed class WaitingTransactions(Func<IEnumerable<WaitingTransaction>> inOrder, Action<WaitingTransaction, TransactionValidityError> refuse)
{
    /// <summary>Nothing waits.</summary>
    public static WaitingTransactions None { get; } = new(() => [], (_, _) => { });

    /// <summary>Those that could be in the next block.</summary>
    public IEnumerable<WaitingTransaction> InOrder() => inOrder();

    /// <summary>Tells that one could not.</summary>
    public void Refuse(WaitingTransaction transaction, TransactionValidityError why) => refuse(transaction, why);
}
