namespace Phala.Runtime.Framework;

/// <summary>On whose behalf a call is executed.</summary>
public enum OriginKind : byte
{
    /// <summary>Nobody's: an inherent, or a call that proves its own right.</summary>
    None = 0,

    /// <summary>An account's, which signed.</summary>
    Signed = 1,

    /// <summary>The chain's own.</summary>
    Root = 2,
}
