using Phala.Codec;

namespace Phala.Fuzz.Targets.Codec.Samples;

/// <summary>A block's header.</summary>
/// <param name="ParentHash">The hash of the <see cref="Header"/> before.</param>
/// <param name="Number">The height.</param>
/// <param name="StateRoot">The root of the state after the block.</param>
/// <param name="ExtrinsicsRoot">The root of the block's extrinsics.</param>
/// <param name="Digest">What consensus needs.</param>
[Scale("sp_runtime::generic::header::Header")]
public readonly partial record struct Header(
    Hash256 ParentHash,
    [Compact] uint Number,
    Hash256 StateRoot,
    Hash256 ExtrinsicsRoot,
    Vec<DigestItem> Digest);
