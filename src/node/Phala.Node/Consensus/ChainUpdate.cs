using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Consensus;

/// <summary>What has happened to the chain.</summary>
public abstract record ChainUpdate
{
    private ChainUpdate()
    {
    }

    /// <summary>A block was added.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Header">Its header with the seal.</param>
    /// <param name="Body">Its extrinsics.</param>
    /// <param name="Delta">What it changed.</param>
    /// <param name="IsBest">Whether it is the best block now.</param>
    /// <param name="Retracted">Blocks that are not in the best chain any more, the highest first.</param>
    /// <param name="Enacted">Blocks that are in the best chain now, the lowest first; the block itself last, where it is the best.</param>
    public sealed record Imported(
        BlockId Block, Header Header, Vec<OpaqueExtrinsic> Body, StateDelta Delta, bool IsBest, IReadOnlyList<Hash256> Retracted, IReadOnlyList<Hash256> Enacted) : ChainUpdate;

    /// <summary>Blocks were made final.</summary>
    /// <param name="Block">The highest of them.</param>
    /// <param name="Justification">What proves it.</param>
    /// <param name="Blocks">All of them, the lowest first.</param>
    /// <param name="Pruned">Blocks of forks that have lost.</param>
    public sealed record Finalized(BlockId Block, byte[] Justification, IReadOnlyList<Hash256> Blocks, IReadOnlyList<Hash256> Pruned) : ChainUpdate;
}
