using System.Collections;
using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Which variables are still needed at the end of each block.</summary>
internal sealed class Liveness
{
    private readonly Dictionary<Block, BitArray> _live = [];
    private readonly int _count;

    public Liveness(FunctionBody body)
    {
        _count = body.Locals.Count;
        Dictionary<Block, BitArray> entering = body.Blocks.ToDictionary(static block => block, _ => new BitArray(_count));
        foreach (Block block in body.Blocks) _live[block] = new BitArray(_count);
        bool changes = true;
        while (changes)
        {
            changes = false;
            for (int i = body.Blocks.Count - 1; i >= 0; i--)
            {
                Block block = body.Blocks[i];
                BitArray live = _live[block];
                foreach (Block target in block.Exit.Targets) live.Or(entering[target]);
                BitArray before = new(live);
                Through(block, before);
                if (Same(before, entering[block])) continue;
                entering[block] = before;
                changes = true;
            }
        }
    }

    /// <summary>A copy of what is needed behind a block's last statement and exit.</summary>
    public BitArray After(Block block) => new(_live[block]);

    public static void AddUses(Expression expression, BitArray live)
    {
        if (expression is LocalExpression read) live[read.Local.Number] = true;
        foreach (Expression operand in expression.Operands) AddUses(operand, live);
    }

    /// <summary>Goes back over one statement.</summary>
    public static void Before(Statement statement, BitArray live)
    {
        if (statement is SetLocalStatement set) live[set.Local.Number] = false;
        foreach (Expression operand in statement.Operands) AddUses(operand, live);
    }

    private static void Through(Block block, BitArray live)
    {
        if (block.Exit.Operand is { } deciding) AddUses(deciding, live);
        for (int i = block.Statements.Count - 1; i >= 0; i--) Before(block.Statements[i], live);
    }

    private static bool Same(BitArray left, BitArray right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i]) return false;
        }

        return true;
    }
}
