using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Counts and rewrites uses of local variables.</summary>
internal static class Usage
{
    /// <summary>Sets the counts of every local; parameters are defined once by the call.</summary>
    public static void Count(FunctionBody body)
    {
        foreach (Local local in body.Locals) (local.Uses, local.Definitions) = (0, local.Number < body.ParameterCount ? 1 : 0);
        foreach (Block block in body.Blocks)
        {
            foreach (Statement statement in block.Statements)
            {
                foreach (Expression operand in statement.Operands) CountUses(operand);
                if (statement is SetLocalStatement set) set.Local.Definitions++;
            }

            if (block.Exit.Operand is { } deciding) CountUses(deciding);
        }
    }

    /// <summary>Forgets locals that nothing uses.</summary>
    public static void Compact(FunctionBody body)
    {
        Count(body);
        body.Locals.RemoveAll(local => local.Number >= body.ParameterCount && local.Uses + local.Definitions == 0);
        for (int i = 0; i < body.Locals.Count; i++) body.Locals[i].Number = i;
    }

    /// <summary>Replaces leaves; what does not change stays the same object.</summary>
    public static Expression Rewrite(Expression expression, Func<Local, Expression?> replacement)
    {
        if (expression is LocalExpression read) return replacement(read.Local) ?? expression;
        Expression[]? changed = null;
        IReadOnlyList<Expression> operands = expression.Operands;
        for (int i = 0; i < operands.Count; i++)
        {
            Expression rewritten = Rewrite(operands[i], replacement);
            if (ReferenceEquals(rewritten, operands[i])) continue;
            changed ??= [.. operands];
            changed[i] = rewritten;
        }

        return changed is null ? expression : expression.With(changed);
    }

    public static Statement Rewrite(Statement statement, Func<Local, Expression?> replacement)
    {
        Expression[]? changed = null;
        for (int i = 0; i < statement.Operands.Length; i++)
        {
            Expression rewritten = Rewrite(statement.Operands[i], replacement);
            if (ReferenceEquals(rewritten, statement.Operands[i])) continue;
            changed ??= [.. statement.Operands];
            changed[i] = rewritten;
        }

        return changed is null ? statement : statement.With(changed);
    }

    private static void CountUses(Expression expression)
    {
        if (expression is LocalExpression read) read.Local.Uses++;
        foreach (Expression operand in expression.Operands) CountUses(operand);
    }
}
