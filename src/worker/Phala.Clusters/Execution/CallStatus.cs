namespace Phala.Clusters.Execution;

/// <summary>How a call of a contract ended.</summary>
public enum CallStatus : byte
{
    /// <summary>It returned. What it changed stays.</summary>
    Returned = 0,

    /// <summary>It returned, and asked that what it changed be undone.</summary>
    Reverted,

    /// <summary>The gas did not suffice.</summary>
    OutOfGas,

    /// <summary>The contract could not go on.</summary>
    Trapped,

    /// <summary>The caller does not have what the call transfers.</summary>
    TransferFailed,

    /// <summary>There is no such contract.</summary>
    ContractNotFound,

    /// <summary>The worker's program has no such code.</summary>
    CodeNotFound,

    /// <summary>Too many calls are inside of each other.</summary>
    TooDeep,

    /// <summary>The contract is being called already.</summary>
    ReentranceDenied,

    /// <summary>The output is longer than one may be.</summary>
    OutputTooLong,

    /// <summary>A contract has too little room for what it asked for.</summary>
    NoRoom,

    /// <summary>A contract named flags of a call that there are not.</summary>
    InvalidCallFlags,

    /// <summary>A contract named memory that it does not have.</summary>
    OutOfBounds,

    /// <summary>A contract passed bytes that are not what they should be.</summary>
    DecodingFailed,

    /// <summary>A value or an event is longer than one may be.</summary>
    ValueTooLarge,

    /// <summary>A contract asked for its input, which it has passed on.</summary>
    InputForwarded,

    /// <summary>An event has too many topics.</summary>
    TooManyTopics,

    /// <summary>There is a contract of that id already.</summary>
    DuplicateContract,

    /// <summary>A contract wanted to end while it waits for a call of its own.</summary>
    TerminatedWhileReentrant,

    /// <summary>A contract wanted to end before it began.</summary>
    TerminatedInConstructor,

    /// <summary>There is no such extension.</summary>
    NoExtension,

    /// <summary>The extension has no such function.</summary>
    NoExtensionFunction,

    /// <summary>A contract asked for a key that is derived from the cluster's secrets, where they are not.</summary>
    KeySeedMissing,

    /// <summary>A contract passed a key that is none.</summary>
    BadKey,

    /// <summary>Somebody asked the run to stop.</summary>
    Stopped,

    /// <summary>A run wanted to make more contracts than one may.</summary>
    TooManyContracts,

    /// <summary>A run emitted more than one may.</summary>
    TooMuchEmitted,

    /// <summary>A run wrote more to storage than one may.</summary>
    TooMuchWritten,

    /// <summary>A call stored more than its caller let it lock tokens for.</summary>
    DepositLimitReached,

    /// <summary>A contract's request over HTTP was none, or took too long.</summary>
    BadRequest,

    /// <summary>A contract asked for what the system contract alone may ask for.</summary>
    BadOrigin,
}
