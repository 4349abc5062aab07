using FsCheck;
using FsCheck.Fluent;
using Phala.Chain;
using Phala.Chain.Forks;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Chain.Forks;

public sealed class ForkTreeTests(ITestOutputHelper output)
{
    private const int Capacity = 24;

    [Fact]
    public void TheBestBlockIsTheHighestAndOfSeveralTheFirst()
    {
        ForkTree<string> tree = new(Block(0, 5), "root", Capacity);
        Assert.Equal(ForkTreeError.None, tree.TryInsert(Block(1, 6), Hash(0), "a"));
        Assert.Equal(ForkTreeError.None, tree.TryInsert(Block(2, 6), Hash(0), "b"));
        Assert.Equal("a", tree.Best.Value);
        Assert.Equal(ForkTreeError.None, tree.TryInsert(Block(3, 7), Hash(2), "b1"));
        Assert.Equal(ForkTreeError.None, tree.TryInsert(Block(4, 7), Hash(1), "a1"));
        Assert.Equal("b1", tree.Best.Value);
        Assert.Equal(["a1", "b1"], tree.Leaves.Select(leaf => leaf.Value).Order());
        Assert.Equal(["b1", "b", "root"], tree.Ancestry(Hash(3)).Select(node => node.Value));
    }

    [Fact]
    public void EachReasonForRefusingABlockHasItsName()
    {
        ForkTree<int> tree = new(Block(0, 5), 0, capacity: 2);
        Assert.Equal(ForkTreeError.AlreadyKnown, tree.TryInsert(Block(0, 6), Hash(0), 1));
        Assert.Equal(ForkTreeError.UnknownParent, tree.TryInsert(Block(1, 6), Hash(9), 1));
        Assert.Equal(ForkTreeError.WrongNumber, tree.TryInsert(Block(1, 7), Hash(0), 1));
        Assert.Equal(ForkTreeError.WrongNumber, tree.TryInsert(Block(1, 5), Hash(0), 1));
        Assert.Equal(ForkTreeError.None, tree.TryInsert(Block(1, 6), Hash(0), 1));
        Assert.Equal(ForkTreeError.Full, tree.TryInsert(Block(2, 7), Hash(1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForkTree<int>(Block(0, 5), 0, 0));

        ForkTree<int> last = new(Block(0, uint.MaxValue), 0, capacity: 2);
        Assert.Equal(ForkTreeError.WrongNumber, last.TryInsert(Block(1, 0), Hash(0), 1));
    }

    [Fact]
    public void FinalizingOffTheBestChainFindsTheBestOfWhatIsLeft()
    {
        ForkTree<string> tree = new(Block(0, 0), "root", Capacity);
        tree.TryInsert(Block(1, 1), Hash(0), "a");
        tree.TryInsert(Block(2, 2), Hash(1), "a1");
        tree.TryInsert(Block(3, 1), Hash(0), "b");
        tree.TryInsert(Block(4, 3), Hash(2), "a2");
        tree.TryInsert(Block(5, 2), Hash(3), "b1");
        tree.TryInsert(Block(6, 2), Hash(3), "b2");
        Assert.False(tree.TryFinalize(Hash(77), out _));
        Assert.True(tree.TryFinalize(Hash(3), out ForkFinality<string>? finality));
        Assert.Equal(["b"], finality.Finalized.Select(node => node.Value));
        Assert.Equal(["a", "a1", "a2"], finality.Pruned.Select(node => node.Value));
        Assert.Equal(("b", "b1", 3), (tree.Root.Value, tree.Best.Value, tree.Count));
        Assert.Null(tree.Root.Parent);
        Assert.Equal(ForkTreeError.UnknownParent, tree.TryInsert(Block(7, 1), Hash(0), "late"));
    }

    [Fact]
    public void TheRouteGoesDownToTheLastCommonBlockAndUpAgain()
    {
        ForkTree<string> tree = new(Block(0, 0), "root", Capacity);
        tree.TryInsert(Block(1, 1), Hash(0), "a");
        tree.TryInsert(Block(2, 2), Hash(1), "a1");
        tree.TryInsert(Block(3, 3), Hash(2), "a2");
        tree.TryInsert(Block(4, 2), Hash(1), "b1");
        Assert.True(tree.TryRoute(Hash(3), Hash(4), out ForkRoute<string>? route));
        Assert.Equal(["a2", "a1"], route.Retracted.Select(node => node.Value));
        Assert.Equal("a", route.Common.Value);
        Assert.Equal(["b1"], route.Enacted.Select(node => node.Value));
        Assert.True(tree.TryRoute(Hash(1), Hash(3), out route));
        Assert.Empty(route.Retracted);
        Assert.Equal(["a1", "a2"], route.Enacted.Select(node => node.Value));
        Assert.False(tree.TryRoute(Hash(1), Hash(99), out _));
        Assert.True(tree.IsAncestorOrSame(Hash(1), Hash(3)));
        Assert.False(tree.IsAncestorOrSame(Hash(4), Hash(3)));
        Assert.False(tree.IsAncestorOrSame(Hash(3), Hash(1)));
    }

    /// <summary>Random insertions and finalizations, compared with the list after every step.</summary>
    [Fact]
    public void TheTreeIsTheListsEqual()
    {
        int pruned = 0, refused = 0, reorganized = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Random random = new(seed);
            ForkTree<int> tree = new(Block(0, 0), 0, Capacity);
            NaiveForks naive = new(Block(0, 0), Capacity);
            for (int step = 1; step < 120; step++)
            {
                BlockId best = tree.Best.Block;
                if (random.Next(6) == 0) pruned += FinalizeBoth(tree, naive, Hash(random.Next(step)));
                else refused += InsertBoth(tree, naive, random, step) ? 0 : 1;
                Compare(tree, naive, random, step);
                if (!tree.IsAncestorOrSame(best.Hash, tree.Best.Block.Hash)) reorganized++;
            }
        }).QuickCheckThrowOnFailure();
        output.WriteLine($"{pruned} pruned, {refused} refused, {reorganized} reorganizations");
        Assert.True(pruned > 100 && refused > 100 && reorganized > 100);
    }

    private static bool InsertBoth(ForkTree<int> tree, NaiveForks naive, Random random, int step)
    {
        BlockId parent = naive.Blocks[random.Next(naive.Blocks.Count)];
        if (random.Next(10) == 0) parent = Block(random.Next(step), parent.Number);
        BlockId block = Block(random.Next(10) == 0 ? random.Next(step) : step, parent.Number + (random.Next(10) == 0 ? 2u : 1u));
        bool isIn = tree.TryInsert(block, parent.Hash, step) == ForkTreeError.None;
        Assert.Equal(naive.Insert(block, parent.Hash), isIn);
        return isIn;
    }

    private static int FinalizeBoth(ForkTree<int> tree, NaiveForks naive, Hash256 hash)
    {
        Assert.Equal(naive.Has(hash), tree.TryFinalize(hash, out ForkFinality<int>? finality));
        if (finality is null) return 0;
        (List<BlockId> finalized, HashSet<BlockId> pruned) = naive.Finalize(hash);
        Assert.Equal(finalized, finality.Finalized.Select(node => node.Block));
        Assert.Equal(pruned.Count, finality.Pruned.Count);
        Assert.Equal(pruned, finality.Pruned.Select(node => node.Block).ToHashSet());
        Assert.All(finality.Pruned.Index(), each => Assert.DoesNotContain(each.Item.Parent!, finality.Pruned.Skip(each.Index)));
        return pruned.Count;
    }

    private static void Compare(ForkTree<int> tree, NaiveForks naive, Random random, int step)
    {
        Assert.Equal((naive.Root, naive.Best, naive.Blocks.Count), (tree.Root.Block, tree.Best.Block, tree.Count));
        Assert.All(naive.Blocks, block => Assert.True(tree.TryGet(block.Hash, out ForkNode<int>? node) && node.Block == block));
        Hash256 one = Hash(random.Next(step)), other = Hash(random.Next(step));
        Assert.Equal(naive.Ancestry(one), tree.Ancestry(one).Select(node => node.Block));
        Assert.Equal(naive.Has(one) && naive.Ancestry(other).Any(block => block.Hash == one), tree.IsAncestorOrSame(one, other));
        Assert.Equal(naive.Has(one) && naive.Has(other), tree.TryRoute(one, other, out ForkRoute<int>? route));
        if (route is null) return;
        HashSet<BlockId> left = [.. naive.Ancestry(one)], right = [.. naive.Ancestry(other)];
        Assert.Equal(naive.Ancestry(one).Where(block => !right.Contains(block)), route.Retracted.Select(node => node.Block));
        Assert.Equal(naive.Ancestry(other).Where(block => !left.Contains(block)).Reverse(), route.Enacted.Select(node => node.Block));
        Assert.Equal(naive.Ancestry(one).First(right.Contains), route.Common.Block);
    }

    private static BlockId Block(int mark, uint number) => new(Hash(mark), number);

    private static Hash256 Hash(int mark)
    {
        byte[] bytes = new byte[Hash256.Size];
        BitConverter.TryWriteBytes(bytes, mark + 1);
        return new Hash256(bytes);
    }
}
