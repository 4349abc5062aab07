using Phala.Chain;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Tests.Chain.Grandpa;

/// <summary>A chain on which every block hands over to the next set: set i has the voters i to i + 3.</summary>
internal static class TestSets
{
    public const int Voters = 4;

    public static Vec<GrandpaAuthority> List(int set) => [.. Enumerable.Range(set, Voters).Select(letter => TestVoter.Authority(letter))];

    public static FinalizedHead Start() => new(new BlockId(default, 0), AuthoritySet.Create(0, List(0)));

    /// <summary>The last headers of the sets 0, 1, …, with their justifications, and after them one that announces nothing.</summary>
    public static WarpSyncFragment[] Fragments(int changes)
    {
        List<WarpSyncFragment> fragments = [];
        Hash256 parent = default;
        for (int set = 0; set <= changes; set++)
        {
            Header header = TestBlocks.Child(parent, (uint)(10 * (set + 1)), (byte)set, set < changes ? Announcing(set + 1) : default);
            fragments.Add(new WarpSyncFragment(header, Justify(header, set)));
            parent = header.Hash();
        }

        return [.. fragments];
    }

    public static Digest Announcing(int set) => new([new ScheduledChange(List(set), 0).ToDigestItem()]);

    /// <summary>A justification by all but one of a set's voters.</summary>
    public static Justification Justify(in Header header, int set)
    {
        BlockId block = BlockId.Of(header);
        return new Justification(1, new Commit(block.Hash, block.Number, [.. Enumerable.Range(set, Voters - 1).Select(letter => TestVoter.Named(letter).Vote(block, 1, (ulong)set))]), []);
    }
}
