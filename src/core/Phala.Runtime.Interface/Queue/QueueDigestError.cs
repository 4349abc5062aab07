namespace Phala.Runtime.Interface.Queue;

/// <summary>What can be wrong with the queue's items in a header.</summary>
public enum QueueDigestError
{
    /// <summary>Nothing: there is one, or none.</summary>
    None,

    /// <summary>The item is not a position.</summary>
    Malformed,

    /// <summary>There are two.</summary>
    Second,
}
