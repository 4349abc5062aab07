using Phala.Chain;
using Phala.Trie;

namespace Phala.Tests.Chain.Grandpa;

/// <summary>The blocks of the acceptance table: 1 ← 2 ← 3, 2' beside 2, and U, which nothing connects to them.</summary>
internal static class TestBlocks
{
    private static readonly Dictionary<string, Header> Headers = Make();

    public static Header Header(string name) => Headers[name];

    public static BlockId Id(string name) => BlockId.Of(Headers[name]);

    /// <summary>A header whose state root tells it from its siblings.</summary>
    public static Header Child(in Hash256 parent, uint number, byte mark, Digest digest = default)
    {
        byte[] root = new byte[Hash256.Size];
        root[31] = mark;
        return new Header(parent, number, new Hash256(root), TrieRoot.Empty, digest);
    }

    private static Dictionary<string, Header> Make()
    {
        Header genesis = Phala.Chain.Header.Genesis(TrieRoot.Empty);
        Header one = Child(genesis.Hash(), 1, 1), two = Child(one.Hash(), 2, 2);
        return new Dictionary<string, Header>
        {
            ["1"] = one,
            ["2"] = two,
            ["2'"] = Child(one.Hash(), 2, 22),
            ["3"] = Child(two.Hash(), 3, 3),
            ["U"] = Child(default, 3, 99),
        };
    }
}
