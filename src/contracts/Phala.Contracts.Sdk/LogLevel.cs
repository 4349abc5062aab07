namespace Phala.Contracts;

/// <summary>How much a line of the log matters.</summary>
public enum LogLevel : byte
{
    /// <summary>Something went wrong.</summary>
    Error = 1,

    /// <summary>Something may be wrong.</summary>
    Warning = 2,

    /// <summary>Something happened.</summary>
    Information = 3,

    /// <summary>For who looks for a fault.</summary>
    Debug = 4,
}
