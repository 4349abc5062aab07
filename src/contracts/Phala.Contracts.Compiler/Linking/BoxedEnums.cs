using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>Functions that ask an object which enum's value it holds: what the library's <c>Enum</c> is made of.</summary>
internal sealed class BoxedEnums(ProgramBuilder program, ProgramFacts? known)
{
    private FunctionUnit? _bits, _name;

    /// <summary>The number in an object, with 64 bits.</summary>
    public FunctionUnit Bits() => _bits ??= Make("number of an enum", WasmType.I64, static (_, wide) => wide);

    /// <summary>The name of the value in an object, or its number.</summary>
    public FunctionUnit Name()
    {
        // What names are made of is found in the first pass, which does not know the enums yet.
        if (known is null) _ = (program.Core("System.Number", "FromInt64"), program.Core("System.Number", "FromUInt64"), program.Fault("Names"));
        return _name ??= Make("name of an enum", WasmType.I32, NameOf);
    }

    private Expression NameOf(ClrType type, Expression wide)
    {
        if (MadeFunctions.IsFlags(type)) return new SymbolExpression(program.Statics.String(""), 0);
        bool isWide = program.Layouts.OfVariable(type).Leaves[0].WasmType == WasmType.I64;
        return new CallExpression(program.EnumNames(type), [isWide ? wide : Fold.Unary(Op.I32WrapI64, wide)]);
    }

    private FunctionUnit Make(string name, WasmType result, Func<ClrType, Expression, Expression> answer)
    {
        FunctionUnit made = new(name, new FunctionShape([WasmType.I32], result));
        program.AddUnit(made);
        FunctionBody body = new() { ParameterCount = 1 };
        LocalExpression self = new(body.AddLocal(WasmType.I32));
        Block current = NewBlock(body);
        foreach (ClrType type in (known?.Constructed ?? []).Where(static type => type.IsEnum).OrderBy(type => known!.TypeNumbers[type]))
        {
            Block hit = NewBlock(body), next = NewBlock(body);
            current.Exit = new BranchExit(Fold.Binary(Op.I32Eq, Fold.Load(Op.I32Load, self, 0), Fold.I32(program.TypeNumber(type))), hit, next);
            Storage storage = program.Layouts.OfVariable(type).Leaves[0].Storage;
            Expression value = Fold.Load(storage.LoadOp(), self, LayoutBuilder.HeaderSize);
            bool isSigned = type.Kind is TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32;
            if (storage != Storage.Int64) value = Fold.Unary(isSigned ? Op.I64ExtendI32S : Op.I64ExtendI32U, value);
            if (result == WasmType.I32 && MadeFunctions.IsFlags(type)) hit.Statements.Add(new EvaluateStatement(new CallExpression(program.Fault("Names"), [])));
            hit.Exit = new ReturnExit(answer(type, value));
            current = next;
        }

        current.Exit = new ReturnExit(Fold.Zero(result));
        made.Body = body;
        return made;
    }

    private static Block NewBlock(FunctionBody body)
    {
        Block made = new(body.Blocks.Count);
        body.Blocks.Add(made);
        return made;
    }
}
