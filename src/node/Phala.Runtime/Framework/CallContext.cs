using Phala.Runtime.Interface.Shapes;
using Phala.Trie.Storage;

namespace Phala.Runtime.Framework;

/// <summary>What a call's handler is given.</summary>
/// <param name="Block">The block.</param>
/// <param name="Origin">On whose behalf.</param>
/// <param name="Dispatcher">What executes calls within the call.</param>
public readonly record struct CallContext(BlockContext Block, Origin Origin, Dispatcher Dispatcher)
{
    /// <summary>The main trie as the block and the call have changed it so far.</summary>
    public TrieOverlay State => Block.State;

    /// <summary>Tells everybody what happened.</summary>
    public void Deposit<T>(in T deposited)
        where T : IEvent<T> => Block.Deposit(deposited);

    /// <summary>Executes a call within the call. If it fails, it has changed nothing.</summary>
    public DispatchResult Dispatch(RuntimeCall call, Origin origin) => Dispatcher.Dispatch(Block, call, origin);
}
