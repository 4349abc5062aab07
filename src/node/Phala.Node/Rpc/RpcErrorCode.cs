namespace Phala.Node.Rpc;

/// <summary>Codes of the server's own errors: those of JSON-RPC 2.0, and jsonrpsee's for limits, which clients of Substrate know.</summary>
public static class RpcErrorCode
{
    /// <summary>The message is not JSON.</summary>
    public const int ParseError = -32700;

    /// <summary>The message is no request.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>No such method, or not for this caller.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>A parameter is missing or wrong.</summary>
    public const int InvalidParams = -32602;

    /// <summary>The node failed.</summary>
    public const int InternalError = -32603;

    /// <summary>Batches are switched off.</summary>
    public const int BatchesNotSupported = -32005;

    /// <summary>Too many subscriptions on the connection.</summary>
    public const int TooManySubscriptions = -32006;

    /// <summary>The request is too long.</summary>
    public const int OversizedRequest = -32007;

    /// <summary>The result is too long.</summary>
    public const int OversizedResponse = -32008;

    /// <summary>The batch has too many requests.</summary>
    public const int TooBigBatchRequest = -32010;

    /// <summary>The batch's results are too long together.</summary>
    public const int TooBigBatchResponse = -32011;

    /// <summary>Too many calls on the connection.</summary>
    public const int RateLimited = -32999;
}
