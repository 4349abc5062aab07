namespace Phala.Clusters.Execution;

/// <summary>What a call is for.</summary>
public enum ExecutionMode : byte
{
    /// <summary>Replicated: what it changes stays, and the sender pays.</summary>
    Command = 0,

    /// <summary>On one worker: what it changes is dropped.</summary>
    Query,

    /// <summary>As a command would run; what it changes is dropped.</summary>
    Estimate,
}
