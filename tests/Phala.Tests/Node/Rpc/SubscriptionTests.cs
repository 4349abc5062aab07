using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Phala.Node.Rpc;
using Xunit;
using static Phala.Tests.Node.Rpc.CallTests;

namespace Phala.Tests.Node.Rpc;

/// <summary>Subscriptions: the order of what is told, their ends, readers that are slow, and that nothing is left over.</summary>
public sealed class SubscriptionTests
{
    private static readonly SubscriptionKind Heads = new("test_subscribeHeads", "test_unsubscribeHeads", "test_head");
    private static readonly SubscriptionKind Follow = new("test_follow", "test_unfollow", "test_followEvent") { AnswersNull = true };

    [Fact]
    public async Task TheReplyComesBeforeTheNotificationsAndTheseInOrder()
    {
        await using TestServer server = await TestServer.StartAsync();
        using TestSocket socket = await server.ConnectAsync();
        string id = Id(await socket.CallAsync(Request(TestMethods.Ticks.Subscribe, "[1000]")));
        for (int tick = 0; tick < 1000; tick++) Assert.Equal(Notification("test_tick", id, $"\"result\":{tick}"), await socket.ReceiveAsync());
        Assert.Matches("^[A-Za-z0-9_-]{16}$", id);
        Assert.Equal(Result("true"), await socket.CallAsync(Request(TestMethods.Ticks.Unsubscribe, $"[\"{id}\"]")));
        Assert.Equal(Result("false"), await socket.CallAsync(Request(TestMethods.Ticks.Unsubscribe, $"[\"{id}\"]")));
        Assert.Contains("-32602", await socket.CallAsync(Request(TestMethods.Ticks.Unsubscribe, "[1]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InABatchTheWholeReplyComesFirst()
    {
        await using TestServer server = await TestServer.StartAsync();
        using TestSocket socket = await server.ConnectAsync();
        string reply = await socket.CallAsync($"[{Request(TestMethods.Ticks.Subscribe, "[1]")},{Request("test_later", "[50]")},{Request(TestMethods.Ticks.Subscribe, "[1]")}]");
        using JsonDocument parsed = JsonDocument.Parse(reply);
        string first = parsed.RootElement[0].GetProperty("result").GetString()!, second = parsed.RootElement[2].GetProperty("result").GetString()!;
        Assert.NotEqual(first, second);
        Assert.Equal(Notification("test_tick", first, "\"result\":0"), await socket.ReceiveAsync());
        Assert.Equal(Notification("test_tick", second, "\"result\":0"), await socket.ReceiveAsync());
    }

    [Fact]
    public async Task SubscriptionsNeedAWebSocket()
    {
        await using TestServer server = await TestServer.StartAsync();
        Assert.Equal(Error(-32603, "Subscriptions need a WebSocket connection"), await server.PostAsync(Request(TestMethods.Ticks.Subscribe, "[1]")));
        Assert.Equal(Result("false"), await server.PostAsync(Request(TestMethods.Ticks.Unsubscribe, "[\"abc\"]")));
    }

    [Fact]
    public async Task ARefusedSubscriptionLeavesNothingBehind()
    {
        Subscription? seen = null;
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxResponseSize = 200 }, registry => registry.Subscription(Heads, RpcAccess.Safe, (call, subscription) =>
        {
            seen = subscription;
            if (!call.Parameters.TryUInt32("how", out uint how)) return call.Parameters.Error;
            subscription.Push("1"u8.ToArray());
            return how == 0 ? new RpcError(-32800, "too many") : how == 1 ? throw new InvalidOperationException("bug") : null;
        }));
        using TestSocket socket = await server.ConnectAsync();
        Assert.Equal(Error(-32800, "too many"), await socket.CallAsync(Request(Heads.Subscribe, "[0]")));
        Assert.Equal(Error(-32603, "Internal error"), await socket.CallAsync(Request(Heads.Subscribe, "[1]")));
        Assert.Contains("-32602", await socket.CallAsync(Request(Heads.Subscribe, "[]")), StringComparison.Ordinal);
        Assert.True(seen!.Closed.IsCancellationRequested);
        Assert.False(seen.Push("2"u8.ToArray()));
        Assert.Equal(0, seen.Session.SubscriptionCount);

        // Where the batch as a whole is refused, so is what it began.
        Assert.Contains("-32011", await socket.CallAsync($"[{Request(Heads.Subscribe, "[2]")},{Request("test_text", "[150]")}]"), StringComparison.Ordinal);
        Assert.True(seen.Closed.IsCancellationRequested);
        Assert.Equal(0, seen.Session.SubscriptionCount);
        Assert.Equal(Result("5"), await socket.CallAsync(Request("test_add", "[2,3]")));
    }

    [Fact]
    public async Task ThereAreAsManyAsTheLimit()
    {
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxSubscriptions = 2 });
        using TestSocket socket = await server.ConnectAsync();
        string id = Id(await socket.CallAsync(Request(TestMethods.Ticks.Subscribe, "[0]")));
        Id(await socket.CallAsync(Request(TestMethods.Ticks.Subscribe, "[0]")));
        string refused = """{"jsonrpc":"2.0","id":1,"error":{"code":-32006,"message":"Too many subscriptions on the connection","data":"Exceeded max limit of 2"}}""";
        Assert.Equal(refused, await socket.CallAsync(Request(TestMethods.Ticks.Subscribe, "[0]")));
        Assert.Equal(refused, await socket.CallAsync(Request(TestMethods.Ticks.Subscribe, "[0]")));
        Assert.Equal(Result("true"), await socket.CallAsync(Request(TestMethods.Ticks.Unsubscribe, $"[\"{id}\"]")));
        Id(await socket.CallAsync(Request(TestMethods.Ticks.Subscribe, "[0]")));
    }

    [Fact]
    public async Task EveryMemberOfASetGetsWhatIsPublishedAndTheClosedOnesLeave()
    {
        SubscriptionSet heads = new();
        int published = 0;
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MaxConnections = 1000 }, registry => registry.Subscription(Heads, RpcAccess.Safe, (_, subscription) =>
        {
            heads.Add(subscription, () => Encoding.ASCII.GetBytes($"\"first {published}\""));
            return null;
        }));
        TestSocket[] sockets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.ConnectAsync()));
        string[] ids = new string[sockets.Length];
        for (int at = 0; at < sockets.Length; at++)
        {
            ids[at] = Id(await sockets[at].CallAsync(Request(Heads.Subscribe, "[]")));
            Assert.Equal(Notification("test_head", ids[at], "\"result\":\"first 0\""), await sockets[at].ReceiveAsync());
        }

        await Task.Run(() =>
        {
            for (published = 1; published <= 50; published++) heads.Publish(Encoding.ASCII.GetBytes($"{published}"));
        }, TestContext.Current.CancellationToken);
        for (int at = 0; at < sockets.Length; at++)
        {
            for (int number = 1; number <= 50; number++) Assert.Equal(Notification("test_head", ids[at], $"\"result\":{number}"), await sockets[at].ReceiveAsync());
        }

        Assert.Equal(20, heads.Count);
        Assert.Equal(Result("true"), await sockets[0].CallAsync(Request(Heads.Unsubscribe, $"[\"{ids[0]}\"]")));
        Assert.Equal(19, heads.Count);
        foreach (TestSocket socket in sockets) socket.Dispose();
        await TestServer.UntilAsync(() => heads.Count == 0, "the set is empty");
        await TestServer.UntilAsync(() => server.Server.Connections == 0, "no connection is left");
    }

    [Fact]
    public async Task AnOperationsEventsFollowTheReplyThatStartsIt()
    {
        await using TestServer server = await TestServer.StartAsync(more: registry =>
        {
            registry.AsyncSubscription(Follow, RpcAccess.Safe, async (_, subscription) =>
            {
                await Task.Yield();
                subscription.State = "state of the follower";
                subscription.Push("\"initialized\""u8.ToArray());
                return null;
            });
            registry.Method("test_operation", RpcAccess.Safe, (call, result) =>
            {
                if (!call.Parameters.TryString("subscription", out string id)) return call.Parameters.Error;
                if (!call.Session!.TryFind(id, Follow, out Subscription? follower)) return new RpcError(-32801, "unknown");
                Assert.Equal("state of the follower", follower.State);
                call.AfterReply(() => follower.Push("\"operationDone\""u8.ToArray()));
                result.WriteStringValue("started");
                return null;
            });
        });
        using TestSocket socket = await server.ConnectAsync();
        string id = Id(await socket.CallAsync(Request(Follow.Subscribe, "[]")));
        Assert.Equal(Notification("test_followEvent", id, "\"result\":\"initialized\""), await socket.ReceiveAsync());
        Assert.Equal(Result("\"started\""), await socket.CallAsync(Request("test_operation", $"[\"{id}\"]")));
        Assert.Equal(Notification("test_followEvent", id, "\"result\":\"operationDone\""), await socket.ReceiveAsync());

        // Another connection does not know it, and a method of another kind does not end it.
        using TestSocket other = await server.ConnectAsync();
        Assert.Equal(Error(-32801, "unknown"), await other.CallAsync(Request("test_operation", $"[\"{id}\"]")));
        Assert.Equal(Result("false"), await socket.CallAsync(Request(TestMethods.Ticks.Unsubscribe, $"[\"{id}\"]")));
        Assert.Equal(Result("null"), await socket.CallAsync(Request(Follow.Unsubscribe, $"[\"{id}\"]")));
        Assert.Equal(Error(-32801, "unknown"), await socket.CallAsync(Request("test_operation", $"[\"{id}\"]")));
    }

    [Fact]
    public async Task ASubscriptionMayEndByItselfWithOrWithoutAnError()
    {
        await using TestServer server = await TestServer.StartAsync(more: registry => registry.Subscription(Heads, RpcAccess.Safe, (call, subscription) =>
        {
            if (!call.Parameters.TryBoolean("fails", out bool fails)) return call.Parameters.Error;
            subscription.Push("1"u8.ToArray());
            if (fails) subscription.Fail(new RpcError(4003, "gone"));
            else subscription.Stop();
            Assert.False(subscription.Push("2"u8.ToArray()));
            return null;
        }));
        using TestSocket socket = await server.ConnectAsync();
        string id = Id(await socket.CallAsync(Request(Heads.Subscribe, "[true]")));
        Assert.Equal(Notification("test_head", id, "\"result\":1"), await socket.ReceiveAsync());
        Assert.Equal(Notification("test_head", id, "\"error\":{\"code\":4003,\"message\":\"gone\"}"), await socket.ReceiveAsync());
        id = Id(await socket.CallAsync(Request(Heads.Subscribe, "[false]")));
        Assert.Equal(Notification("test_head", id, "\"result\":1"), await socket.ReceiveAsync());
        Assert.Equal(Result("false"), await socket.CallAsync(Request(Heads.Unsubscribe, $"[\"{id}\"]")));
    }

    [Fact]
    public async Task ALongRowOfNotificationsWaitsForItsReader()
    {
        const int rows = 20_000;
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { SubscriptionBufferCapacity = 8 }, registry => registry.Subscription(Heads, RpcAccess.Safe, (call, subscription) =>
        {
            _ = Task.Run(async () =>
            {
                for (int row = 0; row < rows; row++) Assert.True(await subscription.PushAsync(Encoding.ASCII.GetBytes($"{row}")));
            });
            return null;
        }));
        using TestSocket socket = await server.ConnectAsync();
        string id = Id(await socket.CallAsync(Request(Heads.Subscribe, "[]")));
        for (int row = 0; row < rows; row++) Assert.Equal(Notification("test_head", id, $"\"result\":{row}"), await socket.ReceiveAsync());
        Assert.Equal(Result("true"), await socket.CallAsync(Request(Heads.Unsubscribe, $"[\"{id}\"]")));
    }

    [Theory]
    [InlineData(50, 1 << 28, 200_000)]
    [InlineData(1_000_000, 4_000_000, 100_000)]
    public async Task AReaderThatLeavesTooMuchLyingIsCutOff(int capacity, int maxBytes, int size)
    {
        Subscription? pushed = null;
        RpcOptions options = new() { SubscriptionBufferCapacity = capacity, MaxBufferedBytes = maxBytes };
        await using TestServer server = await TestServer.StartAsync(options, registry => registry.Subscription(Heads, RpcAccess.Safe, (_, subscription) =>
        {
            pushed = subscription;
            return null;
        }));
        using TestSocket socket = await server.ConnectAsync();
        Id(await socket.CallAsync(Request(Heads.Subscribe, "[]")));
        byte[] json = Encoding.ASCII.GetBytes($"\"{new string('x', size)}\"");
        int taken = 0;
        while (taken < 10_000 && pushed!.Push(json)) taken++;
        Assert.InRange(taken, 10, 1000);
        await TestServer.UntilAsync(() => server.Server.Sessions == 0 && server.Server.Connections == 0, "the session is gone");
        Assert.True(pushed!.Closed.IsCancellationRequested);
        Assert.Contains("phala_rpc_sessions_cut_off 1\n", server.Metrics.Write(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (await socket.ReceiveAsync() is not null) continue;
        });
    }

    [Fact]
    public async Task AReaderThatTakesNothingForTooLongIsCutOff()
    {
        ManualTime time = new();
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MessageBufferCapacity = 2 }, services: new RpcServices { Time = time });
        using TestSocket socket = await server.ConnectAsync();
        for (int call = 0; call < 40; call++) await socket.SendAsync(Request("test_text", "[1000000]"));
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Equal(1, server.Server.Sessions);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, server.Server.Sessions);
        time.Advance(TimeSpan.FromSeconds(2));
        await TestServer.UntilAsync(() => server.Server.Sessions == 0 && server.Server.Connections == 0, "the session is gone");
    }

    [Fact]
    public async Task AReaderThatIsSlowIsNotReadFromBeyondTheBuffer()
    {
        int calls = 0;
        await using TestServer server = await TestServer.StartAsync(new RpcOptions { MessageBufferCapacity = 4 }, registry => registry.Method("test_big", RpcAccess.Safe, (_, result) =>
        {
            Interlocked.Increment(ref calls);
            result.WriteStringValue(new string('x', 1_000_000));
            return null;
        }));
        using TestSocket socket = await server.ConnectAsync();
        for (int call = 0; call < 100; call++) await socket.SendAsync(Request("test_big", "[]"));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.InRange(Volatile.Read(ref calls), 4, 60);
        for (int call = 0; call < 100; call++) Assert.Equal(1_000_000 + Result("\"\"").Length, (await socket.ReceiveAsync())!.Length);
        Assert.Equal(100, calls);
    }

    private static string Id(string reply)
    {
        using JsonDocument parsed = JsonDocument.Parse(reply);
        return parsed.RootElement.GetProperty("result").GetString()!;
    }

    private static string Notification(string method, string id, string member) => $$$"""{"jsonrpc":"2.0","method":"{{{method}}}","params":{"subscription":"{{{id}}}",{{{member}}}}}""";
}
