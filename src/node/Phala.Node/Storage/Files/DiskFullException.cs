namespace Phala.Node.Storage.Files;

/// <summary>No space is left where something was to be written.</summary>
public sealed class DiskFullException : IOException
{
    /// <summary>Without a message.</summary>
    public DiskFullException()
    {
    }

    /// <summary>With a message.</summary>
    public DiskFullException(string message) : base(message)
    {
    }

    /// <summary>With a message and the cause.</summary>
    public DiskFullException(string message, Exception inner) : base(message, inner)
    {
    }
}
