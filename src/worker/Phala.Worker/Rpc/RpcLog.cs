using Microsoft.Extensions.Logging;

namespace Phala.Worker.Rpc;

/// <summary>What operators read of the RPC.</summary>
internal static partial class RpcLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Path} failed by a fault of this program")]
    public static partial void Failed(ILogger log, string path, Exception failure);
}
