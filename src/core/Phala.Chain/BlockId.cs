using Phala.Codec;
using Phala.Trie;

namespace Phala.Chain;

/// <summary>A block by hash and number.</summary>
/// <param name="Hash">The header's hash.</param>
/// <param name="Number">The header's number.</param>
[Scale]
public readonly partial record struct BlockId(Hash256 Hash, uint Number)
{
    /// <summary>The block of a header.</summary>
    public static BlockId Of(in Header header) => new(header.Hash(), header.Number);
}
