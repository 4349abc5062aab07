using Phala.Codec;

namespace Phala.Runtime.Interface.Apis;

/// <summary>Which extrinsics a block may take.</summary>
[Scale("sp_runtime::ExtrinsicInclusionMode")]
public enum ExtrinsicInclusionMode : byte
{
    /// <summary>Any.</summary>
    AllExtrinsics = 0,

    /// <summary>Those of the author only.</summary>
    OnlyInherents = 1,
}
