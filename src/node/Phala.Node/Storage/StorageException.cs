namespace Phala.Node.Storage;

/// <summary>The disk failed, or what is on it is damaged, while something was read that had been promised. Who opens or writes gets the failure as a value.</summary>
public sealed class StorageException : Exception
{
    /// <summary>With what is wrong.</summary>
    public StorageException(StorageFailure failure, Exception? inner = null) : base(failure.ToString(), inner) => Failure = failure;

    /// <summary>What is wrong.</summary>
    public StorageFailure Failure { get; }
}
