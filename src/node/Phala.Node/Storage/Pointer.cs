namespace Phala.Node.Storage;

/// <summary>The single values of a database. The numbers are part of the format.</summary>
internal enum Pointer
{
    /// <summary>The chain's identifier, UTF-8.</summary>
    ChainId = 1,

    /// <summary>The hash of block 0.</summary>
    GenesisHash = 2,

    /// <summary>How the state commits to values, one byte.</summary>
    StateVersion = 3,

    /// <summary>The hash of the best block.</summary>
    Best = 4,

    /// <summary>The hash of the finalized head.</summary>
    Finalized = 5,

    /// <summary>The first block whose changes are still there, four bytes; no value in an archive.</summary>
    FirstDelta = 6,

    /// <summary>The first block whose body is still there, four bytes.</summary>
    FirstBody = 7,

    /// <summary>The chain began as an archive and stays one: one byte, 1. No value elsewhere.</summary>
    Archive = 8,
}
