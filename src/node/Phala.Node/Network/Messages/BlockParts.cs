namespace Phala.Node.Network.Messages;

/// <summary>Which parts of blocks are asked for.</summary>
[Flags]
internal enum BlockParts : uint
{
    /// <summary>None but the hash.</summary>
    None = 0,

    /// <summary>The header.</summary>
    Header = 1 << 24,

    /// <summary>The extrinsics.</summary>
    Body = 1 << 25,

    /// <summary>What proves that it is final.</summary>
    Justification = 1 << 28,
}
