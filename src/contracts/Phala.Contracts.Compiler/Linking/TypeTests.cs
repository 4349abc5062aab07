using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>Tests of an object's type by the number in its header. What null refers to has the number zero, which is of no type.</summary>
internal sealed class TypeTests(ProgramBuilder program, ProgramFacts? known)
{
    private const int MostRangesInPlace = 2;

    private readonly Dictionary<ClrType, List<(int First, int Last)>> _ranges = [];
    private readonly Dictionary<ClrType, FunctionUnit> _functions = [];

    /// <summary>Whether an object is of a type.</summary>
    /// <param name="type">A class, an interface, an array, or a value type whose objects are boxes.</param>
    /// <param name="address">The object, or null; may be used several times.</param>
    public Expression Test(ClrType type, Expression address)
    {
        Expression number = Fold.Load(Op.I32Load, address, 0);
        if (known is null) return number;
        List<(int First, int Last)> ranges = RangesOf(type);
        if (ranges.Count > MostRangesInPlace) return new CallExpression(FunctionFor(type, ranges), [address]);
        Expression result = Fold.I32(0);
        foreach ((int first, int last) in ranges)
        {
            Expression within = Within(number, first, last);
            result = result is ConstantExpression ? within : Fold.Binary(Op.I32Or, result, within);
        }

        return result;
    }

    private static Expression Within(Expression number, int first, int last) => first == last
        ? Fold.Binary(Op.I32Eq, number, Fold.I32(first))
        : Fold.Binary(Op.I32LeU, Fold.Binary(Op.I32Sub, number, Fold.I32(first)), Fold.I32(last - first));

    private List<(int First, int Last)> RangesOf(ClrType type)
    {
        if (_ranges.TryGetValue(type, out List<(int First, int Last)>? ranges)) return ranges;
        ranges = [];
        foreach (int number in known!.TypeNumbers.Where(pair => program.Hierarchy.IsAssignable(pair.Key, type)).Select(static pair => pair.Value).Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1) ranges[^1] = (ranges[^1].First, number);
            else ranges.Add((number, number));
        }

        return _ranges[type] = ranges;
    }

    private FunctionUnit FunctionFor(ClrType type, List<(int First, int Last)> ranges)
    {
        if (_functions.TryGetValue(type, out FunctionUnit? made)) return made;
        made = new FunctionUnit($"is {type}", new FunctionShape([WasmType.I32], WasmType.I32));
        FunctionBody body = new() { ParameterCount = 1 };
        Local address = body.AddLocal(WasmType.I32), number = body.AddLocal(WasmType.I32);
        Block block = new(0);
        body.Blocks.Add(block);
        block.Statements.Add(new SetLocalStatement(number, Fold.Load(Op.I32Load, new LocalExpression(address), 0)));
        Expression result = Fold.I32(0);
        foreach ((int first, int last) in ranges)
        {
            Expression within = Within(new LocalExpression(number), first, last);
            result = result is ConstantExpression ? within : Fold.Binary(Op.I32Or, result, within);
        }

        block.Exit = new ReturnExit(result);
        made.Body = body;
        program.AddUnit(made);
        return _functions[type] = made;
    }
}
