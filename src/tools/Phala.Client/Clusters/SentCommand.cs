using Phala.Client.Transactions;
using Phala.Crypto.Encryption;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;

namespace Phala.Client.Clusters;

/// <summary>A command that is in the queue for good, with the key that opens its outcome.</summary>
public sealed class SentCommand : IDisposable
{
    private readonly ClusterClient _cluster;
    private readonly X25519KeyPair _replyKey;

    internal SentCommand(ClusterClient cluster, Hash256 contract, MessageId id, TransactionResult transaction, X25519KeyPair replyKey) =>
        (_cluster, Contract, Id, Transaction, _replyKey) = (cluster, contract, id, transaction, replyKey);

    /// <summary>The contract.</summary>
    public Hash256 Contract { get; }

    /// <summary>Its place in the queue.</summary>
    public MessageId Id { get; }

    /// <summary>The transaction that brought it there.</summary>
    public TransactionResult Transaction { get; }

    /// <summary>Waits for the receipt, and verifies it.</summary>
    /// <param name="sender">Who sent the command: long outputs are asked for by query. Null to do without them.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The receipt with its outcome, or <see cref="ClientError.NoReceipt"/>.</returns>
    public async Task<ClientResult<VerifiedReceipt>> ReceiptAsync(AccountSigner? sender = null, CancellationToken stop = default)
    {
        ClientResult<ProvenReceipt> found = await new ReceiptFinder(_cluster).FindAsync(Id, Transaction.Block, stop).ConfigureAwait(false);
        if (!found.TryGet(out ProvenReceipt? proven, out ClientFailure? failure)) return failure;
        Receipt receipt = proven.File.Receipt;
        if (receipt.Status is not ReceiptStatus.Executed || receipt.Sealed.Length == 0) return new VerifiedReceipt(proven.File, proven.Block);

        ReceiptContext context = ReceiptContext.Of(_cluster.Verified.Genesis, _cluster.Id, receipt);
        EnvelopeError error = ReceiptEnvelope.TryOpen(context, _replyKey, receipt, out SealedOutcome? opened);
        if (error != EnvelopeError.None) return new ClientFailure(ClientError.NotVerified, $"The outcome does not open: {error}.");
        ClientResult<OpenedOutcome?> whole = await WholeAsync(opened!, sender, stop).ConfigureAwait(false);
        if (!whole.TryGet(out OpenedOutcome? outcome, out failure)) return failure;
        ReceiptFile file = outcome is null ? proven.File : proven.File with { Opened = new(outcome) };
        return new VerifiedReceipt(file, proven.Block);
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _replyKey.Dispose();

    private async Task<ClientResult<OpenedOutcome?>> WholeAsync(SealedOutcome opened, AccountSigner? sender, CancellationToken stop)
    {
        if (opened is SealedOutcome.Whole whole) return new OpenedOutcome(whole.Outcome, whole.Blinder);
        if (opened is not SealedOutcome.WithoutOutput partial || sender is null) return (OpenedOutcome?)null;
        ClientResult<VerifiedAnswer> asked = await _cluster.Contract(Contract).QueryAsync(new InkQueryData.CommandOutput(Id), sender, stop).ConfigureAwait(false);
        if (!asked.TryGet(out VerifiedAnswer? answer, out ClientFailure? failure)) return failure;
        return new OpenedOutcome(new Outcome(partial.Status, partial.Gas, answer.Data), partial.Blinder);
    }
}
