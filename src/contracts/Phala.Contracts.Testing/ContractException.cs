namespace Phala.Contracts.Testing;

/// <summary>A call of a contract did not return.</summary>
public sealed class ContractException : Exception
{
    internal ContractException(string message, CallStatus status, string? reason = null, Enum? error = null, Exception? inner = null)
        : base(message, inner) => (Status, Reason, Error) = (status, reason, error);

    /// <summary>How it ended.</summary>
    public CallStatus Status { get; }

    /// <summary>The message with which the contract ended the call; null where there was none.</summary>
    public string? Reason { get; }

    /// <summary>The contract's error; null where there was none.</summary>
    public Enum? Error { get; }
}
