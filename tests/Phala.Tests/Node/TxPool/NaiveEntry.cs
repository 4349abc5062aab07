using Phala.Node.TxPool;
using Phala.Trie;

namespace Phala.Tests.Node.TxPool;

/// <summary>A transaction of the naive pool: numbers for tags.</summary>
internal sealed class NaiveEntry(PoolTransaction transaction, int[] requires, int[] provides, long sequence)
{
    public PoolTransaction Transaction { get; set; } = transaction;

    public Hash256 Hash => Transaction.Hash;

    public int[] Requires { get; set; } = requires;

    public int[] Provides { get; } = provides;

    public long Sequence { get; } = sequence;

    /// <summary>Required tags that the chain provides.</summary>
    public HashSet<int> ByChain { get; } = [];
}
