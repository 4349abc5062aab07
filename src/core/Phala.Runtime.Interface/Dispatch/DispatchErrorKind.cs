namespace Phala.Runtime.Interface.Dispatch;

/// <summary>The variants of <see cref="DispatchError"/> with their indices.</summary>
public enum DispatchErrorKind : byte
{
    /// <summary>Anything else.</summary>
    Other = 0,

    /// <summary>An address stands for no account.</summary>
    CannotLookup = 1,

    /// <summary>The caller may not do this.</summary>
    BadOrigin = 2,

    /// <summary>A pallet's error.</summary>
    Module = 3,

    /// <summary>The account is still in use.</summary>
    ConsumerRemaining = 4,

    /// <summary>Nothing keeps the account alive.</summary>
    NoProviders = 5,

    /// <summary>Too much uses the account.</summary>
    TooManyConsumers = 6,

    /// <summary>Tokens can't be moved.</summary>
    Token = 7,

    /// <summary>A calculation has no result.</summary>
    Arithmetic = 8,

    /// <summary>State changes can't be kept apart.</summary>
    Transactional = 9,

    /// <summary>Something is used up.</summary>
    Exhausted = 10,

    /// <summary>The state is broken.</summary>
    Corruption = 11,

    /// <summary>Something is not there now.</summary>
    Unavailable = 12,

    /// <summary>Root may not do this.</summary>
    RootNotAllowed = 13,
}
