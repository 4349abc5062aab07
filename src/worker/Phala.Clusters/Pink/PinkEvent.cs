using System.Text;
using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.Pink;

/// <summary>What a contract tells its host by an event with one topic, <see cref="Topic"/>: those kinds that mean something here.</summary>
/// <remarks>
/// <b>Invariant.</b> In commands an event takes effect when the whole command has returned, in order; what a call emitted that did not return has none. Of queries those to the cache alone have an effect, of estimates none.
/// Whether the contract may say it is for <see cref="EventEffects"/> to judge.
/// </remarks>
[Scale]
public abstract partial record PinkEvent
{
    private PinkEvent()
    {
    }

    /// <summary>The one topic of such events.</summary>
    public static Hash256 Topic { get; } = MakeTopic();

    /// <summary>A message that is to be called at the end of each entry, or no more. The system contract's to say.</summary>
    /// <param name="Hook">When.</param>
    /// <param name="Contract">The contract.</param>
    /// <param name="Selector">Its message, the first byte highest.</param>
    /// <param name="GasLimit">What a call may take; 0 where it is not to be called any more.</param>
    [Variant(2)]
    public sealed record SetHook(HookPoint Hook, AccountId Contract, uint Selector, ulong GasLimit) : PinkEvent;

    /// <summary>What workers are to remember for the contract.</summary>
    /// <param name="Operation">What.</param>
    [Variant(5, Unnamed = true)]
    public sealed record CacheOp(CacheOperation Operation) : PinkEvent;

    /// <summary>The contract that queries to the log are for. The system contract's to say.</summary>
    /// <param name="Contract">The contract.</param>
    [Variant(8, Unnamed = true)]
    public sealed record SetLogHandler(AccountId Contract) : PinkEvent;

    /// <summary>A contract's share of workers' time. The system contract's to say.</summary>
    /// <param name="Contract">The contract.</param>
    /// <param name="Weight">The share.</param>
    [Variant(9)]
    public sealed record SetContractWeight(AccountId Contract, uint Weight) : PinkEvent;

    /// <summary>The rules by which the next entry is to be executed. The system contract's to say.</summary>
    /// <param name="Version">Their version.</param>
    [Variant(10)]
    public sealed record UpgradeRuntimeTo(RulesVersion Version) : PinkEvent;

    /// <summary>Whether an event is to the host, not to whoever reads events.</summary>
    public static bool IsOne(ContractEvent told) => told.Topics.Length == 1 && told.Topics[0] == Topic;

    /// <summary>Reads an event to the host.</summary>
    public static bool TryRead(ContractEvent told, out PinkEvent? read)
    {
        read = null;
        return IsOne(told) && Scale.Decode<PinkEvent>(told.Data.AsSpan()).TryGet(out read);
    }

    /// <summary>Whether an event is about programs beside contracts: begun for another (3), told (4), ended (6), ended of another (7), managed (11), the engine of JavaScript (12).</summary>
    internal static bool IsOfPrograms(ContractEvent told) => told.Data.Length > 0 && told.Data[0] is 3 or 4 or 6 or 7 or 11 or 12;

    /// <summary>Whether the system contract alone may emit an event, by its kind, however the rest of it reads.</summary>
    internal static bool IsPrivileged(ContractEvent told) => told.Data.Length > 0 && told.Data[0] is 2 or 3 or 7 or 8 or 9 or 10 or 11 or 12;

    private static Hash256 MakeTopic()
    {
        Span<byte> topic = stackalloc byte[Hash256.Size];
        topic.Clear();
        topic[0] = 0x40;
        Encoding.ASCII.GetBytes("phala.pink.event", topic[1..]);
        return new Hash256(topic);
    }
}
