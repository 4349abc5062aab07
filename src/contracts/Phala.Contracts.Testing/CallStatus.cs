namespace Phala.Contracts.Testing;

/// <summary>How a call of a contract ended.</summary>
public enum CallStatus
{
    /// <summary>It returned. What it changed stays.</summary>
    Returned,

    /// <summary>It ended with an error or a message. What it changed is undone.</summary>
    Reverted,

    /// <summary>The gas did not suffice.</summary>
    OutOfGas,

    /// <summary>It could not go on.</summary>
    Trapped,

    /// <summary>The caller does not have what the call transfers.</summary>
    TransferFailed,
}
