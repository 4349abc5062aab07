using System.Diagnostics.CodeAnalysis;
using Phala.Chain;
using Phala.Node.Storage;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>The chain as subscribers know it: the last finalized blocks and all above them.</summary>
/// <remarks><b>Invariant.</b> Every block above the finalized ones comes after its parent; the best is among them or is the last finalized one.</remarks>
internal sealed class KnownChain
{
    /// <summary>How many finalized blocks a follower is told of.</summary>
    private const int FinalizedWindow = 16;

    private readonly List<KnownBlock> _finalized = [];
    private readonly List<KnownBlock> _above = [];

    private KnownChain()
    {
    }

    /// <summary>The last finalized blocks, the lowest first: one or more.</summary>
    public IReadOnlyList<KnownBlock> FinalizedBlocks => _finalized;

    /// <summary>The blocks that are not finalized, each after its parent.</summary>
    public IReadOnlyList<KnownBlock> Above => _above;

    /// <summary>The finalized head.</summary>
    public KnownBlock Finalized => _finalized[^1];

    /// <summary>The best block.</summary>
    public KnownBlock Best { get; private set; } = null!;

    /// <summary>Reads the chain. What happens meanwhile is to be told again by <see cref="Add"/> and <see cref="TryFinalize"/>.</summary>
    public static KnownChain Read(ChainView view)
    {
        while (true)
        {
            ChainHead best = view.Store.Best, finalized = view.Store.Finalized;
            KnownChain chain = new();
            if (chain.TryRead(view, best, finalized) && view.Store.Best == best && view.Store.Finalized == finalized) return chain;
        }
    }

    /// <summary>Whether a block is known.</summary>
    public bool Contains(in Hash256 hash) => Find(hash) is not null;

    /// <summary>Finds a block.</summary>
    public bool TryGet(in Hash256 hash, [NotNullWhen(true)] out KnownBlock? block)
    {
        block = Find(hash);
        return block is not null;
    }

    /// <summary>Adds a block above a known one.</summary>
    public void Add(KnownBlock block) => _above.Add(block);

    /// <summary>Makes a known block the best one.</summary>
    public void SetBest(KnownBlock block) => Best = block;

    /// <summary>Whether the best block is this one or above it.</summary>
    public bool IsBestAtOrAbove(KnownBlock block)
    {
        KnownBlock? at = Best;
        while (at is not null && at.Id.Number > block.Id.Number) at = Find(at.Header.ParentHash);
        return at == block;
    }

    /// <summary>Makes blocks final, and drops those of forks that have lost.</summary>
    /// <param name="hashes">The blocks that are final now, the lowest first.</param>
    /// <param name="pruned">The blocks of forks that have lost.</param>
    /// <param name="finalized">The blocks that became final.</param>
    /// <returns>False where one of them is not known: then the chain is to be read anew.</returns>
    public bool TryFinalize(IReadOnlyList<Hash256> hashes, IReadOnlyList<Hash256> pruned, [NotNullWhen(true)] out List<KnownBlock>? finalized)
    {
        finalized = [];
        foreach (Hash256 hash in hashes)
        {
            if (_above.Find(block => block.Id.Hash == hash) is not { } found) return false;
            finalized.Add(found);
        }

        HashSet<Hash256> gone = [.. hashes, .. pruned];
        _above.RemoveAll(block => gone.Contains(block.Id.Hash));
        foreach (KnownBlock block in finalized) block.ReleaseBody();
        _finalized.AddRange(finalized);
        if (_finalized.Count > FinalizedWindow) _finalized.RemoveRange(0, _finalized.Count - FinalizedWindow);
        return true;
    }

    private bool TryRead(ChainView view, ChainHead best, ChainHead finalized)
    {
        for (Hash256 at = finalized.Hash; _finalized.Count < FinalizedWindow;)
        {
            if (!TryLoad(view, at, holdsState: _finalized.Count == 0, out KnownBlock? block)) return false;
            _finalized.Insert(0, block);
            if (block.Id.Number == 0) break;
            at = block.Header.ParentHash;
        }

        Queue<Hash256> todo = new(view.Store.Children(finalized.Hash));
        while (todo.TryDequeue(out Hash256 hash))
        {
            if (!TryLoad(view, hash, holdsState: true, out KnownBlock? block)) return false;
            _above.Add(block);
            foreach (Hash256 child in view.Store.Children(hash)) todo.Enqueue(child);
        }

        Best = Find(best.Hash)!;
        return Best is not null;
    }

    /// <summary>Loads a block. After a start the states before the finalized one are not in memory, and hardly anybody asks for them.</summary>
    private static bool TryLoad(ChainView view, in Hash256 hash, bool holdsState, [NotNullWhen(true)] out KnownBlock? block)
    {
        StateSnapshot? state = null;
        if (holdsState) view.Store.StateAt(hash, out state);
        block = view.TryGetHeader(hash, out Header header) ? new KnownBlock(new BlockId(hash, header.Number), header, state, null, holdsState ? null : view.Store) : null;
        return block is not null;
    }

    // The newest are asked for most.
    private KnownBlock? Find(Hash256 hash) =>
        _above.FindLast(block => block.Id.Hash == hash) ?? _finalized.FindLast(block => block.Id.Hash == hash);
}
