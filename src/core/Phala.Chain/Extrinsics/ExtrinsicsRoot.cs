using Phala.Codec;
using Phala.Trie;

namespace Phala.Chain.Extrinsics;

/// <summary>A header's commitment to the body: the root of a trie that holds extrinsic i, with its length, under SCALE compact i, always in state version 0.</summary>
public static class ExtrinsicsRoot
{
    /// <summary>The root of a body.</summary>
    public static Hash256 Compute(ReadOnlySpan<OpaqueExtrinsic> extrinsics)
    {
        ReadOnlyMemory<byte>[] items = new ReadOnlyMemory<byte>[extrinsics.Length];
        for (int index = 0; index < items.Length; index++) items[index] = Scale.Encode(extrinsics[index]);
        return TrieRoot.ComputeOrdered(items, StateVersion.V0);
    }
}
