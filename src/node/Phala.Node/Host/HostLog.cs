using System.Net;
using Microsoft.Extensions.Logging;
using Phala.Node.Storage;
using Phala.Trie;

namespace Phala.Node.Host;

/// <summary>What operators read of the node's beginning, state and end.</summary>
internal static partial class HostLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Phala Node {Version}: {Chain}, as {Role}, named {Name}")]
    public static partial void Begins(ILogger log, string version, string chain, string role, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Data at {Path}")]
    public static partial void Database(ILogger log, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Local node identity is: {PeerId}")]
    public static partial void Identity(ILogger log, string peerId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Chain}, genesis {Genesis}, best #{Best}. RPC at ws://{Rpc} and http://{Rpc}")]
    public static partial void Started(ILogger log, string chain, Hash256 genesis, uint best, IPEndPoint rpc);

    [LoggerMessage(Level = LogLevel.Information, Message = "Idle ({Peers} peers), best: #{Best} ({BestHash}), finalized #{Finalized} ({FinalizedHash})")]
    public static partial void Idle(ILogger log, int peers, uint best, string bestHash, uint finalized, string finalizedHash);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot of the state is damaged and was passed over: {Reason}")]
    public static partial void DamagedSnapshot(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not be kept in order: {Failure}")]
    public static partial void MaintenanceFailed(ILogger log, StorageFailure failure);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Work} has failed, and the node ends")]
    public static partial void WorkFailed(ILogger log, string work, Exception? failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: the block that is being made is finished first")]
    public static partial void Stopping(ILogger log);
}
