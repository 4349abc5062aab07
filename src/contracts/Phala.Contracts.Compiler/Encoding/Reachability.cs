using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>Functions and static memory that some functions need.</summary>
internal sealed class Reachability
{
    private readonly Queue<FunctionUnit> _open = new();

    public Reachability(IEnumerable<FunctionUnit> roots)
    {
        foreach (FunctionUnit root in roots) Reach(root);
        while (_open.TryDequeue(out FunctionUnit? unit))
        {
            foreach (Block block in unit.Body?.Blocks ?? [])
            {
                foreach (Statement statement in block.Statements)
                {
                    foreach (Expression operand in statement.Operands) Visit(operand);
                    if (statement is CheckStatement check) Reach(check.Fault);
                }

                if (block.Exit.Operand is { } deciding) Visit(deciding);
            }
        }
    }

    public HashSet<FunctionUnit> Functions { get; } = [];

    public HashSet<DataSymbol> Symbols { get; } = [];

    /// <summary>Functions whose place in the table is used.</summary>
    public HashSet<FunctionUnit> InTable { get; } = [];

    private void Reach(FunctionUnit unit)
    {
        if (Functions.Add(unit)) _open.Enqueue(unit);
    }

    private void Visit(Expression expression)
    {
        switch (expression)
        {
            case CallExpression call: Reach(call.Function); break;
            case SymbolExpression symbol: Symbols.Add(symbol.Symbol); break;
            case FunctionExpression function:
                InTable.Add(function.Function);
                Reach(function.Function);
                break;
        }

        foreach (Expression operand in expression.Operands) Visit(operand);
    }
}
