namespace Phala.Chain.Grandpa;

/// <summary>Why a <see cref="FinalityProof"/> proves nothing.</summary>
public enum FinalityProofError : byte
{
    /// <summary>It proves its block and its headers to be final.</summary>
    None = 0,

    /// <summary>The bytes are no proof, or more than one.</summary>
    BadEncoding,

    /// <summary>The justification is not good by itself, whatever block it is for.</summary>
    BadJustification,

    /// <summary>The justification is for another block.</summary>
    WrongBlock,

    /// <summary>The headers are not a chain that ends with the block.</summary>
    BrokenHeaders,
}
