namespace Phala.Node.Blocks;

/// <summary>Why a file of blocks can't be read on.</summary>
public enum BlockFileError
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>The number of blocks, eight bytes at its beginning, is missing.</summary>
    NoCount,

    /// <summary>It ends inside a block, or before the last one.</summary>
    Truncated,

    /// <summary>The bytes are no block.</summary>
    BadEncoding,

    /// <summary>A block is longer than any can be.</summary>
    TooLong,

    /// <summary>Something follows the last block.</summary>
    TrailingBytes,

    /// <summary>The text is no JSON.</summary>
    BadJson,

    /// <summary>The JSON is no block.</summary>
    BadField,
}
