namespace Phala.Chain.Grandpa;

/// <summary>Why a warp sync proof cannot be followed to its end.</summary>
public enum WarpSyncError : byte
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>The bytes are no proof, or more than one.</summary>
    BadEncoding,

    /// <summary>There are no fragments.</summary>
    Empty,

    /// <summary>A fragment's header does not follow; <see cref="WarpSyncResult.Advance"/> says why.</summary>
    BadFragment,

    /// <summary>A fragment that is not the end of the chain announces no authorities.</summary>
    MissingChange,
}
