using Phala.Node.TxPool.Graph;

namespace Phala.Node.TxPool;

/// <summary>What the parts of the pool share. All but <see cref="View"/> belongs to who holds <see cref="Gate"/>, and it is held for moments: nothing is validated under it.</summary>
internal sealed class PoolState(PoolOptions options, TimeProvider time, PoolView view, TransactionGraph graph)
{
    private readonly List<Change> _changes = [];
    private volatile PoolView _view = view;

    public Lock Gate { get; } = new();

    public PoolOptions Options { get; } = options;

    public TransactionGraph Graph { get; } = graph;

    public WatchList Watches { get; } = new(options.MaxWatches, options.FinalityTimeoutBlocks);

    public BanList Bans { get; } = new(time, options.BanTime, options.MaxBanned);

    public List<ReadySubscription> Subscriptions { get; } = [];

    public LinkedList<TransactionBroadcast> Broadcasts { get; } = [];

    public PoolTally Tally { get; } = new();

    /// <summary>The best block. Changed under the gate, read by anybody.</summary>
    public PoolView View
    {
        get => _view;
        set => _view = value;
    }

    /// <summary>Tells watchers and subscribers what the graph has done; under the gate, after every change.</summary>
    public void Tell()
    {
        Graph.TakeChanges(_changes);
        foreach (Change change in _changes) Tell(change);
        _changes.Clear();
    }

    private void Tell(in Change change)
    {
        PoolTransaction transaction = change.Node.Transaction;
        switch (change.Kind)
        {
            // What came and went within one step was never there for anybody.
            case ChangeKind.Ready when change.Node.Place == NodePlace.Ready:
                Watches.Send(transaction.Hash, new TransactionStatus(TransactionStatusKind.Ready));
                foreach (ReadySubscription subscription in Subscriptions) subscription.Send(transaction);
                break;
            case ChangeKind.Future when change.Node.Place == NodePlace.Future:
                Watches.Send(transaction.Hash, new TransactionStatus(TransactionStatusKind.Future));
                break;
            case ChangeKind.Usurped:
                Watches.Send(transaction.Hash, new TransactionStatus(TransactionStatusKind.Usurped, change.By));
                break;
            case ChangeKind.Dropped:
                Watches.Send(transaction.Hash, new TransactionStatus(TransactionStatusKind.Dropped));
                break;
            case ChangeKind.Invalid:
                Watches.Send(transaction.Hash, new TransactionStatus(TransactionStatusKind.Invalid));
                break;
            default:
                // Watchers of included ones hear it from the block, which may hold what the pool does not.
                break;
        }
    }
}
