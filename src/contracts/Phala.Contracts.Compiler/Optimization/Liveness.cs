using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Which variables are still needed at the end of each block.</summary>
internal sealed class Liveness
{
    private readonly Dictionary<Block, LocalSet> _live = [];

    public Liveness(FunctionBody body)
    {
        int count = body.Locals.Count;
        Dictionary<Block, LocalSet> entering = body.Blocks.ToDictionary(static block => block, _ => new LocalSet(count));
        foreach (Block block in body.Blocks) _live[block] = new LocalSet(count);
        bool changes = true;
        while (changes)
        {
            changes = false;
            for (int i = body.Blocks.Count - 1; i >= 0; i--)
            {
                Block block = body.Blocks[i];
                LocalSet live = _live[block];
                foreach (Block target in block.Exit.Targets) live.UnionWith(entering[target]);
                LocalSet before = new(live);
                Through(block, before);
                if (before.SetEquals(entering[block])) continue;
                entering[block] = before;
                changes = true;
            }
        }
    }

    /// <summary>A copy of what is needed behind a block's last statement and exit.</summary>
    public LocalSet After(Block block) => new(_live[block]);

    public static void AddUses(Expression expression, LocalSet live)
    {
        if (expression is LocalExpression read) live.Add(read.Local);
        foreach (Expression operand in expression.Operands) AddUses(operand, live);
    }

    /// <summary>Goes back over one statement.</summary>
    public static void Before(Statement statement, LocalSet live)
    {
        if (statement is SetLocalStatement set) live.Remove(set.Local);
        foreach (Expression operand in statement.Operands) AddUses(operand, live);
    }

    private static void Through(Block block, LocalSet live)
    {
        if (block.Exit.Operand is { } deciding) AddUses(deciding, live);
        for (int i = block.Statements.Count - 1; i >= 0; i--) Before(block.Statements[i], live);
    }
}
