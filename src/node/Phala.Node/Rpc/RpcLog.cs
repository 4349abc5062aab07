using Microsoft.Extensions.Logging;

namespace Phala.Node.Rpc;

/// <summary>What the server logs.</summary>
internal static partial class RpcLog
{
    [LoggerMessage(1, LogLevel.Information, "Running JSON-RPC server: addr={Address}, allowed origins={Origins}, methods={Methods}")]
    public static partial void Started(ILogger logger, string address, string origins, RpcMethodPolicy methods);

    [LoggerMessage(2, LogLevel.Error, "RPC method {Method} failed")]
    public static partial void HandlerFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "RPC method {Method} gave neither a result nor an error")]
    public static partial void NoResult(ILogger logger, string method);

    [LoggerMessage(4, LogLevel.Warning, "RPC connection of {Remote} cut off: {Reason}")]
    public static partial void CutOff(ILogger logger, string remote, string reason);

    [LoggerMessage(5, LogLevel.Debug, "RPC connection of {Remote} refused: {Limit} are open")]
    public static partial void Refused(ILogger logger, string remote, int limit);

    [LoggerMessage(6, LogLevel.Error, "RPC connection of {Remote} failed")]
    public static partial void ConnectionFailed(ILogger logger, string remote, Exception exception);
}
