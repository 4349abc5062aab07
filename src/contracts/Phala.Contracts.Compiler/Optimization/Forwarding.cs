using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Optimization;

/// <summary>Evaluates what is used once where it is used, if nothing between would notice.</summary>
internal static class Forwarding
{
    private const int FarthestUse = 40, LargestTree = 120, DeepestTree = 60;

    public static void Run(FunctionBody body)
    {
        Usage.Count(body);
        foreach (Block block in body.Blocks)
        {
            for (int i = 0; i < block.Statements.Count; i++)
            {
                if (block.Statements[i] is SetLocalStatement { Local: { Definitions: 1, Uses: 1 } local } set && local.Number >= body.ParameterCount && TryForward(block, i, set))
                {
                    block.Statements.RemoveAt(i);
                    i = Math.Max(-1, i - 2);
                }
            }
        }
    }

    private static bool TryForward(Block block, int index, SetLocalStatement set)
    {
        Expression value = set.Value;
        int last = Math.Min(block.Statements.Count, index + FarthestUse);
        for (int i = index + 1; i < last; i++)
        {
            Statement statement = block.Statements[i];
            if (statement.Operands.Any(operand => Import.CodeBuilder.Reads(operand, set.Local)))
            {
                if (!MayMoveInto(statement.Operands, set.Local, value)) return false;
                block.Statements[i] = Usage.Rewrite(statement, local => local == set.Local ? value : null);
                return true;
            }

            if (!MayPass(value, statement)) return false;
        }

        if (last < block.Statements.Count || block.Exit.Operand is not { } deciding || !Import.CodeBuilder.Reads(deciding, set.Local) || !MayMoveInto([deciding], set.Local, value)) return false;
        block.Exit = block.Exit.With(Usage.Rewrite(deciding, local => local == set.Local ? value : null), static target => target);
        return true;
    }

    private static bool MayPass(Expression value, Statement statement)
    {
        Effects between = statement is CheckStatement ? Effects.Traps : Effects.None;
        foreach (Expression operand in statement.Operands) between |= operand.Effects;
        bool writes = statement is StoreStatement, writesGlobal = statement is SetGlobalStatement;
        if ((value.Effects & Effects.Calls) != 0 && (between != Effects.None || writes || writesGlobal)) return false;
        if ((value.Effects & Effects.ReadsMemory) != 0 && (writes || (between & Effects.Calls) != 0)) return false;
        if ((value.Effects & Effects.ReadsGlobal) != 0 && (writesGlobal || (between & Effects.Calls) != 0)) return false;
        if ((value.Effects & Effects.Traps) != 0 && (between & (Effects.Calls | Effects.Traps)) != 0) return false;
        return statement is not SetLocalStatement set || !Import.CodeBuilder.Reads(value, set.Local);
    }

    // What stands to the left of the use is evaluated before it, where it was evaluated after it until now.
    private static bool MayMoveInto(IReadOnlyList<Expression> operands, Local local, Expression value)
    {
        int size = value.Size;
        foreach (Expression operand in operands)
        {
            size += operand.Size;
            if (operand.Depth + value.Depth > DeepestTree) return false;
        }

        if (size > LargestTree) return false;
        Effects before = Effects.None;
        return Find(operands, local, ref before) && !Conflicts(value.Effects, before);
    }

    private static bool Find(IReadOnlyList<Expression> operands, Local local, ref Effects before)
    {
        foreach (Expression operand in operands)
        {
            if (operand is LocalExpression read && read.Local == local) return true;
            if (Find(operand.Operands, local, ref before)) return true;
            before |= operand.Effects;
        }

        return false;
    }

    private static bool Conflicts(Effects value, Effects before)
    {
        if ((value & Effects.Calls) != 0) return before != Effects.None;
        return value != Effects.None && (before & Effects.Calls) != 0;
    }
}
