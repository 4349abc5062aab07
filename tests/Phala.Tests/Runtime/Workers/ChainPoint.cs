using Phala.Chain;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Tests.Runtime.Workers;

/// <summary>What a worker knows of the chain when it signs.</summary>
/// <param name="Genesis">The first block.</param>
/// <param name="Best">The last block.</param>
/// <param name="Queue">The queue after it.</param>
internal sealed record ChainPoint(Hash256 Genesis, BlockId Best, QueueHead Queue)
{
    public static implicit operator ChainPoint(PhalaChain chain) => new(chain.Chain.GenesisHash, chain.Chain.Best, chain.Queue);
}
