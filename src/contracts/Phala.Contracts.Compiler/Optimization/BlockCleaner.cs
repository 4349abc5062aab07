using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Removes blocks that cannot be reached, jumps to jumps, and borders between blocks that always follow one another.</summary>
internal static class BlockCleaner
{
    public static void Run(FunctionBody body)
    {
        foreach (Block block in body.Blocks) Simplify(block);
        Dictionary<Block, Block> threads = [];
        foreach (Block block in body.Blocks) block.Exit = block.Exit.With(block.Exit.Operand, target => Thread(target, threads));
        List<Block> reached = Reached(body.Blocks[0]);
        Merge(reached);
        reached = Reached(body.Blocks[0]);
        body.Blocks.Clear();
        body.Blocks.AddRange(reached);
    }

    /// <summary>Blocks that can be reached, each behind one that leads to it.</summary>
    public static List<Block> Reached(Block entry)
    {
        List<Block> order = [];
        HashSet<Block> seen = [entry];
        Stack<(Block Block, int Next)> path = new([(entry, 0)]);
        while (path.TryPop(out (Block Block, int Next) at))
        {
            IReadOnlyList<Block> targets = at.Block.Exit.Targets;
            if (at.Next == targets.Count)
            {
                order.Add(at.Block);
                continue;
            }

            path.Push((at.Block, at.Next + 1));
            Block target = targets[targets.Count - 1 - at.Next];
            if (seen.Add(target)) path.Push((target, 0));
        }

        order.Reverse();
        return order;
    }

    // Checks whose outcome is known, branches whose condition is.
    private static void Simplify(Block block)
    {
        for (int i = 0; i < block.Statements.Count; i++)
        {
            if (block.Statements[i] is not CheckStatement { Operands: [ConstantExpression { Value: var outcome }] } check) continue;
            if (outcome == 0)
            {
                block.Statements.RemoveAt(i--);
                continue;
            }

            block.Statements.RemoveRange(i, block.Statements.Count - i);
            block.Statements.Add(new EvaluateStatement(new CallExpression(check.Fault, [])));
            block.Exit = UnreachableExit.Instance;
        }

        if (block.Exit is BranchExit { Condition: ConstantExpression { Value: var known } } branch) block.Exit = new JumpExit(known != 0 ? branch.WhenTrue : branch.WhenFalse);
        else if (block.Exit is BranchExit same && same.WhenTrue == same.WhenFalse && same.Condition.Effects == Effects.None) block.Exit = new JumpExit(same.WhenTrue);
        else if (block.Exit is BranchExit { Condition: UnaryExpression { Op: Op.I32Eqz } not } inverted) block.Exit = new BranchExit(not.Operand, inverted.WhenFalse, inverted.WhenTrue);
        else if (block.Exit is SwitchExit { Selector: ConstantExpression { Value: var number } } choice) block.Exit = new JumpExit(number >= 0 && number < choice.Cases.Length ? choice.Cases[number] : choice.Otherwise);
    }

    private static Block Thread(Block target, Dictionary<Block, Block> threads)
    {
        if (threads.TryGetValue(target, out Block? known)) return known;
        HashSet<Block> seen = [];
        Block end = target;
        while (end.Statements.Count == 0 && end.Exit is JumpExit next && seen.Add(end)) end = next.Target;
        return threads[target] = end;
    }

    private static void Merge(List<Block> blocks)
    {
        Dictionary<Block, int> entries = [];
        foreach (Block target in blocks.SelectMany(static block => block.Exit.Targets)) entries[target] = entries.GetValueOrDefault(target) + 1;
        entries[blocks[0]] = entries.GetValueOrDefault(blocks[0]) + 1;
        HashSet<Block> gone = [];
        foreach (Block block in blocks.Where(block => !gone.Contains(block)))
        {
            while (block.Exit is JumpExit jump && jump.Target != block && entries[jump.Target] == 1)
            {
                block.Statements.AddRange(jump.Target.Statements);
                gone.Add(jump.Target);
                block.Exit = jump.Target.Exit;
            }
        }
    }
}
