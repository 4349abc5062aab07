namespace Phala.Node.Rpc.Messages;

/// <summary>Why a message is no request.</summary>
public enum RequestError
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not JSON in UTF-8, or nested deeper than 64: −32700.</summary>
    NotJson,

    /// <summary>JSON, but no request of JSON-RPC 2.0: −32600.</summary>
    NotRequest,
}
