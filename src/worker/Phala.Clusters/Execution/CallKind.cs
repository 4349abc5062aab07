namespace Phala.Clusters.Execution;

/// <summary>How code is run.</summary>
internal enum CallKind : byte
{
    /// <summary>A contract's message.</summary>
    Message = 0,

    /// <summary>A contract's constructor.</summary>
    Constructor,

    /// <summary>Another contract's code on a contract's own storage, for its caller and with its value.</summary>
    Delegated,
}
