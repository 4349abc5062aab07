using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Attestation;
using Phala.Worker.Host;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Phala.Worker.Options;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>The worker's doors.</summary>
public sealed class PrpcListenerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pruntime-door-").FullName;
    private readonly StringWriter _log = new();
    private WorkerHost? _worker;
    private HttpClient? _private, _public;

    public async ValueTask InitializeAsync()
    {
        WorkerOptions options = new() { DataDir = _folder, Private = new IPEndPoint(IPAddress.Loopback, 0), Public = new IPEndPoint(IPAddress.Loopback, 0), Cores = 2 };
        ILoggerFactory logs = WorkerLogs.Create(LogLevel.Information, LogFormat.Text, _log, TimeProvider.System);
        (_worker, WorkerProblem? problem) = await WorkerHost.StartAsync(options, new InsecureDevAttestation(new Measurement(new byte[32])), logs, TimeProvider.System);
        Assert.Null(problem);
        _private = new HttpClient { BaseAddress = new Uri($"http://{_worker!.PrivateEndPoint}") };
        _public = new HttpClient { BaseAddress = new Uri($"http://{_worker.PublicEndPoint}") };
    }

    public async ValueTask DisposeAsync()
    {
        _private?.Dispose();
        _public?.Dispose();
        if (_worker is not null) await _worker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task GetInfo_says_what_vouches_in_bytes_in_JSON_and_by_GET()
    {
        foreach (HttpClient door in (HttpClient[])[_private!, _public!])
        {
            using HttpResponseMessage bytes = await Post(door, PrpcMethods.GetInfo, []);
            Assert.Equal(HttpStatusCode.OK, bytes.StatusCode);
            Assert.Equal("application/octet-stream", bytes.Content.Headers.ContentType!.MediaType);
            Assert.Equal(ProtoError.None, PhactoryInfo.Schema.Decode(await bytes.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), out PhactoryInfo info));
            Assert.Equal("none (development)", info.Attestation);
            Assert.True(info.DevMode);
            Assert.False(info.Serving);
            Assert.NotEmpty(bytes.Headers.GetValues("X-Request-Id").Single());
            Assert.True(long.TryParse(bytes.Headers.GetValues("X-Cost-Time").Single(), out _));
            Assert.Equal(door == _public, bytes.Headers.Contains("Access-Control-Allow-Origin"));
            string text = await door.GetStringAsync(new Uri("/info", UriKind.Relative), TestContext.Current.CancellationToken);
            using JsonDocument json = JsonDocument.Parse(text);
            Assert.Equal(info.PublicKey, json.RootElement.GetProperty("public_key").GetString());
            Assert.Equal(info.PublicKey, info.EcdhPublicKey);
        }
    }

    [Fact]
    public async Task The_public_door_answers_clients_methods_alone()
    {
        string[] open = [PrpcMethods.GetInfo, PrpcMethods.ContractQuery, PrpcMethods.Query, PrpcMethods.GetContractInfo, PrpcMethods.GetClusterInfo, PrpcMethods.CalculateContractId, PrpcMethods.Statistics];
        string[] all = [.. typeof(PrpcMethods).GetFields().Where(field => field.Name is not (nameof(PrpcMethods.Service) or nameof(PrpcMethods.PathPrefix))).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.True(all.Length > 20, "The methods are gone.");
        foreach (string method in all)
        {
            using HttpResponseMessage response = await Post(_public!, method, []);
            Assert.Equal(!open.Contains(method), response.StatusCode == HttpStatusCode.Forbidden);
            Assert.NotEqual(HttpStatusCode.NotFound, response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await _public!.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task No_page_in_a_browser_reaches_what_is_for_the_operator()
    {
        foreach (string method in (string[])[PrpcMethods.Stop, PrpcMethods.AddEndpoint, PrpcMethods.BeginSync, PrpcMethods.GetRegistration])
        {
            Uri path = new(PrpcMethods.PathPrefix + method, UriKind.Relative);
            using HttpResponseMessage image = await _private!.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, image.StatusCode);
            foreach ((string header, string value) in ((string, string)[])[("Origin", "http://page.example.org"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")])
            {
                using HttpRequestMessage form = new(HttpMethod.Post, path) { Content = new StringContent("{}", Encoding.UTF8, "text/plain") };
                form.Headers.Add(header, value);
                Assert.Equal((HttpStatusCode.Forbidden, "The method is not for web pages."), await Refused(await _private.SendAsync(form, TestContext.Current.CancellationToken)));
            }
        }

        using HttpRequestMessage query = new(HttpMethod.Post, PrpcMethods.PathPrefix + PrpcMethods.GetInfo) { Content = new ByteArrayContent([]), Headers = { { "Origin", "http://page.example.org" } } };
        using HttpResponseMessage answer = await _public!.SendAsync(query, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "*"), (answer.StatusCode, answer.Headers.GetValues("Access-Control-Allow-Origin").Single()));
    }

    [Fact]
    public async Task Each_defect_of_a_request_has_its_status_and_a_message()
    {
        Assert.Equal((HttpStatusCode.NotFound, "There is no such method."), await Refused(await Post(_private!, "NoSuchMethod", [])));
        Assert.Equal(HttpStatusCode.BadRequest, (await Refused(await Post(_private!, PrpcMethods.Query, [0x0A]))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Refused(await Post(_private!, PrpcMethods.BeginSync, Encoded.Schema.Encode(new Encoded { EncodedValue = [1, 2, 3] })))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Refused(await Post(_private!, PrpcMethods.GetInfo, new byte[1025]))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Post(_private!, PrpcMethods.Echo, EchoMessage.Schema.Encode(new EchoMessage { EchoMsg = new byte[60_000] }))).StatusCode);
        Assert.Equal((HttpStatusCode.InternalServerError, "The worker has not begun."), await Refused(await Post(_private!, PrpcMethods.GetRegistration, [])));
        Assert.Equal(HttpStatusCode.InternalServerError, (await Refused(await Post(_private!, PrpcMethods.ContractQuery, []))).Status);
        using HttpResponseMessage chunked = await _private!.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, PrpcMethods.PathPrefix + PrpcMethods.GetInfo) { Content = new PushContent(64 * 1024), Headers = { TransferEncodingChunked = true } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
        using HttpRequestMessage put = new(HttpMethod.Put, "/prpc/PhactoryAPI.GetInfo");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _private.SendAsync(put, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task JSON_goes_in_and_out_by_query_or_content_type()
    {
        using ByteArrayContent plain = new("{\"echo_msg\":\"0x0102\"}"u8.ToArray());
        using HttpResponseMessage byQuery = await _private!.PostAsync(new Uri("/prpc/PhactoryAPI.Echo?json", UriKind.Relative), plain, TestContext.Current.CancellationToken);
        Assert.Equal("{\"echo_msg\":\"AQI=\"}", await byQuery.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using StringContent typed = new("{\"echoMsg\":\"AQI=\"}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage byType = await _private.PostAsync(new Uri("/prpc/PhactoryAPI.Echo", UriKind.Relative), typed, TestContext.Current.CancellationToken);
        Assert.Equal("{\"echo_msg\":\"AQI=\"}", await byType.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using StringContent bad = new("{", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage refused = await _private.PostAsync(new Uri("/prpc/PhactoryAPI.Echo", UriKind.Relative), bad, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("{\"message\":\"DecodeError(BadJson)\"}", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Help_health_and_metrics_are_there()
    {
        Assert.Equal(ProtoText.Read(), await _public!.GetStringAsync(new Uri("/help", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("ok\n", await _public.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _public.GetAsync(new Uri("/health/readiness", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        string metrics = await _private!.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        foreach (string name in (string[])["phala_worker_headers_synced", "phala_worker_lease_expires_seconds", "phala_worker_query_total{outcome=\"answered\"}", "phala_worker_query_seconds_bucket{le=\"+Inf\"}", "phala_worker_egress_pending", "phala_worker_attestation_info{attestation=\"none (development)\"}"]) Assert.Contains($"\n{name} ", metrics, StringComparison.Ordinal);
        using HttpRequestMessage preflight = new(HttpMethod.Options, "/prpc/PhactoryAPI.GetInfo");
        using HttpResponseMessage allowed = await _public.SendAsync(preflight, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal("GET, POST, OPTIONS", string.Join(", ", allowed.Headers.GetValues("Access-Control-Allow-Methods")));
    }

    [Fact]
    public async Task Neither_files_nor_log_nor_replies_hold_what_is_secret()
    {
        WorkerWorld world = new(0);
        List<string> seen = [];
        TestRelayer relayer = new((method, body) =>
        {
            using HttpResponseMessage response = Post(_private!, method, body).GetAwaiter().GetResult();
            byte[] bytes = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            seen.Add(Convert.ToHexStringLower(bytes));
            return response.StatusCode == HttpStatusCode.OK ? bytes : null;
        });
        world.Add(relayer);
        world.BeginCluster();
        List<byte[]> canaries = [];
        for (int at = 0; at < 20; at++)
        {
            byte[] canary = world.Draw();
            canaries.Add(canary);
            world.Command(ClusterQueries.Alice, Phala.Testing.Chain.Clusters.ClusterWorld.Call("store", Phala.Testing.Chain.Clusters.ClusterWorld.Text($"door {at}"), Phala.Testing.Chain.Clusters.ClusterWorld.Sequence(canary)));
            world.Settle();
        }

        Assert.True(await _worker!.Core.TakeCheckpointAsync());
        seen.Add(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(_log.ToString())));
        seen.Add(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(await _private!.GetStringAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken))));
        foreach (string file in Directory.GetFiles(_folder).Where(file => Path.GetFileName(file) != "lock")) seen.Add(Convert.ToHexStringLower(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        Assert.True(seen.Count > 100, "Nothing was looked at.");
        Assert.True(Directory.GetFiles(_folder, "cluster-*").Length > 0, "No cluster was written.");
        foreach (byte[] canary in canaries)
        {
            string hex = Convert.ToHexStringLower(canary), text = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(hex));
            Assert.DoesNotContain(seen, each => each.Contains(hex, StringComparison.Ordinal) || each.Contains(text, StringComparison.Ordinal));
        }

    }

    [Fact]
    public void Words_of_libraries_and_of_exceptions_are_not_logged()
    {
        using StringWriter output = new();
        using ILoggerFactory logs = WorkerLogs.Create(LogLevel.Information, LogFormat.Json, output, TimeProvider.System);
        ILogger library = logs.CreateLogger("Microsoft.AspNetCore.Server.Kestrel"), own = logs.CreateLogger<WorkerHost>();
#pragma warning disable CA1848 // Whatever is logged, and however, passes through the same gate.
        library.LogError(new InvalidOperationException("canary"), "canary");
        own.LogError(new InvalidOperationException("canary"), "seen");
        own.LogDebug("canary");
#pragma warning restore CA1848
        string text = output.ToString();
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        using JsonDocument line = JsonDocument.Parse(text);
        Assert.Equal("InvalidOperationException", line.RootElement.GetProperty("error").GetString());
        Assert.Equal("host", line.RootElement.GetProperty("target").GetString());
    }

    private static async Task<HttpResponseMessage> Post(HttpClient door, string method, byte[] body)
    {
        using ByteArrayContent content = new(body);
        return await door.PostAsync(new Uri(PrpcMethods.PathPrefix + method, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    private static async Task<(HttpStatusCode Status, string Message)> Refused(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(ProtoError.None, PrpcError.Schema.Decode(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), out PrpcError error));
            return (response.StatusCode, error.Message);
        }
    }

    /// <summary>Content of a length that nobody says before.</summary>
    private sealed class PushContent(int length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(new byte[length]).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
