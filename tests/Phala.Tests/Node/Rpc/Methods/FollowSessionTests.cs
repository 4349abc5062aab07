using System.Security.Cryptography;
using Phala.Node.Rpc;
using Phala.Node.Rpc.Methods;
using Xunit;

namespace Phala.Tests.Node.Rpc.Methods;

/// <summary>What one follower may have under way.</summary>
public sealed class FollowSessionTests
{
    [Fact]
    public void SixteenOperationsAreUnderWayAtMost()
    {
        RpcSession connection = new(new RpcOptions(), RandomNumberGenerator.Fill, static () => { }, static _ => { });
        Subscription subscription = new(connection, new SubscriptionKind("a", "b", "c"), "id");
        FollowSession session = new(subscription, withRuntime: true);
        List<string> ids = [];
        List<CancellationToken> tokens = [];
        for (int count = 0; count < 16; count++)
        {
            Assert.True(session.TryBeginOperation(out string? id, out CancellationToken stopped));
            ids.Add(id);
            tokens.Add(stopped);
        }

        Assert.Equal(16, ids.Distinct().Count());
        Assert.False(session.TryBeginOperation(out _, out _));
        Assert.True(session.EndOperation(ids[3]));
        Assert.False(session.EndOperation(ids[3]));
        Assert.True(tokens[3].IsCancellationRequested);
        Assert.False(tokens[4].IsCancellationRequested);
        Assert.True(session.TryBeginOperation(out _, out _));
        subscription.Stop();
        Assert.True(session.IsClosed);
        Assert.All(tokens, token => Assert.True(token.IsCancellationRequested));
        Assert.False(session.TryBeginOperation(out _, out _));
    }
}
