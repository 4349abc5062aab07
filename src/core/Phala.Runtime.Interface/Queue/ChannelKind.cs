using Phala.Codec;

namespace Phala.Runtime.Interface.Queue;

/// <summary>Whom the messages of a channel are for.</summary>
[Scale]
public enum ChannelKind : byte
{
    /// <summary>Every worker.</summary>
    System = 0,

    /// <summary>The members of one cluster.</summary>
    Cluster = 1,
}
