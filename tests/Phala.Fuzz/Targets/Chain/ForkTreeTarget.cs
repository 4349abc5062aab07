using Phala.Chain;
using Phala.Chain.Forks;
using Phala.Testing;
using Phala.Trie;

namespace Phala.Fuzz.Targets.Chain;

/// <summary>A tree under operations: three bytes each, an operation, a block and a parent. The outcome is that of the last insertion; the invariants must hold after every step.</summary>
internal sealed class ForkTreeTarget : FuzzTarget
{
    private const int Capacity = 12, OperationLength = 3, MaxOperations = 40;

    public override string Name => "fork-tree";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [0, 1, 0, 0, 2, 1, 0, 3, 2, 0, 4, 1], [0, 1, 0, 0, 2, 0, 7, 1, 0, 0, 3, 2], [0, 1, 0, 0, 1, 0], [1, 1, 0], [0, 2, 9],
        [.. Enumerable.Range(1, 14).SelectMany(block => (byte[])[0, (byte)block, (byte)(block - 1)])],
    ];

    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetNames<ForkTreeError>().Except([nameof(ForkTreeError.None)])];

    public override long AllocationBound(int inputLength) => 64_000;

    public override FuzzOutcome Run(byte[] input)
    {
        ForkTree<byte> tree = new(new BlockId(Hash(0), 100), 0, Capacity);
        ForkTreeError last = ForkTreeError.None;
        for (int at = 0; at + OperationLength <= Math.Min(input.Length, MaxOperations * OperationLength); at += OperationLength)
        {
            if (input[at] % 8 == 7) tree.TryFinalize(Hash(input[at + 1]), out _);
            else last = Insert(tree, input.AsSpan(at, OperationLength));
            Check(tree);
        }

        return new FuzzOutcome(input.Length >= OperationLength, last == ForkTreeError.None ? null : last.ToString());
    }

    private static ForkTreeError Insert(ForkTree<byte> tree, ReadOnlySpan<byte> operation)
    {
        uint below = tree.TryGet(Hash(operation[2]), out ForkNode<byte>? parent) ? parent.Block.Number : 0;
        uint step = operation[0] % 8 == 1 ? 2u : 1u;
        return tree.TryInsert(new BlockId(Hash(operation[1]), below + step), Hash(operation[2]), operation[1]);
    }

    private static void Check(ForkTree<byte> tree)
    {
        int count = 0;
        foreach (ForkNode<byte> leaf in tree.Leaves)
        {
            count++;
            bool leadsDown = tree.Ancestry(leaf.Block.Hash).Last() == tree.Root && leaf.Block.Number <= tree.Best.Block.Number;
            if (!leadsDown) throw new InvalidOperationException("A leaf hangs in the air, or is better than the best.");
        }

        if (count == 0 || tree.Count > Capacity || tree.Best.Children.Count > 0) throw new InvalidOperationException("The tree has lost its form.");
    }

    private static Hash256 Hash(byte mark)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bytes.Clear();
        bytes[0] = (byte)(mark % 32);
        return new Hash256(bytes);
    }
}
