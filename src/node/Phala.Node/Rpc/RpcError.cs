using System.Globalization;

namespace Phala.Node.Rpc;

/// <summary>A failure as the caller sees it. Handlers return it; null is success.</summary>
/// <param name="Code">The code, see <see cref="RpcErrorCode"/> for those of the server; the chain's own are above 1000 or from −32800 down.</param>
/// <param name="Message">What went wrong, fit for every caller: no paths, no addresses.</param>
/// <param name="Data">More about it, written as a JSON string; null for none.</param>
public sealed record RpcError(int Code, string Message, string? Data = null)
{
    /// <summary>The message is not JSON.</summary>
    public static RpcError NotJson { get; } = new(RpcErrorCode.ParseError, "Parse error");

    /// <summary>The message is JSON, but no request.</summary>
    public static RpcError NotRequest { get; } = new(RpcErrorCode.InvalidRequest, "Invalid request");

    /// <summary>No such method. Clients match this text to fall back to an older method.</summary>
    public static RpcError MethodNotFound { get; } = new(RpcErrorCode.MethodNotFound, "Method not found");

    /// <summary>The method is for the operator only.</summary>
    public static RpcError DeniedUnsafe { get; } = new(RpcErrorCode.MethodNotFound, "RPC call is unsafe to be called externally");

    /// <summary>The node failed, not the caller.</summary>
    public static RpcError Internal { get; } = new(RpcErrorCode.InternalError, "Internal error");

    /// <summary>The listener answers no batches.</summary>
    public static RpcError BatchesDisabled { get; } = new(RpcErrorCode.BatchesNotSupported, "Batched requests are not supported by this server");

    /// <summary>The connection has used up its calls of this minute.</summary>
    public static RpcError RateLimited { get; } = new(RpcErrorCode.RateLimited, "RPC rate limit exceeded");

    /// <summary>A subscription was asked for over HTTP, which cannot carry its notifications.</summary>
    public static RpcError NeedsWebSocket { get; } = new(RpcErrorCode.InternalError, "Subscriptions need a WebSocket connection");

    /// <summary>A parameter that is missing or is not what it should be.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="expected">What it should be, such as "a block number".</param>
    public static RpcError InvalidParameter(string parameter, string expected) => new(RpcErrorCode.InvalidParams, $"Invalid params: {parameter}: expected {expected}");

    /// <summary>The request has more bytes than <paramref name="limit"/>.</summary>
    public static RpcError RequestTooLong(int limit) => new(RpcErrorCode.OversizedRequest, "Request is too big", Exceeded(limit));

    /// <summary>The result has more bytes than <paramref name="limit"/>.</summary>
    public static RpcError ResponseTooLong(int limit) => new(RpcErrorCode.OversizedResponse, "Response is too big", Exceeded(limit));

    /// <summary>The batch has more requests than <paramref name="limit"/>.</summary>
    public static RpcError BatchTooLong(int limit) => new(RpcErrorCode.TooBigBatchRequest, "The batch request was too large", Exceeded(limit));

    /// <summary>The batch's results together have more bytes than <paramref name="limit"/>.</summary>
    public static RpcError BatchResponseTooLong(int limit) => new(RpcErrorCode.TooBigBatchResponse, "The batch response was too large", Exceeded(limit));

    /// <summary>The connection holds <paramref name="limit"/> subscriptions already.</summary>
    public static RpcError TooManySubscriptions(int limit) => new(RpcErrorCode.TooManySubscriptions, "Too many subscriptions on the connection", Exceeded(limit));

    private static string Exceeded(int limit) => string.Create(CultureInfo.InvariantCulture, $"Exceeded max limit of {limit}");
}
