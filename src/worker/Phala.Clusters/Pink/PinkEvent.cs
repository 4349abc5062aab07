using System.Text;
using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.Pink;

/// <summary>What a contract tells its host by an event with one topic, <see cref="Topic"/>: those kinds that mean something here.</summary>
[Scale]
public abstract partial record PinkEvent
{
    private PinkEvent()
    {
    }

    /// <summary>The one topic of such events.</summary>
    public static Hash256 Topic { get; } = MakeTopic();

    /// <summary>A message that is to be called at the end of each entry. The system contract's to say.</summary>
    /// <param name="Hook">When; 0 at the end of an entry.</param>
    /// <param name="Contract">The contract.</param>
    /// <param name="Selector">Its message, the first byte highest.</param>
    /// <param name="GasLimit">What a call may take.</param>
    [Variant(2)]
    public sealed record SetHook(byte Hook, AccountId Contract, uint Selector, ulong GasLimit) : PinkEvent;

    /// <summary>What workers are to remember for the contract.</summary>
    /// <param name="Operation">What.</param>
    [Variant(5, Unnamed = true)]
    public sealed record CacheOp(CacheOperation Operation) : PinkEvent;

    /// <summary>A contract's share of workers' time. The system contract's to say.</summary>
    /// <param name="Contract">The contract.</param>
    /// <param name="Weight">The share.</param>
    [Variant(9)]
    public sealed record SetContractWeight(AccountId Contract, uint Weight) : PinkEvent;

    private static Hash256 MakeTopic()
    {
        Span<byte> topic = stackalloc byte[Hash256.Size];
        topic.Clear();
        topic[0] = 0x40;
        Encoding.ASCII.GetBytes("phala.pink.event", topic[1..]);
        return new Hash256(topic);
    }
}
