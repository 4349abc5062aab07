using Microsoft.Extensions.Logging;

namespace Phala.Node.Host;

/// <summary>What a node does beside answering: tasks that go on until the node ends.</summary>
/// <remarks>
/// <b>Invariant.</b> None of them ends unnoticed. A node that looks alive and makes no blocks, or tells its subscribers nothing, is worse than one that has ended: that one is
/// started again.
/// </remarks>
/// <param name="log">Where operators read of it.</param>
internal sealed class NodeWork(ILogger log) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _tasks = [];

    /// <summary>Cancelled when the node ends.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Completed when a task has ended before the node did: with what has failed, in words.</summary>
    public Task<string> Failure => _failure.Task;

    /// <summary>Begins a task. What it does before it first waits is done when this returns.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="work">The task, which ends when it is told to.</param>
    public void Begin(string name, Func<CancellationToken, Task> work) => _tasks.Add(WatchAsync(name, work));

    /// <summary>Tells the tasks to end.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Tells the tasks to end, and waits until they have.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WatchAsync(string name, Func<CancellationToken, Task> work)
    {
        Exception? failure = null;
        try
        {
            await work(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The node ends.
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (failure is null && _stop.IsCancellationRequested) return;
        HostLog.WorkFailed(log, name, failure);
        _failure.TrySetResult($"{name} has failed: {failure?.Message ?? "it ended by itself"}");
    }
}
