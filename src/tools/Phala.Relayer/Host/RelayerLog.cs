using Microsoft.Extensions.Logging;
using Phala.Client;
using Phala.Trie;
using Phala.Worker.Interface.Sync;

namespace Phala.Relayer.Host;

/// <summary>The lines that a relayer logs.</summary>
internal static partial class RelayerLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "pherry {Version}: node {Node}, {Workers} workers")]
    public static partial void Begins(ILogger log, string version, Uri node, int workers);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to {Node}, genesis {Genesis}")]
    public static partial void Connected(ILogger log, Uri node, Hash256 genesis);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node}: {Problem}; trying again")]
    public static partial void Disconnected(ILogger log, Uri node, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Worker}: {Problem}; trying again")]
    public static partial void Trouble(ILogger log, Uri worker, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Worker} goes on no more: {Reason}")]
    public static partial void Stopped(ILogger log, Uri worker, StopReason reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Worker} follows the chain that begins with {Theirs}, {Node} the one that begins with {Ours}: connect them to the same, or give the worker an empty folder")]
    public static partial void OtherChain(ILogger log, Uri worker, Hash256 theirs, Uri node, Hash256 ours);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} is final in block {Block}")]
    public static partial void Included(ILogger log, string kind, Hash256 block);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} failed in block {Block}: {Error}. It is not brought again for {Seconds} s")]
    public static partial void Failed(ILogger log, string kind, Hash256 block, string error, long seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} is not taken, and nothing is paid: {Error}")]
    public static partial void NotWanted(ILogger log, string kind, string error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Kind} is not taken: {Problem}")]
    public static partial void Refused(ILogger log, string kind, ClientFailure problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Account} has {Balance} PHA left: registrations and endpoints will fail without")]
    public static partial void LowBalance(ILogger log, string account, string balance);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Option} has no effect: {Why}")]
    public static partial void NoEffect(ILogger log, string option, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping")]
    public static partial void Stopping(ILogger log);
}
