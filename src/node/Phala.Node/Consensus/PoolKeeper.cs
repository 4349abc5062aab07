using System.Threading.Channels;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Consensus;

/// <summary>Keeps the pool at the best block: it listens to the chain and tells the pool which blocks entered and left it.</summary>
/// <param name="store">The chain.</param>
/// <param name="pool">The pool.</param>
public sealed class PoolKeeper(ChainStore store, TransactionPool pool)
{
    /// <summary>Works until the updates end.</summary>
    public async Task RunAsync(ChannelReader<ChainUpdate> updates)
    {
        await foreach (ChainUpdate update in updates.ReadAllAsync().ConfigureAwait(false))
        {
            switch (update)
            {
                case ChainUpdate.Imported { IsBest: true } imported when store.StateAt(imported.Block.Hash, out StateSnapshot? state) == StateLookup.Found:
                    pool.SetBest(imported.Block, state!, Blocks(imported.Retracted, imported), Blocks(imported.Enacted, imported));
                    break;
                case ChainUpdate.Finalized finalized:
                    pool.SetFinalized(finalized.Blocks);
                    break;
            }
        }
    }

    /// <summary>The blocks with their bodies. One that has been pruned meanwhile has lost, and its transactions with it.</summary>
    private List<PoolBlock> Blocks(IReadOnlyList<Hash256> hashes, ChainUpdate.Imported imported)
    {
        List<PoolBlock> blocks = [];
        foreach (Hash256 hash in hashes)
        {
            if (hash == imported.Block.Hash) blocks.Add(new PoolBlock(imported.Block, imported.Body));
            else if (store.TryGetNumber(hash, out uint number) && store.TryGetBody(hash, out byte[][]? body) && body is not null)
            {
                blocks.Add(new PoolBlock(new BlockId(hash, number), [.. body.Select(bytes => new OpaqueExtrinsic(Vec.Create<byte>(bytes)))]));
            }
        }

        return blocks;
    }
}
