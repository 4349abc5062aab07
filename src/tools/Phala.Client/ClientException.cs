namespace Phala.Client;

/// <summary>A failure that its caller chose not to look at.</summary>
public sealed class ClientException : Exception
{
    /// <summary>Carries a failure.</summary>
    public ClientException(ClientFailure failure)
        : base(failure.ToString()) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public ClientFailure Failure { get; }
}
