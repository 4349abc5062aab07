using Microsoft.Extensions.Logging;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Worker.Sync;

/// <summary>What operators read of following the chain.</summary>
internal static partial class SyncLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Stopped: {Reason}. This run of the worker goes on no more")]
    public static partial void Stopped(ILogger log, StopReason reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chain has messages of {Sender} up to {Next} that this worker does not know: its files were put back to an earlier state, or it has a clone")]
    public static partial void SequenceMoved(ILogger log, string sender, ulong next);

    [LoggerMessage(Level = LogLevel.Information, Message = "Begun with chain {Genesis}")]
    public static partial void Begun(ILogger log, Hash256 genesis);

    [LoggerMessage(Level = LogLevel.Information, Message = "Restored at block {Block}, entry {Count}")]
    public static partial void Restored(ILogger log, uint block, ulong count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "State generation {Generation} is damaged and was passed over")]
    public static partial void DamagedGeneration(ILogger log, ulong generation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is kept of chain {Genesis} can't be used ({Reason}): the worker begins again from the first block")]
    public static partial void Forgotten(ILogger log, Hash256 genesis, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Files can't be written")]
    public static partial void WriteFailed(ILogger log, Exception failure);
}
