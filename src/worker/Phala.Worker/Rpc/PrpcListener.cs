using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Phala.Worker.Http;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;

namespace Phala.Worker.Rpc;

/// <summary>One address with the RPC behind it: all of it, or what is for clients.</summary>
internal sealed class PrpcListener : IAsyncDisposable
{
    private const int MaxConnections = 512;
    private readonly PrpcTable _table;
    private readonly PrpcPages _pages;
    private readonly bool _isPublic;
    private readonly ILogger _log;
    private readonly string _boot = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private HttpServer? _server;
    private long _requests;

    private PrpcListener(PrpcTable table, PrpcPages pages, bool isPublic, ILogger log) => (_table, _pages, _isPublic, _log) = (table, pages, isPublic, log);

    /// <summary>The address with the port that was taken.</summary>
    public IPEndPoint EndPoint => _server!.EndPoint;

    /// <summary>Starts to listen. An address that is taken is an <see cref="IOException"/>.</summary>
    /// <param name="endPoint">The address.</param>
    /// <param name="table">The methods.</param>
    /// <param name="pages">What is there besides.</param>
    /// <param name="isPublic">Whether only what is for clients is answered.</param>
    /// <param name="logs">The log.</param>
    public static async Task<PrpcListener> StartAsync(IPEndPoint endPoint, PrpcTable table, PrpcPages pages, bool isPublic, ILoggerFactory logs)
    {
        PrpcListener listener = new(table, pages, isPublic, logs.CreateLogger<PrpcListener>());
        listener._server = await HttpServer.StartAsync(endPoint, listener.AnswerAsync, MaxConnections, logs).ConfigureAwait(false);
        return listener;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(IFeatureCollection features)
    {
        long begun = Stopwatch.GetTimestamp();
        IHttpRequestFeature request = features.GetRequiredFeature<IHttpRequestFeature>();
        CancellationToken gone = features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        bool isJson = IsJson(request);
        PageReply reply;
        try
        {
            reply = await RouteAsync(request, isJson, gone).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // Who asked has gone, or sends too slowly.
            reply = PageReply.Of(PrpcMethod<Empty, Empty>.Refuse(new PrpcRefusal("The request was not read to its end.", PrpcStatus.BadRequest), isJson), isJson);
        }
#pragma warning disable CA1031 // A fault of ours is not to end the process, nor to tell what it knows.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            RpcLog.Failed(_log, request.Path, failure);
            reply = PageReply.Of(PrpcMethod<Empty, Empty>.Refuse(new PrpcRefusal("The worker failed."), isJson), isJson);
        }

        await WriteAsync(features, reply, Stopwatch.GetElapsedTime(begun)).ConfigureAwait(false);
    }

    private async ValueTask<PageReply> RouteAsync(IHttpRequestFeature request, bool isJson, CancellationToken gone)
    {
        if (request.Method == HttpMethods.Options) return new PageReply(StatusCodes.Status204NoContent, "text/plain", []);
        bool isGet = request.Method == HttpMethods.Get;
        if (!isGet && request.Method != HttpMethods.Post) return Refuse("The methods are GET and POST.", (PrpcStatus)StatusCodes.Status405MethodNotAllowed, isJson);
        string path = request.Path is "/info" or "/get_info" ? PrpcMethods.PathPrefix + PrpcMethods.GetInfo : request.Path;
        if (!path.StartsWith(PrpcMethods.PathPrefix, StringComparison.Ordinal))
        {
            return (isGet ? _pages.Find(path, _isPublic) : null) ?? Refuse("There is nothing here. GET /help tells what there is.", PrpcStatus.NotFound, isJson);
        }

        PrpcMethod? method = _table.Find(path[PrpcMethods.PathPrefix.Length..]);
        if (method is null) return Refuse("There is no such method.", PrpcStatus.NotFound, isJson);
        if (_isPublic && !method.IsPublic) return Refuse("The method is not for this listener.", PrpcStatus.Forbidden, isJson);
        if (!method.IsPublic && IsOfPage(request)) return Refuse("The method is not for web pages.", PrpcStatus.Forbidden, isJson);
        if (!method.IsPublic && isGet) return Refuse("The method takes POST.", (PrpcStatus)StatusCodes.Status405MethodNotAllowed, isJson);
        byte[]? body = isGet ? [] : await ReadAsync(request, method.MaxBody, gone).ConfigureAwait(false);
        if (body is null) return Refuse($"The request is longer than {method.MaxBody} bytes.", PrpcStatus.TooLarge, isJson);
        return PageReply.Of(await method.CallAsync(body, isJson, gone).ConfigureAwait(false), isJson);
    }

    private static PageReply Refuse(string message, PrpcStatus status, bool isJson) => PageReply.Of(PrpcMethod<Empty, Empty>.Refuse(new PrpcRefusal(message, status), isJson), isJson);

    /// <summary>Reads a body; null where it is too long, as soon as that is known.</summary>
    private static async ValueTask<byte[]?> ReadAsync(IHttpRequestFeature request, int most, CancellationToken gone)
    {
        if (request.Headers.ContentLength > most) return null;
        PipeReader reader = PipeReader.Create(request.Body);
        while (true)
        {
            ReadResult read = await reader.ReadAsync(gone).ConfigureAwait(false);
            if (read.Buffer.Length > most) return null;
            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                await reader.CompleteAsync().ConfigureAwait(false);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Whether a browser sends it for a page. Any page may send requests to this machine, and they say where they come from: all but those for images and the like, which are GET.</summary>
    private static bool IsOfPage(IHttpRequestFeature request) => request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site");

    private static bool IsJson(IHttpRequestFeature request) =>
        request.Method == HttpMethods.Get
        || request.QueryString.TrimStart('?').Split('&').Any(part => part is "json" || part.StartsWith("json=", StringComparison.Ordinal))
        || request.Headers.ContentType.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    private static void AllowPages(IHeaderDictionary headers)
    {
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        headers.AccessControlAllowHeaders = "Content-Type";
        headers["Access-Control-Expose-Headers"] = "X-Request-Id, X-Cost-Time";
    }

    private async Task WriteAsync(IFeatureCollection features, PageReply reply, TimeSpan took)
    {
        IHttpResponseFeature response = features.GetRequiredFeature<IHttpResponseFeature>();
        IHttpResponseBodyFeature output = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        response.StatusCode = reply.Status;
        IHeaderDictionary headers = response.Headers;
        headers["X-Request-Id"] = $"{_boot}-{Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture)}";
        headers["X-Cost-Time"] = ((long)took.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        if (_isPublic) AllowPages(headers);
        if (reply.Status != StatusCodes.Status204NoContent)
        {
            headers.ContentType = reply.ContentType;
            headers.ContentLength = reply.Body.Length;
        }

        await output.StartAsync().ConfigureAwait(false);
        output.Writer.Write(reply.Body);
        await output.CompleteAsync().ConfigureAwait(false);
    }
}
