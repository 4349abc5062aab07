namespace Phala.Worker.Rpc;

/// <summary>How a call ended, as an HTTP status.</summary>
public enum PrpcStatus
{
    /// <summary>With a reply.</summary>
    Ok = 200,

    /// <summary>The bytes are no request of the method.</summary>
    BadRequest = 400,

    /// <summary>The method is not for this listener.</summary>
    Forbidden = 403,

    /// <summary>There is no such method.</summary>
    NotFound = 404,

    /// <summary>The request is longer than any of the method.</summary>
    TooLarge = 413,

    /// <summary>The worker refused, or failed: the message says why.</summary>
    Refused = 500,
}
