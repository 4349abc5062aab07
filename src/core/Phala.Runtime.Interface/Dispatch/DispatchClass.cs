using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>Which share of a block a call may take.</summary>
[Scale("frame_support::dispatch::DispatchClass")]
public enum DispatchClass : byte
{
    /// <summary>Users' calls.</summary>
    Normal = 0,

    /// <summary>Calls that keep the chain working.</summary>
    Operational = 1,

    /// <summary>Calls that every block must hold; a block in which one fails is invalid.</summary>
    Mandatory = 2,
}
