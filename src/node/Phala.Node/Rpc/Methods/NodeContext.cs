using System.Security.Cryptography;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Runtime.Apis;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>What the methods speak for.</summary>
public sealed record NodeContext
{
    /// <summary>The chain.</summary>
    public required ChainStore Store { get; init; }

    /// <summary>The rules.</summary>
    public required PhalaRuntime Runtime { get; init; }

    /// <summary>What the runtime is asked by name.</summary>
    public required RuntimeApiCalls Apis { get; init; }

    /// <summary>The state of the genesis, which is answered for when it is pruned; null where it is not kept.</summary>
    public StateSnapshot? GenesisState { get; init; }

    /// <summary>What happens to the chain.</summary>
    public required ChainFeed Feed { get; init; }

    /// <summary>Where transactions wait.</summary>
    public required TransactionPool Pool { get; init; }

    /// <summary>The chain as its specification describes it.</summary>
    public required ChainFacts Chain { get; init; }

    /// <summary>The node as it describes itself.</summary>
    public required NodeFacts Node { get; init; }

    /// <summary>The keys of the node's authorities.</summary>
    public required AuthorityKeys Keys { get; init; }

    /// <summary>Whether the node is in step, and in company.</summary>
    public Func<RpcHealth> Health { get; init; } = () => new RpcHealth(0, IsSyncing: false, ShouldHavePeers: false);

    /// <summary>
    /// Keeps a key beyond the end of the process: its kind, <c>aura</c> or <c>gran</c>, its public key and its secret URI. False where it could not. By default keys are held in memory only.
    /// </summary>
    public Func<string, ReadOnlyMemory<byte>, string, bool> KeepKey { get; init; } = static (_, _, _) => true;

    /// <summary>The password of the secrets that are kept: it is a part of each that does not name one of its own. Null for none.</summary>
    public string? KeystorePassword { get; init; }

    /// <summary>Fills a span with random bytes that nobody can guess.</summary>
    public Action<Span<byte>> Entropy { get; init; } = RandomNumberGenerator.Fill;
}
