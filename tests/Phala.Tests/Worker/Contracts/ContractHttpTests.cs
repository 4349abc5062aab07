using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Worker.Contracts;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>Requests of contracts: what is sent, what comes back, how much of it, and when it ends.</summary>
public sealed class ContractHttpTests
{
    [Fact]
    public void A_request_arrives_as_it_was_sent_and_its_answer_comes_back()
    {
        using RawServer server = new("HTTP/1.1 201 Made\r\nContent-Length: 5\r\nX-One: 1\r\nX-Many: a\r\nX-Many: b\r\nX-Odd: \u00e4\r\nContent-Type: text/plain\r\n\r\nhello");
        HttpResponse response = new HttpWorld().Answer(HttpWorld.Request(
            server.Url + "a%20b?c=d e#f", "POST", [("X-Key", "old"), ("x-key", "value"), ("Content-Type", "application/json"), ("Content-Length", "2"), ("Accept", "*/*")], "{}"));
        Assert.Equal((201, "Made", "hello"), (response.StatusCode, response.ReasonPhrase, HttpWorld.Text(response)));
        Assert.Equal([("x-one", "1"), ("x-many", "a"), ("x-many", "b"), ("x-odd", ""), ("content-length", "5"), ("content-type", "text/plain")], response.Headers.ToArray());

        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal(("POST /a%20b?c=d%20e HTTP/1.1", "{}"), (request.Line, Encoding.UTF8.GetString(request.Body)));
        Assert.Equal(
            ["Accept: */*", "Connection: close", "Content-Length: 2", "Content-Type: application/json", $"Host: 127.0.0.1:{server.Port}", "X-Key: value"],
            request.Headers.Order(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("POST", true)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", true)]
    [InlineData("DELETE", false)]
    [InlineData("OPTIONS", false)]
    [InlineData("PROPFIND", true)]
    public void An_empty_content_is_sent_by_those_methods_that_have_one(string method, bool hasContent)
    {
        using RawServer server = new("HTTP/1.1 204 None\r\n\r\n");
        Assert.Equal(204, new HttpWorld().Answer(HttpWorld.Request(server.Url, method)).StatusCode);
        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal((method, hasContent ? "0" : null), (request.Line.Split(' ')[0], request.Header("Content-Length")));
    }

    [Fact]
    public void Bodies_are_neither_asked_for_nor_taken_apart_compressed()
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(new byte[1 << 20]);
        byte[] body = packed.ToArray();
        using RawServer server = new(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {body.Length}\r\n\r\n")));
            await stream.WriteAsync(body);
        });
        Assert.Equal(body, new HttpWorld().Answer(HttpWorld.Request(server.Url)).Body.ToArray());
        Assert.Null(Assert.Single(server.Requests).Header("Accept-Encoding"));
    }

    [Fact]
    public void Nothing_is_kept_from_one_request_to_the_next()
    {
        using RawServer server = new("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n");
        HttpWorld world = new();
        for (int i = 0; i < 3; i++) Assert.Equal(200, world.Answer(HttpWorld.Request(server.Url)).StatusCode);
        Assert.Equal((3, 3), (server.Connections, server.Requests.Count));
        Assert.All(server.Requests, request => Assert.Null(request.Header("Cookie")));
    }

    /// <summary>The process' proxy is for one name of this test alone.</summary>
    [Fact]
    public void No_proxy_is_asked()
    {
        using RawServer proxy = new(RawServer.Ok("proxy")), server = new(RawServer.Ok("server"));
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy($"http://127.0.0.1:{proxy.Port}") { BypassList = [@"^(?!.*behind-a-proxy\.test).*$"] };
        try
        {
            Assert.Equal("server", HttpWorld.Text(new HttpWorld().Name("behind-a-proxy.test", ["127.0.0.1"]).Answer(HttpWorld.Request($"http://behind-a-proxy.test:{server.Port}/"))));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.Equal((0, 1), (proxy.Connections, server.Connections));
    }

    [Theory]
    [InlineData(AnswerReader.LongestBody, true, true)]
    [InlineData(AnswerReader.LongestBody + 1, true, false)]
    [InlineData(AnswerReader.LongestBody, false, true)]
    [InlineData(AnswerReader.LongestBody + 1, false, false)]
    public void A_body_has_two_mebibytes_at_most(int length, bool isAnnounced, bool isRead)
    {
        byte[] body = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))];
        using RawServer server = new(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + (isAnnounced ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n\r\n") : "\r\n")));
            await stream.WriteAsync(body);
        });
        if (isRead) Assert.Equal(body, new HttpWorld().Answer(HttpWorld.Request(server.Url)).Body.ToArray());
        else HttpWorld.AssertFailed(HttpFailure.ResponseTooLarge, new HttpWorld().Get(server.Url));
    }

    [Fact]
    public async Task A_body_without_end_is_given_up_soon_after_the_limit()
    {
        TaskCompletionSource<long> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RawServer server = new(async (_, stream) =>
        {
            long total = 0;
            byte[] piece = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 0x10000) + "\r\n");
            try
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
                for (; total < 1L << 30; total += piece.Length) await stream.WriteAsync(piece);
            }
            finally
            {
                sent.SetResult(total);
            }
        });
        HttpWorld.AssertFailed(HttpFailure.ResponseTooLarge, new HttpWorld().Get(server.Url));
        Assert.InRange(await sent.Task, AnswerReader.LongestBody, 1 << 26);
    }

    [Theory]
    [InlineData(254, 3, true)]
    [InlineData(255, 3, false)]
    [InlineData(100, 600, true)]
    [InlineData(100, 700, false)]
    [InlineData(1, 65_000, true)]
    [InlineData(1, 70_000, false)]
    public void An_answer_has_256_headers_and_64_kibibytes_of_them_at_most(int count, int length, bool isRead)
    {
        string headers = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-{i}: {new string('v', length)}\r\n")));
        using RawServer server = new(RawServer.Ok("", "Content-Type: a/b\r\n" + headers));
        if (isRead) Assert.Equal(count + 2, new HttpWorld().Answer(HttpWorld.Request(server.Url)).Headers.Length);
        else HttpWorld.AssertFailed(HttpFailure.TooManyHeaders, new HttpWorld().Get(server.Url));
    }

    [Fact]
    public void A_server_that_says_nothing_is_left_at_the_deadline()
    {
        using CancellationTokenSource ended = new();
        using RawServer silent = new((_, _) => Task.Delay(Timeout.Infinite, ended.Token));
        using RawServer halting = new(async (_, stream) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"u8.ToArray());
            await Task.Delay(Timeout.Infinite, ended.Token);
        });
        HttpWorld world = new();
        IReadOnlyList<Result<HttpResponse, HttpFailure>> results = world.SendAll([HttpWorld.Request(silent.Url), HttpWorld.Request(halting.Url)], 700);
        HttpWorld.AssertUnreachable("Timeout", results[0]);
        HttpWorld.AssertFailed(HttpFailure.NetworkError, results[1]);
        ended.Cancel();
    }

    [Fact]
    public void An_answer_that_breaks_off_is_none()
    {
        using RawServer cut = new("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"), empty = new(""), odd = new("SSH-2.0-server\r\n\r\n"), chunks = new("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
        HttpWorld world = new();
        HttpWorld.AssertFailed(HttpFailure.NetworkError, world.Get(cut.Url));
        HttpWorld.AssertFailed(HttpFailure.NetworkError, world.Get(chunks.Url));
        HttpWorld.AssertUnreachable("ResponseEnded", world.Get(empty.Url));
        HttpWorld.AssertUnreachable("InvalidResponse", world.Get(odd.Url));
    }

    [Fact]
    public void A_server_that_is_not_there_is_unreachable()
    {
        string url;
        using (RawServer gone = new("")) url = gone.Url;
        HttpWorld.AssertUnreachable("ConnectionError", new HttpWorld().Get(url));
        HttpWorld.AssertUnreachable("NameResolutionError", new HttpWorld().Get("http://nowhere.test/"));
    }

    /// <summary>M-04: a time that is too long for any sum with it.</summary>
    [Fact]
    public void Any_time_may_be_given()
    {
        using RawServer server = new(RawServer.Ok("quick"));
        HttpWorld world = new();
        ulong[] long64 = [.. Enumerable.Range(0, 201).Select(i => ulong.MaxValue - (ulong)i)];
        ulong[] times = [.. long64, long.MaxValue, (ulong)long.MaxValue + 1, int.MaxValue, (ulong)int.MaxValue + 1, uint.MaxValue, (ulong)uint.MaxValue + 1, (ulong)TimeSpan.MaxValue.TotalMilliseconds, ContractHttp.LongestWait + 1];
        Assert.All(times, time => Assert.True(world.Send(HttpWorld.Request(server.Url), time).TryGet(out HttpResponse? response, out _) && response.StatusCode == 200, $"{time}"));
        Assert.Equal(times.Length, server.Connections);
        Assert.All(world.SendAll([HttpWorld.Request(server.Url), HttpWorld.Request("nonsense")], 0), result => HttpWorld.AssertFailed(HttpFailure.Timeout, result));
        Assert.Equal(times.Length, server.Connections);
        Assert.True(world.Send(HttpWorld.Request(server.Url), 1).TryGet(out HttpResponse? last, out HttpFailure failure) ? last.StatusCode is 200 or 523 : failure == HttpFailure.NetworkError);
    }

    [Fact]
    public void Five_requests_of_a_call_are_sent_at_once_and_answered_in_their_order()
    {
        using CountdownEvent arrived = new(ContractHttp.MostOfCall);
        using RawServer server = new(async (request, stream) =>
        {
            arrived.Signal();
            await Task.Run(arrived.Wait, TestContext.Current.CancellationToken);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(RawServer.Ok(request.Path)));
        });
        HttpWorld world = new();
        HttpRequest[] requests = [.. Enumerable.Range(0, 5).Select(i => HttpWorld.Request(server.Url + i))];
        IReadOnlyList<Result<HttpResponse, HttpFailure>> results = world.SendAll(requests, HttpWorld.Patience);
        Assert.Equal(["/0", "/1", "/2", "/3", "/4"], results.Select(result => result.TryGet(out HttpResponse? response, out _) ? HttpWorld.Text(response) : null));

        Assert.Equal(Enumerable.Repeat(HttpFailure.TooManyRequests, 6), world.SendAll([.. requests, requests[0]], HttpWorld.Patience).Select(result => result.TryGet(out _, out HttpFailure failure) ? default : failure));
        Assert.Equal(5, server.Connections);
        Assert.Empty(world.SendAll([], HttpWorld.Patience));
    }

    [Fact]
    public async Task The_worker_sends_so_many_requests_at_once_and_no_more()
    {
        const int calls = (ContractHttp.MostOfWorker / ContractHttp.MostOfCall) + 1;
        int arrived = 0;
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using RawServer server = new(async (_, stream) =>
        {
            if (Interlocked.Increment(ref arrived) == ContractHttp.MostOfWorker) all.SetResult();
            await all.Task;
            await stream.WriteAsync(Encoding.ASCII.GetBytes(RawServer.Ok("")));
        });
        HttpWorld world = new();
        HttpRequest[] requests = [.. Enumerable.Repeat(HttpWorld.Request(server.Url), ContractHttp.MostOfCall)];
        Task<IReadOnlyList<Result<HttpResponse, HttpFailure>>>[] sent =
        [
            .. Enumerable.Range(0, calls).Select(_ => Task.Factory.StartNew(() => world.SendAll(requests, HttpWorld.Patience), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        Result<HttpResponse, HttpFailure>[] results = [.. (await Task.WhenAll(sent)).SelectMany(each => each)];
        Assert.Equal(calls * ContractHttp.MostOfCall, results.Length);
        Assert.Equal(Enumerable.Repeat(HttpFailure.TooManyRequests, results.Length - ContractHttp.MostOfWorker), results.Where(result => result.IsError).Select(result => result.TryGet(out _, out HttpFailure failure) ? default : failure));
        Assert.Equal(200, world.Answer(HttpWorld.Request(server.Url)).StatusCode);
    }

    [Fact]
    public void Whatever_a_server_sends_is_an_answer_or_a_failure()
    {
        Random random = new(6);
        string[] pieces = ["HTTP/1.1 ", "HTTP/1.0 200 OK", "200", "101 Switching", "302", "100 Continue", "\r\n", "\r\n\r\n", "\n", "Content-Length: ", "-1", "99999999999999999999", "Transfer-Encoding: chunked", "Location: ", "http://[", "ffffffff", "0\r\n\r\n", ":", "\0", "\u00ff", " ", "Set-Cookie: a", "body"];
        string NextAnswer() => (random.Next(4) > 0 ? "HTTP/1.1 200 OK\r\n" : "") + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
        HttpWorld world = new();
        int answers = 0, failures = 0;
        for (int i = 0; i < 60; i++)
        {
            using RawServer server = new(NextAnswer());
            HttpRequest request = HttpWorld.Request(server.Url);
            foreach (Result<HttpResponse, HttpFailure> result in world.SendAll([request, request], HttpWorld.Patience))
            {
                if (result.TryGet(out HttpResponse? response, out HttpFailure failure) && response.StatusCode != HttpResponse.Unreachable) answers++;
                else if (response is not null || failure is HttpFailure.NetworkError or HttpFailure.NotAllowed) failures++;
            }
        }

        Assert.Equal(120, answers + failures);
        Assert.InRange(answers, 20, 100);
    }
}
