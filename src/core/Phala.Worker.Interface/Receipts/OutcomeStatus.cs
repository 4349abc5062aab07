using Phala.Codec;

namespace Phala.Worker.Interface.Receipts;

/// <summary>How the execution of a command ended. For who holds the reply key alone.</summary>
[Scale]
public enum OutcomeStatus : byte
{
    /// <summary>The contract returned. What it changed stays.</summary>
    Succeeded = 0,

    /// <summary>The contract returned, and asked that what it changed be undone. Its output says why.</summary>
    Reverted = 1,

    /// <summary>The gas did not suffice. What it changed is undone.</summary>
    OutOfGas = 2,

    /// <summary>The contract could not go on. What it changed is undone.</summary>
    Trapped = 3,

    /// <summary>The sender does not have what the command transfers.</summary>
    TransferFailed = 4,

    /// <summary>The sender can't or won't pay for what the contract stores. What it changed is undone.</summary>
    DepositFailed = 5,

    /// <summary>The output was longer than a command's may be. What it changed is undone.</summary>
    OutputTooLong = 6,
}
