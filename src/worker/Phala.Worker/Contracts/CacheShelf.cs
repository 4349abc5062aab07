using Phala.Codec;
using Phala.Trie;

namespace Phala.Worker.Contracts;

/// <summary>What is remembered for one contract.</summary>
/// <param name="contract">The contract.</param>
internal sealed class CacheShelf(in Hash256 contract)
{
    /// <summary>The contract.</summary>
    public Hash256 Contract { get; } = contract;

    /// <summary>The contract's weight when it last stored something.</summary>
    public uint Weight { get; set; }

    /// <summary>The entries by key.</summary>
    public Dictionary<Vec<byte>, CacheEntry> Entries { get; } = new(KeyComparer.Instance);

    /// <summary>The entries, those first that end first.</summary>
    public SortedSet<CacheEntry> ByEnd { get; } = [];

    /// <summary>The entries' sizes together.</summary>
    public long Size { get; set; }
}
