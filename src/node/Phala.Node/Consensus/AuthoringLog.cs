using Microsoft.Extensions.Logging;
using Phala.Node.Storage;
using Phala.Runtime.Execution;
using Phala.Trie;

namespace Phala.Node.Consensus;

/// <summary>What operators read of authoring, in the words that they search for.</summary>
internal static partial class AuthoringLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Imported #{Number} ({Hash}) with {Extrinsics} extrinsics")]
    public static partial void Imported(ILogger log, uint number, Hash256 hash, int extrinsics);

    [LoggerMessage(Level = LogLevel.Information, Message = "finalized #{Number} ({Hash})")]
    public static partial void Finalized(ILogger log, uint number, Hash256 hash);

    [LoggerMessage(Level = LogLevel.Error, Message = "The block of slot {Slot} could not be kept: {Reason}")]
    public static partial void NotKept(ILogger log, ulong slot, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "No blocks are made any more, as they can't be written; it is tried again every ten seconds. {Failure}")]
    public static partial void Paused(ILogger log, StorageFailure failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Blocks are made again")]
    public static partial void Resumed(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No block in slot {Slot}: {Status} {Error}")]
    public static partial void NoBlock(ILogger log, ulong slot, AuthorStatus status, BlockError error);

    [LoggerMessage(Level = LogLevel.Error, Message = "#{Number} could not be made final: {Status}")]
    public static partial void NotFinalized(ILogger log, uint number, FinalizerStatus status);
}
