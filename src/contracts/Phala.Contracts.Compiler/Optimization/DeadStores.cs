using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Removes writes of variables that are not read afterwards, and evaluations without effect.</summary>
internal static class DeadStores
{
    public static void Run(FunctionBody body)
    {
        Liveness liveness = new(body);
        foreach (Block block in body.Blocks)
        {
            LocalSet live = liveness.After(block);
            if (block.Exit.Operand is { } deciding) Liveness.AddUses(deciding, live);
            List<Statement> kept = [];
            for (int i = block.Statements.Count - 1; i >= 0; i--)
            {
                Statement? statement = Reduce(block.Statements[i], live);
                if (statement is null) continue;
                Liveness.Before(statement, live);
                kept.Add(statement);
            }

            kept.Reverse();
            block.Statements = kept;
        }
    }

    private static Statement? Reduce(Statement statement, LocalSet live) => statement switch
    {
        SetLocalStatement set when !live.Contains(set.Local) || (set.Value is LocalExpression same && same.Local == set.Local) => HasEffect(set.Value) ? new EvaluateStatement(set.Value) : null,
        EvaluateStatement evaluate when !HasEffect(evaluate.Operands[0]) => null,
        _ => statement,
    };

    // Divisions are checked before they are reached, so what they could do alone is nothing.
    private static bool HasEffect(Expression value) => (value.Effects & Effects.Calls) != 0;
}
