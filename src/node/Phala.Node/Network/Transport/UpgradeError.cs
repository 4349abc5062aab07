namespace Phala.Node.Network.Transport;

/// <summary>Why a request does not become a WebSocket.</summary>
internal enum UpgradeError
{
    /// <summary>It does.</summary>
    None,

    /// <summary>The connection ended.</summary>
    Ended,

    /// <summary>The head is longer than <see cref="WebSocketUpgrade.MaxHeadLength"/>, or more follows it before the answer.</summary>
    TooLong,

    /// <summary>It is no HTTP/1.1 request with GET, or a line of it is no header.</summary>
    BadRequest,

    /// <summary>It does not ask for version 13 of WebSocket.</summary>
    NoWebSocket,

    /// <summary>Its key is not 16 bytes in base64.</summary>
    BadKey,
}
