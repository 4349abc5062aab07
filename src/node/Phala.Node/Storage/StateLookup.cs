namespace Phala.Node.Storage;

/// <summary>Whether the state after a block can be had.</summary>
public enum StateLookup
{
    /// <summary>Here it is.</summary>
    Found = 0,

    /// <summary>The block is not kept.</summary>
    UnknownBlock,

    /// <summary>The state is older than those that are kept.</summary>
    Pruned,
}
