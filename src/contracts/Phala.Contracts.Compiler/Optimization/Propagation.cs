using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Replaces variables that are written once, with a constant or another such variable, by that.</summary>
internal static class Propagation
{
    private const int LongestChain = 64;

    public static void Run(FunctionBody body)
    {
        Usage.Count(body);
        Dictionary<Local, Expression> values = [];
        foreach (Block block in body.Blocks)
        {
            foreach (Statement statement in block.Statements)
            {
                if (statement is SetLocalStatement { Value: ConstantExpression or LocalExpression or SymbolExpression or FunctionExpression } set && set.Local.Definitions == 1 && IsFixed(set.Value)) values[set.Local] = set.Value;
            }
        }

        if (values.Count == 0) return;
        foreach (Block block in body.Blocks)
        {
            for (int i = 0; i < block.Statements.Count; i++) block.Statements[i] = Usage.Rewrite(block.Statements[i], Find);
            if (block.Exit.Operand is { } deciding) block.Exit = block.Exit.With(Usage.Rewrite(deciding, Find), static target => target);
        }

        Expression? Find(Local local)
        {
            Expression? found = null;
            for (int i = 0; i < LongestChain && values.TryGetValue(local, out Expression? next); i++)
            {
                found = next;
                if (next is not LocalExpression further) break;
                local = further.Local;
            }

            return found;
        }
    }

    private static bool IsFixed(Expression value) => value is not LocalExpression read || read.Local.Definitions == 1;
}
