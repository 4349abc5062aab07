namespace Phala.Clusters.Wasm;

/// <summary>Why bytes are not a contract's code.</summary>
public enum CodeRefusal : byte
{
    /// <summary>They are.</summary>
    None = 0,

    /// <summary>They are no module that the engine runs.</summary>
    BadModule,

    /// <summary>It has a start function: contracts begin where they are called.</summary>
    HasStart,

    /// <summary>It imports something that contracts are not given.</summary>
    UnknownImport,

    /// <summary>It imports no memory, or one that may be too large.</summary>
    BadMemory,

    /// <summary>It exports no functions <c>deploy</c> and <c>call</c> without parameters and results.</summary>
    MissingEntry,
}
