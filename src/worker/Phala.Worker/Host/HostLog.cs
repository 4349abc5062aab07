using System.Net;
using Microsoft.Extensions.Logging;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;

namespace Phala.Worker.Host;

/// <summary>What operators read of the worker's beginning and end.</summary>
internal static partial class HostLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "pruntime {Version}, data at {DataDir}")]
    public static partial void Begins(ILogger log, string version, string dataDir);

    [LoggerMessage(Level = LogLevel.Warning, Message = "INSECURE: attestation is {Attestation}. Whoever has this machine can read everything")]
    public static partial void Insecure(ILogger log, string attestation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "INSECURE: sealed files are protected by {Sealing} alone")]
    public static partial void InsecureSealing(ILogger log, string sealing);

    [LoggerMessage(Level = LogLevel.Information, Message = "Measurement {Measurement}, identity {Identity}, session {Session}")]
    public static partial void Identity(ILogger log, Measurement measurement, Sr25519PublicKey identity, Sr25519PublicKey session);

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening at http://{Private} (private)")]
    public static partial void ListeningPrivately(ILogger log, IPEndPoint @private);

    [LoggerMessage(Level = LogLevel.Information, Message = "Listening at http://{Public} (public)")]
    public static partial void ListeningPublicly(ILogger log, IPEndPoint @public);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: requests under way are answered and what is known is written first")]
    public static partial void Stopping(ILogger log);
}
