namespace Phala.Runtime.Framework;

/// <summary>What of a block is being done, with the indices of <see cref="Interface.Dispatch.Phase"/>.</summary>
public enum BlockPhase : byte
{
    /// <summary>An extrinsic is applied.</summary>
    ApplyExtrinsic = 0,

    /// <summary>The block is being finished.</summary>
    Finalization = 1,

    /// <summary>The block is being begun.</summary>
    Initialization = 2,
}
