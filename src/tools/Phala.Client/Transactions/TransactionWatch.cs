using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;

namespace Phala.Client.Transactions;

/// <summary>A transaction that has been submitted and is watched until it is disposed of or nothing more can become of it.</summary>
public sealed class TransactionWatch : IAsyncDisposable
{
    private readonly ChainClient _client;
    private readonly OpaqueExtrinsic _transaction;
    private readonly ClientSubscription<TransactionStatus> _statuses;

    internal TransactionWatch(ChainClient client, OpaqueExtrinsic transaction, ClientSubscription<TransactionStatus> statuses) =>
        (_client, _transaction, _statuses, Hash) = (client, transaction, statuses, transaction.Hash());

    /// <summary>The transaction's hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>The next status. None follows one that <see cref="TransactionStatus.IsLast"/>.</summary>
    public ValueTask<ClientResult<TransactionStatus>> NextAsync(CancellationToken stop = default) => _statuses.NextAsync(stop);

    /// <summary>Waits until the transaction is in a block of the best chain, and reads what it did there. The block may still be undone.</summary>
    public Task<ClientResult<TransactionResult>> InBlockAsync(CancellationToken stop = default) => WaitAsync(TransactionStatusKind.InBlock, stop);

    /// <summary>Waits until the transaction is in a final block, and reads what it did there.</summary>
    public Task<ClientResult<TransactionResult>> FinalizedAsync(CancellationToken stop = default) => WaitAsync(TransactionStatusKind.Finalized, stop);

    /// <summary>Stops watching.</summary>
    public ValueTask DisposeAsync() => _statuses.DisposeAsync();

    private async Task<ClientResult<TransactionResult>> WaitAsync(TransactionStatusKind until, CancellationToken stop)
    {
        while (true)
        {
            ClientResult<TransactionStatus> next = await NextAsync(stop).ConfigureAwait(false);
            if (!next.TryGet(out TransactionStatus status, out ClientFailure? failure)) return failure;
            if (status.Kind == until || status.Kind == TransactionStatusKind.Finalized) return await ReadAsync(status.Hash, stop).ConfigureAwait(false);
            if (status.IsLast) return FailureOf(status);
        }
    }

    private ClientFailure FailureOf(in TransactionStatus status) => status.Kind switch
    {
        TransactionStatusKind.Usurped => new ClientFailure(ClientError.Usurped, $"Transaction {status.Hash} took the place of {Hash}."),
        TransactionStatusKind.Dropped => new ClientFailure(ClientError.Dropped, $"The pool had no room for {Hash} any more."),
        TransactionStatusKind.Invalid => new ClientFailure(ClientError.Invalid, $"Transaction {Hash} is not valid any more."),
        _ => new ClientFailure(ClientError.FinalityTimeout, $"Block {status.Hash} with transaction {Hash} did not become final."),
    };

    /// <summary>The events of the transaction in a block, whose rules must be those that this program knows: events are read by them.</summary>
    private async Task<ClientResult<TransactionResult>> ReadAsync(Hash256 hash, CancellationToken stop)
    {
        Task<ClientResult<Vec<EventRecord>>> asked = _client.Storage.GetAsync(FrameSystem.Events, hash, stop);
        ClientResult<Block> block = await _client.Blocks.BlockAsync(hash, stop).ConfigureAwait(false);
        ClientResult<Vec<EventRecord>> events = await asked.ConfigureAwait(false);
        if (!block.TryGet(out Block body, out ClientFailure? failure) || !events.TryGet(out Vec<EventRecord> records, out failure)) return failure;
        int index = body.Extrinsics.AsSpan().IndexOf(_transaction);
        if (index < 0) return new ClientFailure(ClientError.UnexpectedAnswer, $"The node says that block {hash} holds transaction {Hash}, which it does not.");
        Phase phase = new Phase.ApplyExtrinsic((uint)index);
        RuntimeEvent[] own = [.. records.Where(record => record.Phase == phase).Select(record => record.Event)];
        return own.LastOrDefault() switch
        {
            RuntimeEvent<FrameSystem.ExtrinsicSuccess> => new TransactionResult(hash, (uint)index, own, null),
            RuntimeEvent<FrameSystem.ExtrinsicFailed> failed => new TransactionResult(hash, (uint)index, own, failed.Value.DispatchError),
            _ => new ClientFailure(ClientError.UnexpectedAnswer, $"Block {hash} does not tell how transaction {Hash} ended."),
        };
    }
}
