using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>Whether a call costs its signer a fee.</summary>
[Scale("frame_support::dispatch::Pays")]
public enum Pays : byte
{
    /// <summary>It does.</summary>
    Yes = 0,

    /// <summary>It is free.</summary>
    No = 1,
}
