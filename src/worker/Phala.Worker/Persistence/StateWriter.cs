using System.Threading.Channels;

namespace Phala.Worker.Persistence;

/// <summary>Writes to the store on a thread of its own, in order: whoever executes does not wait for the disk.</summary>
internal sealed class StateWriter : IAsyncDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StateStore _store;
    private readonly Action<Exception> _failed;
    private readonly Task _running;
    private bool _hasFailed;

    /// <summary>Begins to write.</summary>
    /// <param name="store">The store; taken over.</param>
    /// <param name="failed">Told once that writing failed: nothing is written any more.</param>
    public StateWriter(StateStore store, Action<Exception> failed)
    {
        (_store, _failed) = (store, failed);
        _running = Task.Run(RunAsync);
    }

    /// <summary>The bytes of the log since the last snapshot.</summary>
    public long LogLength => _store.LogLength;

    /// <summary>Adds a record.</summary>
    public void Append(byte[] record) => _work.Writer.TryWrite(() => _store.Append(record));

    /// <summary>Begins a generation.</summary>
    public void Begin(byte[] snapshot) => _work.Writer.TryWrite(() => _store.Begin(snapshot));

    /// <summary>Does something with files, in turn.</summary>
    public void Do(Action work) => _work.Writer.TryWrite(work);

    /// <summary>Completes when all that was added so far is durable.</summary>
    /// <returns>False where it never will be.</returns>
    public async Task<bool> FlushAsync()
    {
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isTaken = _work.Writer.TryWrite(() =>
        {
            _store.Flush();
            done.SetResult(true);
        });
        if (!isTaken) return false;
        await Task.WhenAny(done.Task, _running).ConfigureAwait(false);
        return done.Task.IsCompletedSuccessfully;
    }

    /// <summary>Writes what was added and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        _store.Dispose();
    }

    private async Task RunAsync()
    {
        await foreach (Action work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (!TryDo(work)) return;
        }

        TryDo(_store.Flush);
    }

    private bool TryDo(Action work)
    {
        if (_hasFailed) return false;
        try
        {
            work();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _hasFailed = true;
            _work.Writer.TryComplete();
            _failed(failure);
            return false;
        }
    }
}
