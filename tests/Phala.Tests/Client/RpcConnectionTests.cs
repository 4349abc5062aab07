using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Phala.Client;
using Phala.Client.Rpc;
using Phala.Tests.Node.Rpc;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>The connection against servers that do as they like.</summary>
public sealed class RpcConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswersFindTheirRequestsInWhateverOrderTheyCome()
    {
        await using ScriptedServer server = new(async peer =>
        {
            List<(long Id, JsonElement Parameters)> requests = [];
            for (int count = 0; count < 50; count++)
            {
                (long id, string method, JsonElement parameters) = await peer.RequestAsync();
                Assert.Equal("double", method);
                requests.Add((id, parameters));
            }

            requests.Reverse();
            foreach ((long id, JsonElement parameters) in requests) await peer.AnswerAsync(id, (2 * parameters[0].GetInt32()).ToString(System.Globalization.CultureInfo.InvariantCulture));
            await peer.DrainAsync();
        });
        await using RpcConnection connection = await ConnectAsync(server);
        Task<ClientResult<JsonElement>>[] calls = [.. Enumerable.Range(1, 50).Select(number => connection.CallAsync("double", new RpcArguments().Number(number), Stop))];
        for (int index = 0; index < calls.Length; index++) Assert.Equal(2 * (index + 1), (await calls[index]).Require().GetInt32());
    }

    [Fact]
    public async Task ArgumentsAreWrittenAsTheyAreMeant()
    {
        await using ScriptedServer server = new(peer => peer.AnswerAllAsync((_, parameters) => parameters.GetRawText()));
        await using RpcConnection connection = await ConnectAsync(server);
        RpcArguments arguments = new RpcArguments().Text("a\"\n").Number(-5).Null().Hex([0xAB, 1]).HexList([[1], []]).Hash(null).Hex([]).HexList([]);
        Assert.Equal("""["a\u0022\n",-5,null,"0xab01",["0x01","0x"],null,"0x",[]]""", (await connection.CallAsync("x", arguments, Stop)).Require().GetRawText());
        Assert.Equal("[]", (await connection.CallAsync("x", null, Stop)).Require().GetRawText());
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("\"\\ud800", "no JSON")]
    [InlineData("[]", "no object")]
    [InlineData("{}", "without an id")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}""", "Parse error")]
    [InlineData("""{"jsonrpc":"2.0","id":"1","result":1}""", "no number")]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"result":1}""", "no number")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", "without a result")]
    [InlineData("""{"jsonrpc":"2.0","id":2,"result":1}""", "request 2, which was not sent")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"result":1}""", "request 0, which was not sent")]
    [InlineData("""{"jsonrpc":"2.0","id":-1,"result":1}""", "request -1, which was not sent")]
    [InlineData("""{"jsonrpc":"2.0","method":"x"}""", "no subscription")]
    [InlineData("""{"jsonrpc":"2.0","method":"x","params":[1]}""", "no subscription")]
    [InlineData("""{"jsonrpc":"2.0","method":"x","params":{"subscription":{},"result":1}}""", "neither text nor number")]
    [InlineData("""{"jsonrpc":"2.0","method":"x","params":{"subscription":"a"}}""", "without a result")]
    public async Task AServerThatBreaksTheProtocolIsHungUpOn(string message, string reason)
    {
        await using ScriptedServer server = new(async peer =>
        {
            await peer.RequestAsync();
            await peer.SendAsync(message);
            await peer.DrainAsync();
        });
        await using RpcConnection connection = await ConnectAsync(server);
        ClientFailure failure = (await connection.CallAsync("x", null, Stop)).Failure!;
        Assert.Equal(ClientError.Malformed, failure.Error);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Same(failure, await connection.Closed.WaitAsync(Stop));
        Assert.Same(failure, (await connection.CallAsync("y", null, Stop)).Failure);
        Assert.Same(failure, (await connection.SubscribeAsync("y", "z", null, Stop)).Failure);
    }

    [Fact]
    public async Task ErrorsAreToldAsTheServerTellsThem()
    {
        (string Error, ClientFailure Expected)[] cases =
        [
            ("""{"code":-32601,"message":"Method not found"}""", new(ClientError.Rpc, "Method not found", -32601)),
            ("""{"code":1010,"message":"Invalid Transaction","data":"Transaction is outdated"}""", new(ClientError.Refused, "Invalid Transaction", 1010, "Transaction is outdated")),
            ("""{"code":1021,"message":"m","data":{"a":1}}""", new(ClientError.Refused, "m", 1021, """{"a":1}""")),
            ("""{"code":1022,"message":"m","data":null}""", new(ClientError.Rpc, "m", 1022)),
            ("""{"code":1000,"message":"m"}""", new(ClientError.Rpc, "m", 1000)),
            ("""{"code":"a","message":7}""", new(ClientError.Rpc, "7")),
            ("{}", new(ClientError.Rpc, "The server gives no reason.")),
            ("\"no\"", new(ClientError.Rpc, "no")),
            ($$"""{"code":1,"message":"{{new string('a', 1000)}}"}""", new(ClientError.Rpc, new string('a', 512) + "…", 1)),
        ];
        await using ScriptedServer server = new(async peer =>
        {
            foreach ((string error, _) in cases) await peer.FailAsync((await peer.RequestAsync()).Id, error);
            await peer.DrainAsync();
        });
        await using RpcConnection connection = await ConnectAsync(server);
        foreach ((_, ClientFailure expected) in cases) Assert.Equal(expected, (await connection.CallAsync("x", null, Stop)).Failure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task AMessageMayBeAsLongAsTheLimitAndNotLonger(int parts)
    {
        const int limit = 100_000;
        await using ScriptedServer server = new(async peer =>
        {
            for (int excess = 0; excess < 2; excess++)
            {
                long id = (await peer.RequestAsync()).Id;
                string frame = $$"""{"jsonrpc":"2.0","id":{{id}},"result":""}""";
                byte[] message = System.Text.Encoding.ASCII.GetBytes(frame[..^2] + new string('x', limit + excess - frame.Length) + "\"}");
                foreach ((int index, byte[] part) in message.Chunk((message.Length + parts - 1) / parts).Index()) await peer.SendAsync(part, index == parts - 1);
            }

            await peer.DrainAsync();
        });
        await using RpcConnection connection = await ConnectAsync(server, new ClientOptions { MaxMessageSize = limit });
        Assert.InRange((await connection.CallAsync("x", null, Stop)).Require().GetString()!.Length, limit - 100, limit);
        Assert.Equal(ClientError.MessageTooLong, (await connection.CallAsync("x", null, Stop)).Failure!.Error);
        Assert.Equal(ClientError.MessageTooLong, (await connection.Closed.WaitAsync(Stop)).Error);
    }

    [Fact]
    public async Task WhatIsNotAnsweredIsGivenUpAndALateAnswerIsForNobody()
    {
        TaskCompletionSource isLate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = new(async peer =>
        {
            long first = (await peer.RequestAsync()).Id;
            await isLate.Task;
            await peer.AnswerAsync(first, "1");
            long second = (await peer.RequestAsync()).Id;
            await peer.AnswerAsync(second, "2");
            await peer.AnswerAsync(second, "3");
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "4");
            await peer.DrainAsync();
        });
        ManualTime time = new();
        await using RpcConnection connection = await ConnectAsync(server, new ClientOptions { Time = time, RequestTimeout = TimeSpan.FromSeconds(40), MaxPending = 1 });
        Task<ClientResult<JsonElement>> first = connection.CallAsync("x", null, Stop);
        time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(first.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ClientError.Timeout, (await first).Failure!.Error);
        isLate.SetResult();
        Assert.Equal(2, (await connection.CallAsync("x", null, Stop)).Require().GetInt32());
        Assert.Equal(4, (await connection.CallAsync("x", null, Stop)).Require().GetInt32());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhenTheServerGoesEverythingUnderWaySaysSo(bool politely)
    {
        await using ScriptedServer server = new(async peer =>
        {
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "\"s\"");
            await peer.NotifyAsync("\"s\"", "1");
            await peer.RequestAsync();
            if (politely) await peer.CloseAsync("no more");
            else peer.Reset();
        });
        await using RpcConnection connection = await ConnectAsync(server);
        RpcSubscription subscription = (await connection.SubscribeAsync("x", "y", null, Stop)).Require();
        ClientFailure failure = (await connection.CallAsync("x", null, Stop)).Failure!;
        Assert.Equal(ClientError.Closed, failure.Error);
        Assert.Contains(politely ? "PolicyViolation no more" : "broke", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await subscription.NextAsync(Stop)).Require().GetInt32());
        Assert.Same(failure, (await subscription.NextAsync(Stop)).Failure);
        await subscription.DisposeAsync();
    }

    [Fact]
    public async Task NoMoreRequestsAreUnderWayThanAllowed()
    {
        TaskCompletionSource<int> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = new(async peer =>
        {
            Queue<long> waiting = new();
            for (int count = 0; count < 3; count++) waiting.Enqueue((await peer.RequestAsync()).Id);
            Task<(long Id, string, JsonElement)> next = peer.RequestAsync();
            seen.SetResult(await Task.WhenAny(next, Task.Delay(50)) == next ? 4 : 3);
            for (int answered = 0; answered < 7; answered++)
            {
                await peer.AnswerAsync(waiting.Dequeue(), "0");
                waiting.Enqueue((await next).Id);
                next = peer.RequestAsync();
            }

            await next;
        });
        await using RpcConnection connection = await ConnectAsync(server, new ClientOptions { MaxPending = 3 });
        Task<ClientResult<JsonElement>>[] calls = [.. Enumerable.Range(0, 10).Select(_ => connection.CallAsync("x", null, Stop))];
        Assert.Equal(3, await seen.Task.WaitAsync(Stop));
        for (int index = 0; index < 7; index++) Assert.True((await calls[index]).IsOk);
        await connection.DisposeAsync();
        for (int index = 7; index < 10; index++) Assert.Equal(ClientError.Closed, (await calls[index]).Failure!.Error);
    }

    [Fact]
    public async Task AnAbandonedCallIsCancelledAndTheConnectionGoesOn()
    {
        await using ScriptedServer server = new(async peer =>
        {
            await peer.RequestAsync();
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "2");
            await peer.DrainAsync();
        });
        await using RpcConnection connection = await ConnectAsync(server);
        using CancellationTokenSource stop = new();
        Task<ClientResult<JsonElement>> call = connection.CallAsync("x", null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(2, (await connection.CallAsync("x", null, Stop)).Require().GetInt32());
    }

    [Fact]
    public async Task WhoCannotBeReachedIsTold()
    {
        TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        Uri nobody = new($"ws://{closed.LocalEndpoint}/");
        closed.Stop();
        foreach (Uri address in (Uri[])[nobody, new("http://127.0.0.1/"), new("relative", UriKind.Relative)])
        {
            ClientFailure failure = (await RpcConnection.ConnectAsync(address, null, Stop)).Failure!;
            Assert.Equal(ClientError.Unreachable, failure.Error);
            Assert.Contains(address.ToString(), failure.Message, StringComparison.Ordinal);
        }
    }

    internal static async Task<RpcConnection> ConnectAsync(ScriptedServer server, ClientOptions? options = null) => (await RpcConnection.ConnectAsync(server.Address, options, Stop)).Require();
}
