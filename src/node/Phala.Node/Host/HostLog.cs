using System.Net;
using Microsoft.Extensions.Logging;
using Phala.Trie;

namespace Phala.Node.Host;

/// <summary>What operators read of the node's beginning and end.</summary>
internal static partial class HostLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Chain}, genesis {Genesis}, best #{Best}. RPC at ws://{Rpc} and http://{Rpc}")]
    public static partial void Started(ILogger log, string chain, Hash256 genesis, uint best, IPEndPoint rpc);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: the block that is being made is finished first")]
    public static partial void Stopping(ILogger log);
}
