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
}
