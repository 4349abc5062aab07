using Microsoft.Extensions.Logging.Abstractions;
using Phala.Node.Host;
using Xunit;

namespace Phala.Tests.Node.Host;

/// <summary>No part of a node ends unnoticed.</summary>
public sealed class NodeWorkTests
{
    [Fact]
    public async Task WorkThatFailsIsAFailureOfTheNodeAndDoesNotHinderItsEnd()
    {
        NodeWork work = new(NullLogger.Instance);
        TaskCompletionSource trouble = new(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Begin("Waiting", stop => Task.Delay(Timeout.Infinite, stop));
        work.Begin("Breaking", _ => trouble.Task);
        Assert.False(work.Failure.IsCompleted);
        trouble.SetException(new InvalidOperationException("no disk"));
        Assert.Equal("Breaking has failed: no disk", await work.Failure);
        await work.DisposeAsync();
    }

    [Fact]
    public async Task WorkThatEndsByItselfIsAFailureToo()
    {
        await using NodeWork work = new(NullLogger.Instance);
        work.Begin("Waiting", static _ => Task.CompletedTask);
        Assert.Equal("Waiting has failed: it ended by itself", await work.Failure);
    }

    [Fact]
    public async Task WorkThatThrowsAtOnceIsAFailureToo()
    {
        await using NodeWork work = new(NullLogger.Instance);
        work.Begin("Beginning", static _ => throw new InvalidOperationException("not even begun"));
        Assert.Equal("Beginning has failed: not even begun", await work.Failure);
    }

    [Fact]
    public async Task WorkThatIsToldToEndIsNone()
    {
        NodeWork work = new(NullLogger.Instance);
        work.Begin("Waiting", stop => Task.Delay(Timeout.Infinite, stop));
        work.Begin("Waiting quietly", stop => Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default));
        await work.StopAsync();
        Assert.True(work.Stopping.IsCancellationRequested);
        await work.DisposeAsync();
        Assert.False(work.Failure.IsCompleted);
    }
}
