using Phala.Client.Transactions;
using Phala.Codec;
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

    /// <summary>Its place in the queue, proven.</summary>
    public MessageId Id { get; }

    /// <summary>The transaction that brought it there. That its block is final and has the command is proven; its events are what the node says.</summary>
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
        if (receipt.Contract != Contract) return new ClientFailure(ClientError.NotVerified, $"The cluster took the command for one to contract {receipt.Contract}.");
        if (receipt.Status is not ReceiptStatus.Executed) return new VerifiedReceipt(proven.File, proven.Block);
        ClientResult<OpenedOutcome?> outcome = receipt.Sealed.Length == 0 ? await AskAsync(receipt, sender, stop).ConfigureAwait(false) : await OpenAsync(receipt, sender, stop).ConfigureAwait(false);
        if (!outcome.TryGet(out OpenedOutcome? opened, out failure)) return failure;
        return new VerifiedReceipt(opened is null ? proven.File : proven.File with { Opened = new(opened) }, proven.Block);
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _replyKey.Dispose();

    private async Task<ClientResult<OpenedOutcome?>> OpenAsync(Receipt receipt, AccountSigner? sender, CancellationToken stop)
    {
        ReceiptContext context = ReceiptContext.Of(_cluster.Verified.Genesis, _cluster.Id, receipt);
        EnvelopeError error = ReceiptEnvelope.TryOpen(context, _replyKey, receipt, out SealedOutcome? opened);
        if (error != EnvelopeError.None) return new ClientFailure(ClientError.NotVerified, $"The outcome does not open: {error}.");
        return opened is SealedOutcome.Whole whole ? new OpenedOutcome(whole.Outcome, whole.Blinder) : await AskAsync(receipt, sender, stop).ConfigureAwait(false);
    }

    /// <summary>Asks for an outcome that the receipt could not carry, and compares it with what the receipt commits to.</summary>
    private async Task<ClientResult<OpenedOutcome?>> AskAsync(Receipt receipt, AccountSigner? sender, CancellationToken stop)
    {
        if (sender is null) return (OpenedOutcome?)null;
        ClientResult<VerifiedAnswer> asked = await _cluster.Contract(Contract).QueryAsync(new InkQueryData.CommandOutput(Id), sender, stop).ConfigureAwait(false);
        if (!asked.TryGet(out VerifiedAnswer? answer, out ClientFailure? failure)) return failure;
        return Scale.Decode<OpenedOutcome>(answer.Data.AsSpan()).TryGet(out OpenedOutcome? opened) && opened.Outcome.Commitment(opened.Blinder) == receipt.Commitment
            ? opened
            : new ClientFailure(ClientError.NotVerified, "The worker's outcome is not the one that the receipt commits to.");
    }
}
