using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Phala.Node.Limits;
using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc.Transport;

/// <summary>
/// What comes in over HTTP: calls by POST, the handshake of WebSockets, health by GET, and browsers asking beforehand (OPTIONS). A request that is none of these
/// gets the status that says so, and every call status 200, whatever became of it, as clients of JSON-RPC expect.
/// </summary>
internal sealed class HttpEndpoint(RpcOptions options, RpcServices services, RpcMetrics metrics, Dispatcher dispatcher, SessionTable sessions, ILogger log)
{
    private const string Json = "application/json; charset=utf-8", Text = "text/plain; charset=utf-8";
    private readonly Gate _gate = new(options);
    private int _connections;

    /// <summary>How many connections are open.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Counts a connection while it lasts.</summary>
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        IPAddress remote = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        bool isRefused = Interlocked.Increment(ref _connections) > options.MaxConnections;
        if (isRefused) RpcLog.Refused(log, remote.ToString(), options.MaxConnections);
        using Peer peer = new(remote, isRefused);
        connection.Features.Set(peer);
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(IFeatureCollection features)
    {
        try
        {
            await DispatchAsync(features).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException and not BadHttpRequestException or OperationCanceledException)
        {
            // The caller went away in the middle of a request or of its reply.
            features.Get<IHttpRequestLifetimeFeature>()?.Abort();
        }
    }

    private Task DispatchAsync(IFeatureCollection features)
    {
        IHttpRequestFeature request = features.GetRequiredFeature<IHttpRequestFeature>();
        Peer peer = features.GetRequiredFeature<Peer>();
        if (peer.IsRefused) return RespondAsync(features, StatusCodes.Status429TooManyRequests, "Too many connections. Please try again later.", isLast: true);
        if (_gate.Refusal(request.Headers) is { } refusal) return RespondAsync(features, StatusCodes.Status403Forbidden, refusal);
        if (request.Method == HttpMethods.Post) return PostAsync(features, request.Headers, peer);
        if (request.Method == HttpMethods.Get) return GetAsync(features, request, peer);
        return request.Method == HttpMethods.Options ? PreflightAsync(features, request.Headers) : NotAllowedAsync(features);
    }

    private async Task PostAsync(IFeatureCollection features, IHeaderDictionary headers, Peer peer)
    {
        if (!IsJson(headers.ContentType))
        {
            await RespondAsync(features, StatusCodes.Status415UnsupportedMediaType, "Supplied content type is not allowed. Content-Type: application/json is required\n").ConfigureAwait(false);
            return;
        }

        Exchange exchange = peer.Exchange ??= MakeHttpExchange(headers, peer);
        exchange.Call.Reset(_gate.MayUseUnsafe(headers), features.Get<IHttpRequestLifetimeFeature>());
        PipeReader reader = features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        using ReplyBuffer copy = new();
        Body? body = headers.ContentLength > options.MaxRequestSize ? null : await Body.ReadAsync(reader, options.MaxRequestSize, copy).ConfigureAwait(false);
        if (body is { } message)
        {
            await dispatcher.ExecuteAsync(message.Bytes, exchange).ConfigureAwait(false);
            if (message.InPlace is { } end) reader.AdvanceTo(end);
        }
        else
        {
            exchange.WriteErrorForAll(RpcError.RequestTooLong(options.MaxRequestSize));
        }

        await SendAsync(features, body is null ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status200OK, Json, exchange.Reply.Written, isLast: body is null).ConfigureAwait(false);
        exchange.Call.Replied();
        exchange.Reply.Dispose();
    }

    private Task GetAsync(IFeatureCollection features, IHttpRequestFeature request, Peer peer)
    {
        if (WebSocketHandshake.IsWanted(request.Headers)) return UpgradeAsync(features, request.Headers, peer);
        return request.Path switch
        {
            "/health" => SendHealthAsync(features, services.Health()),
            "/health/readiness" => RespondAsync(features, services.Health().IsReady ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError, ""),
            _ => NotAllowedAsync(features),
        };
    }

    private async Task UpgradeAsync(IFeatureCollection features, IHeaderDictionary headers, Peer peer)
    {
        IHttpResponseFeature response = features.GetRequiredFeature<IHttpResponseFeature>();
        if (!WebSocketHandshake.HasVersion(headers))
        {
            response.Headers.SecWebSocketVersion = WebSocketHandshake.Version;
            await RespondAsync(features, StatusCodes.Status426UpgradeRequired, "").ConfigureAwait(false);
            return;
        }

        if (features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || !WebSocketHandshake.TryAccept(headers, out string accept))
        {
            await RespondAsync(features, StatusCodes.Status400BadRequest, "").ConfigureAwait(false);
            return;
        }

        bool mayUseUnsafe = _gate.MayUseUnsafe(headers);
        Caller caller = new(Protocol.WebSocket, MakeLimiter(headers, peer));
        response.StatusCode = StatusCodes.Status101SwitchingProtocols;
        response.Headers.Connection = "Upgrade";
        response.Headers.Upgrade = "websocket";
        response.Headers.SecWebSocketAccept = accept;
        Stream stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        WebSocketLink link = new(
            stream, features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort, peer.Remote.ToString(), session => new Exchange(caller, new RpcCall(session, mayUseUnsafe)));
        await sessions.RunAsync(new WebSocketConnection(options, dispatcher, metrics, services, log, link)).ConfigureAwait(false);
    }

    private Task PreflightAsync(IFeatureCollection features, IHeaderDictionary headers)
    {
        IHeaderDictionary answer = features.GetRequiredFeature<IHttpResponseFeature>().Headers;
        answer.AccessControlAllowMethods = "POST";
        answer.AccessControlAllowHeaders = headers.AccessControlRequestHeaders.Count > 0 ? headers.AccessControlRequestHeaders : "content-type";
        return RespondAsync(features, StatusCodes.Status200OK, "");
    }

    private Task NotAllowedAsync(IFeatureCollection features) =>
        RespondAsync(features, StatusCodes.Status405MethodNotAllowed, "Used HTTP Method is not allowed. POST or OPTIONS is required\n");

    private Task SendHealthAsync(IFeatureCollection features, RpcHealth health) =>
        SendAsync(features, StatusCodes.Status200OK, Json, RpcJson.Serialize(health.Write), isLast: false);

    private Task RespondAsync(IFeatureCollection features, int status, string text, bool isLast = false) =>
        SendAsync(features, status, Text, Encoding.UTF8.GetBytes(text), isLast);

    private async Task SendAsync(IFeatureCollection features, int status, string contentType, ReadOnlyMemory<byte> body, bool isLast)
    {
        IHttpResponseFeature response = features.GetRequiredFeature<IHttpResponseFeature>();
        IHttpResponseBodyFeature output = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        response.StatusCode = status;
        response.Headers.ContentType = contentType;
        response.Headers.ContentLength = body.Length;
        if (isLast) response.Headers.Connection = "close";
        AllowOrigin(features.GetRequiredFeature<IHttpRequestFeature>().Headers, response.Headers);
        await output.StartAsync().ConfigureAwait(false);
        output.Writer.Write(body.Span);
    }

    // Only what the gate has let in comes here, or what is turned away with a page's origin that the browser then keeps from the page.
    private void AllowOrigin(IHeaderDictionary request, IHeaderDictionary response)
    {
        if (request.Origin is not [{ } origin, ..] || !options.Origins.Allows(origin)) return;
        response.AccessControlAllowOrigin = options.Origins.IsAll ? "*" : origin;
        response.Vary = "Origin";
    }

    private Exchange MakeHttpExchange(IHeaderDictionary headers, Peer peer) => new(new Caller(Protocol.Http, MakeLimiter(headers, peer)), new RpcCall(null, mayUseUnsafe: false));

    private RateLimiter? MakeLimiter(IHeaderDictionary headers, Peer peer) =>
        options.CallsPerMinute is { } calls && !_gate.IsUnlimited(peer.Remote, headers) ? new RateLimiter(calls, services.Time) : null;

    private static bool IsJson(string? contentType)
    {
        if (contentType is null) return false;
        ReadOnlySpan<char> type = contentType.AsSpan();
        int parameters = type.IndexOf(';');
        return (parameters < 0 ? type : type[..parameters]).Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
    }
}
