using Microsoft.Extensions.Logging;
using Phala.Trie;

namespace Phala.Worker.Streams;

/// <summary>What operators read of streams.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: a member from entry {Count} on, waiting for its keys")]
    public static partial void Joined(ILogger log, Hash256 cluster, ulong count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: keys received, going on from entry {Count}")]
    public static partial void KeysReceived(ILogger log, Hash256 cluster, ulong count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: keys were wrapped to this session and did not open: they are for another history")]
    public static partial void KeysNotOpened(ILogger log, Hash256 cluster);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: keys were wrapped to this session that are not those that the chain has: they are not taken")]
    public static partial void KeysNotAnnounced(ILogger log, Hash256 cluster);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: a member no longer, keys and state are dropped")]
    public static partial void Left(ILogger log, Hash256 cluster);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cluster {Cluster}: a fault of this program at entry {Count}, attempt {Attempt}: {Fault}. The cluster waits there; others go on")]
    public static partial void Faulted(ILogger log, Hash256 cluster, ulong count, uint attempt, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cluster {Cluster}: its owner has said at entry {Count} that it is executed by newer rules from the next one on")]
    public static partial void RulesChanged(ILogger log, Hash256 cluster, ulong count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cluster {Cluster}: the chain holds another result of entry {Count} than this worker's. One of the members is wrong")]
    public static partial void Diverged(ILogger log, Hash256 cluster, ulong count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: snapshot {Name} was passed over: {Reason}")]
    public static partial void SnapshotPassedOver(ILogger log, Hash256 cluster, string name, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: snapshot {Name} can't be removed: {Reason}")]
    public static partial void SnapshotNotRemoved(ILogger log, Hash256 cluster, string name, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cluster {Cluster}: its state at entry {Count} has {Length} bytes and is too long for a snapshot: after a restart it is executed again from an older one, or from its first entry")]
    public static partial void SnapshotTooLong(ILogger log, Hash256 cluster, ulong count, long length);
}
