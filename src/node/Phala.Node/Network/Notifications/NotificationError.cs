namespace Phala.Node.Network.Notifications;

/// <summary>What is wrong with a handshake or a notification. The peer is left.</summary>
internal enum NotificationError
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The bytes are not of the form.</summary>
    Malformed,

    /// <summary>The role is none of the three.</summary>
    BadRole,

    /// <summary>The peer is of another chain.</summary>
    WrongGenesis,

    /// <summary>There are too many things in it.</summary>
    TooMany,
}
