using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>Tests of an object's type by the number in its header. What null refers to has the number zero, which is of no type.</summary>
internal sealed class TypeTests(ProgramBuilder program, ProgramFacts? known)
{
    private const int MostRangesInPlace = 2;

    private readonly Dictionary<(ClrType Type, bool IsBox), List<(int First, int Last)>> _ranges = [];
    private readonly Dictionary<(ClrType Type, bool IsBox), FunctionUnit> _functions = [];

    /// <summary>Whether an object is of a type.</summary>
    /// <param name="type">A class, an interface, an array, or a value type whose objects are boxes.</param>
    /// <param name="address">The object, or null; may be used several times.</param>
    public Expression Test(ClrType type, Expression address) => Test(type, address, isBox: false);

    /// <summary>Whether an object holds a value that can be taken out as one of a type: enums are numbers there.</summary>
    /// <param name="type">A value type.</param>
    /// <param name="address">The object, or null; may be used several times.</param>
    public Expression TestBox(ClrType type, Expression address) => Test(type, address, isBox: true);

    private Expression Test(ClrType type, Expression address, bool isBox)
    {
        Expression number = Fold.Load(Op.I32Load, address, 0);
        if (known is null) return number;
        List<(int First, int Last)> ranges = RangesOf(type, isBox);
        if (ranges.Count > MostRangesInPlace) return new CallExpression(FunctionFor(type, isBox, ranges), [address]);
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

    private bool Fits(ClrType made, ClrType type, bool isBox) => isBox
        ? made == type || (made.Kind == type.Kind && (made.IsEnum || type.IsEnum) && (made.Underlying ?? made) == (type.Underlying ?? type))
        : program.Hierarchy.IsAssignable(made, type);

    private List<(int First, int Last)> RangesOf(ClrType type, bool isBox)
    {
        if (_ranges.TryGetValue((type, isBox), out List<(int First, int Last)>? ranges)) return ranges;
        ranges = [];
        foreach (int number in known!.TypeNumbers.Where(pair => Fits(pair.Key, type, isBox)).Select(static pair => pair.Value).Order())
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1) ranges[^1] = (ranges[^1].First, number);
            else ranges.Add((number, number));
        }

        return _ranges[(type, isBox)] = ranges;
    }

    private FunctionUnit FunctionFor(ClrType type, bool isBox, List<(int First, int Last)> ranges)
    {
        if (_functions.TryGetValue((type, isBox), out FunctionUnit? made)) return made;
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
        return _functions[(type, isBox)] = made;
    }
}
