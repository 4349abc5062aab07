using System.Text.Json;
using Phala.Client;
using Phala.Client.Rpc;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>Subscriptions against servers that do as they like.</summary>
public sealed class RpcSubscriptionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NotificationsComeInOrderAlsoRightBehindTheAnswer()
    {
        await using ScriptedServer server = new(async peer =>
        {
            await peer.NotifyAsync("\"early\"", "0");
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "\"a\"");
            for (int number = 0; number < 100; number++) await peer.NotifyAsync("\"a\"", $"{number}");
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "7");
            await peer.NotifyAsync("7", "true");
            await peer.DrainAsync();
        });
        await using RpcConnection connection = await RpcConnectionTests.ConnectAsync(server);
        await using RpcSubscription text = (await connection.SubscribeAsync("x", "y", null, Stop)).Require();
        await using RpcSubscription number = (await connection.SubscribeAsync("x", "y", null, Stop)).Require();
        Assert.True((await number.NextAsync(Stop)).Require().GetBoolean());
        for (int expected = 0; expected < 100; expected++) Assert.Equal(expected, (await text.NextAsync(Stop)).Require().GetInt32());
    }

    [Theory]
    [InlineData(4, int.MaxValue)]
    [InlineData(1000, 400)]
    public async Task AReaderThatIsTooSlowLosesItsSubscriptionAndNothingElse(int most, int mostBytes)
    {
        TaskCompletionSource<(string, JsonElement)> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ScriptedServer server = new(async peer =>
        {
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "\"slow\"");
            for (int number = 0; number < 50; number++) await peer.NotifyAsync("\"slow\"", $"{number}");
            (long id, string method, JsonElement parameters) = await peer.RequestAsync();
            ended.SetResult((method, parameters));
            await peer.AnswerAsync(id, "true");
            await peer.NotifyAsync("\"slow\"", "0");
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "1");
            await peer.DrainAsync();
        });
        await using RpcConnection connection = await RpcConnectionTests.ConnectAsync(server, new ClientOptions { MaxNotifications = most, MaxNotificationBytes = mostBytes });
        await using RpcSubscription subscription = (await connection.SubscribeAsync("begin", "end", null, Stop)).Require();
        (string method, JsonElement parameters) = await ended.Task.WaitAsync(Stop);
        Assert.Equal(("end", "[\"slow\"]"), (method, parameters.GetRawText()));
        Assert.Equal(1, (await connection.CallAsync("x", null, Stop)).Require().GetInt32());
        int read = 0;
        ClientResult<JsonElement> next = await subscription.NextAsync(Stop);
        for (; next.IsOk; next = await subscription.NextAsync(Stop)) Assert.Equal(read++, next.Require().GetInt32());
        Assert.InRange(read, 3, most == 4 ? 4 : 6);
        Assert.Equal(ClientError.TooSlow, next.Failure!.Error);
    }

    [Fact]
    public async Task ASubscriptionEndsWhenOneOfBothSaysSo()
    {
        List<string> ended = [];
        await using ScriptedServer server = new(async peer =>
        {
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "\"a\"");
            await peer.SendAsync("""{"jsonrpc":"2.0","method":"news","params":{"subscription":"a","error":{"code":5,"message":"gone"}}}""");
            await peer.NotifyAsync("\"a\"", "1");
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "\"b\"");
            await peer.AnswerAllAsync((method, parameters) =>
            {
                ended.Add($"{method} {parameters[0]}");
                return "true";
            });
        });
        await using RpcConnection connection = await RpcConnectionTests.ConnectAsync(server);
        RpcSubscription first = (await connection.SubscribeAsync("x", "y", null, Stop)).Require();
        Assert.Equal(new ClientFailure(ClientError.Rpc, "gone", 5), (await first.NextAsync(Stop)).Failure);
        RpcSubscription second = (await connection.SubscribeAsync("x", "z", null, Stop)).Require();
        await second.DisposeAsync();
        await second.DisposeAsync();
        Assert.Equal(ClientError.Ended, (await second.NextAsync(Stop)).Failure!.Error);
        await first.DisposeAsync();
        await connection.CallAsync("last", new RpcArguments().Null(), Stop);
        Assert.Equal(["z b", "y a", "last "], ended);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("\"a\"")]
    public async Task ASubscriptionNeedsANameOfItsOwn(string name)
    {
        await using ScriptedServer server = new(async peer =>
        {
            await peer.AnswerAsync((await peer.RequestAsync()).Id, "\"a\"");
            await peer.AnswerAsync((await peer.RequestAsync()).Id, name);
            await peer.DrainAsync();
        });
        await using RpcConnection connection = await RpcConnectionTests.ConnectAsync(server);
        Assert.True((await connection.SubscribeAsync("x", "y", null, Stop)).IsOk);
        Assert.Equal(ClientError.UnexpectedAnswer, (await connection.SubscribeAsync("x", "y", null, Stop)).Failure!.Error);
    }
}
