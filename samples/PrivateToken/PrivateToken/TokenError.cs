namespace PrivateToken;

/// <summary>Why a call failed. The first two have PSP22's places.</summary>
public enum TokenError : byte
{
    /// <summary>The account has fewer tokens.</summary>
    InsufficientBalance = 1,

    /// <summary>The account lets the caller spend fewer tokens.</summary>
    InsufficientAllowance = 2,

    /// <summary>This is told to somebody else.</summary>
    NotYours = 10,
}
