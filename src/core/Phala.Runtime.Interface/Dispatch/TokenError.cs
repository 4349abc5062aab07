using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>Why tokens can't be moved.</summary>
[Scale("sp_runtime::TokenError")]
public enum TokenError : byte
{
    /// <summary>The account has too little.</summary>
    FundsUnavailable = 0,

    /// <summary>The account may not be closed.</summary>
    OnlyProvider = 1,

    /// <summary>The account would have less than an account must have.</summary>
    BelowMinimum = 2,

    /// <summary>The account can't be created.</summary>
    CannotCreate = 3,

    /// <summary>There is no such asset.</summary>
    UnknownAsset = 4,

    /// <summary>The tokens are frozen.</summary>
    Frozen = 5,

    /// <summary>The asset does not support it.</summary>
    Unsupported = 6,

    /// <summary>The account can't be created to hold what is held back.</summary>
    CannotCreateHold = 7,

    /// <summary>The account would be closed, and the caller asked that it not be.</summary>
    NotExpendable = 8,

    /// <summary>The account is blocked.</summary>
    Blocked = 9,
}
