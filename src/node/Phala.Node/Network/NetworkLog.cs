using System.Net;
using Microsoft.Extensions.Logging;
using Phala.Node.Network.Addresses;
using Phala.Node.Network.Notifications;
using Phala.Node.Network.Requests;
using Phala.Node.Network.Yamux;

namespace Phala.Node.Network;

/// <summary>What operators read of the network.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Listening for peers at {Address}")]
    public static partial void Listening(ILogger log, Multiaddress address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} Another port is taken.")]
    public static partial void OtherPort(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Remote} is no peer: {Problem}")]
    public static partial void NoPeer(ILogger log, EndPoint? remote, string problem);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Peer {Peer} came from {Remote}")]
    public static partial void Came(ILogger log, PeerId peer, EndPoint? remote);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Peer {Peer} has gone: {Reason}")]
    public static partial void Gone(ILogger log, PeerId peer, YamuxError reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Peer {Peer} is left for what it said on {Protocol}: {Error}")]
    public static partial void BadNotification(ILogger log, PeerId peer, string protocol, NotificationError error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A request of peer {Peer} on {Protocol} is refused: {Refusal}")]
    public static partial void Refused(ILogger log, PeerId peer, string protocol, RequestRefusal refusal);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request of peer {Peer} on {Protocol} could not be answered from the disk: {Failure}")]
    public static partial void DiskFailed(ILogger log, PeerId peer, string protocol, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The connection of {Remote} failed")]
    public static partial void Mistake(ILogger log, EndPoint? remote, Exception exception);
}
