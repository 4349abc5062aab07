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
/// <param name="feed">What happens to the chain.</param>
public sealed class PoolKeeper(ChainStore store, TransactionPool pool, ChainFeed feed)
{
    /// <summary>Works until it is ended. It listens from this call on. Where it falls behind so far that it is cut off, it goes on from where the chain then is.</summary>
    /// <param name="ended">Ends it.</param>
    public async Task RunAsync(CancellationToken ended)
    {
        bool hasMissed = false;
        while (!ended.IsCancellationRequested)
        {
            ChannelReader<ChainUpdate> updates = feed.Listen(ended);
            if (hasMissed) CatchUp();
            await foreach (ChainUpdate update in updates.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) Tell(update);
            hasMissed = true;
        }
    }

    private void Tell(ChainUpdate update)
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

    /// <summary>What the missed blocks held is found to be outdated when it is validated again.</summary>
    private void CatchUp()
    {
        ChainHead best = store.Best;
        if (store.StateAt(best.Hash, out StateSnapshot? state) == StateLookup.Found) pool.SetBest(new BlockId(best.Hash, best.Number), state!, [], []);
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
