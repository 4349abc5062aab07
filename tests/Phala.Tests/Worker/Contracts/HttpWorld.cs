using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Phala.Clusters.Pink;
using Phala.Codec;
using Phala.Worker.Contracts;
using Xunit;

namespace Phala.Tests.Worker.Contracts;

/// <summary>A client of contracts in a network of names that a test makes up.</summary>
internal sealed class HttpWorld
{
    /// <summary>Longer than any test takes: a safety net.</summary>
    public const ulong Patience = 60_000;

    private readonly Dictionary<string, Queue<string[]>> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _asked = [];

    public HttpWorld(bool allowLoopback = true, X509Certificate2Collection? authorities = null)
    {
        Http = new ContractHttp(new ContractHttpOptions { AllowLoopback = allowLoopback, Authorities = authorities ?? [], Resolve = (host, _) => Task.FromResult(Resolve(host)) });
    }

    public ContractHttp Http { get; }

    /// <summary>The names that were resolved, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_names) return [.. _asked];
        }
    }

    /// <summary>Says what a name stands for: one answer after the other, the last for ever.</summary>
    public HttpWorld Name(string name, params string[][] answers)
    {
        _names[name] = new Queue<string[]>(answers);
        return this;
    }

    public IReadOnlyList<Result<HttpResponse, HttpFailure>> SendAll(IReadOnlyList<HttpRequest> requests, ulong milliseconds) => Http.Send(requests, milliseconds, TestContext.Current.CancellationToken);

    public Result<HttpResponse, HttpFailure> Send(HttpRequest request, ulong milliseconds = Patience) => Assert.Single(SendAll([request], milliseconds));

    public Result<HttpResponse, HttpFailure> Get(string url, params (string, string)[] headers) => Send(Request(url, headers: headers));

    /// <summary>The answer of a server.</summary>
    public HttpResponse Answer(HttpRequest request)
    {
        Result<HttpResponse, HttpFailure> result = Send(request);
        Assert.True(result.TryGet(out HttpResponse? response, out _), $"{request.Url}: {result}");
        Assert.True(response.StatusCode != HttpResponse.Unreachable, Text(response));
        return response;
    }

    public static HttpRequest Request(string url, string method = "GET", (string, string)[]? headers = null, string body = "") =>
        new(url, method, Vec.Create<(string, string)>(headers ?? []), Vec.Create<byte>(Encoding.UTF8.GetBytes(body)));

    public static string Text(HttpResponse response) => Encoding.UTF8.GetString(response.Body.AsSpan());

    /// <summary>That there is no answer, and in which word why.</summary>
    public static void AssertUnreachable(string why, Result<HttpResponse, HttpFailure> result)
    {
        Assert.True(result.TryGet(out HttpResponse? response, out _), result.ToString());
        Assert.Equal((HttpResponse.Unreachable, "Unreachable", why, 0), (response.StatusCode, response.ReasonPhrase, Text(response), response.Headers.Length));
    }

    public static void AssertFailed(HttpFailure expected, Result<HttpResponse, HttpFailure> result)
    {
        Assert.False(result.TryGet(out HttpResponse? response, out HttpFailure failure), response is null ? "" : $"{response.StatusCode} {Text(response)}");
        Assert.Equal(expected, failure);
    }

    private IPAddress[] Resolve(string host)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal)) return [literal];
        lock (_names)
        {
            _asked.Add(host);
            if (!_names.TryGetValue(host, out Queue<string[]>? answers)) throw new SocketException((int)SocketError.HostNotFound);
            return [.. (answers.Count > 1 ? answers.Dequeue() : answers.Peek()).Select(IPAddress.Parse)];
        }
    }
}
