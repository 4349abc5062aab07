using Microsoft.Extensions.Logging;
using Phala.Trie;

namespace Phala.Worker.Keys;

/// <summary>What operators read of keys: that there are some.</summary>
internal static partial class KeyLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "As the first gatekeeper: the master key is made and sealed")]
    public static partial void MasterMade(ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "As gatekeeper: secrets of cluster {Cluster} are made and sealed")]
    public static partial void SecretsMade(ILogger log, Hash256 cluster);

    [LoggerMessage(Level = LogLevel.Error, Message = "As gatekeeper: cluster {Cluster} has keys on the chain that this gatekeeper does not know. Restore gatekeeper.seal from a backup")]
    public static partial void SecretsLost(ILogger log, Hash256 cluster);
}
