using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Arrays: the header, the length, then the elements.</summary>
internal sealed class ArrayImporter(FunctionImporter function) : InstructionImporter(function)
{
    /// <summary>Where an array's length is.</summary>
    public const int LengthOffset = 4;

    /// <summary>Where an array's elements begin.</summary>
    public const int ElementsOffset = 8;

    private const int MostBytes = 1 << 24;

    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Newarr: Create(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Ldlen: Push(Types.NativeInt, Fold.Load(Op.I32Load, Function.NonNull(Pop()), LengthOffset)); return true;
            case ILOpCode.Ldelema: LoadAddress(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Ldelem: Load(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Stelem: Store(Function.TypeAt(instruction.Operand)); return true;
            case >= ILOpCode.Ldelem_i1 and <= ILOpCode.Ldelem_i or ILOpCode.Ldelem_ref: Load(ElementOf(instruction.Code)); return true;
            case ILOpCode.Stelem_i or >= ILOpCode.Stelem_i1 and <= ILOpCode.Stelem_i8 or ILOpCode.Stelem_ref: Store(ElementOf(instruction.Code)); return true;
            default: return false;
        }
    }

    private ClrType ElementOf(ILOpCode code) => code switch
    {
        ILOpCode.Ldelem_i1 or ILOpCode.Stelem_i1 => Types.Core("System.SByte"),
        ILOpCode.Ldelem_u1 => Types.Core("System.Byte"),
        ILOpCode.Ldelem_i2 or ILOpCode.Stelem_i2 => Types.Core("System.Int16"),
        ILOpCode.Ldelem_u2 => Types.Core("System.UInt16"),
        ILOpCode.Ldelem_i4 or ILOpCode.Ldelem_u4 or ILOpCode.Stelem_i4 => Types.Int32,
        ILOpCode.Ldelem_i8 or ILOpCode.Stelem_i8 => Types.Int64,
        ILOpCode.Ldelem_i or ILOpCode.Stelem_i => Types.NativeInt,
        _ => Types.Object,
    };

    private void Create(ClrType element)
    {
        Expression length = PopScalar(WasmType.I32);
        ClrType array = Types.ArrayOf(element);
        int size = Program.Layouts.OfVariable(element).Size;
        Program.MarkConstructed(array);
        Expression made;
        if (length is ConstantExpression { Value: >= 0 and var known } && known * size < MostBytes)
        {
            made = Code.Spill(new CallExpression(Program.Helper("NewObject"), [Fold.I32(Program.TypeNumber(array)), Fold.I32(ElementsOffset + (((int)known * size) + 3 & ~3))]));
            Code.Add(Fold.Store(Op.I32Store, made, LengthOffset, length));
        }
        else
        {
            made = Code.Spill(new CallExpression(Program.Helper("NewArray"), [Fold.I32(Program.TypeNumber(array)), length, Fold.I32(size)]));
        }

        if (made is LocalExpression local) Code.NonNull.Add(local.Local);
        Push(array, made);
    }

    // The check of the index finds null arrays too: what would be their length is zero.
    private Expression Element(Value array, Expression index, ClrType type)
    {
        Expression address = array.IsPlain && array.Leaves is [{ Type: WasmType.I32 } leaf] ? Code.Simple(leaf) : throw CompilationException.Invalid("an array is expected");
        index = Code.Simple(index);
        Code.Add(new CheckStatement(Fold.Binary(Op.I32GeU, index, Fold.Load(Op.I32Load, address, LengthOffset)), Program.Fault("Range")));
        if (address is LocalExpression known) Code.NonNull.Add(known.Local);
        int size = Program.Layouts.OfVariable(type).Size;
        return Fold.Binary(Op.I32Add, Fold.Binary(Op.I32Add, address, Fold.Binary(Op.I32Mul, index, Fold.I32(size))), Fold.I32(ElementsOffset));
    }

    private void LoadAddress(ClrType type)
    {
        Expression index = PopScalar(WasmType.I32);
        Push(Types.ReferenceTo(type), Element(Fixed(Pop(), index), index, type));
    }

    private void Load(ClrType type)
    {
        Expression index = PopScalar(WasmType.I32);
        Value array = Fixed(Pop(), index);
        if (type == Types.Object && array.Type is { Kind: TypeKind.Array, Element.IsReference: true }) type = array.Type.Element;
        Push(Code.Load(type, Element(array, index, type), 0));
    }

    private void Store(ClrType type)
    {
        Value value = Pop();
        if (value.Place is not null) throw CompilationException.Invalid("an address is stored in an array");
        Expression index = PopScalar(WasmType.I32);
        Value array = Pop();
        bool calls = value.Leaves.Any(static leaf => (leaf.Effects & Effects.Calls) != 0);
        if (calls)
        {
            array = array with { Leaves = [.. array.Leaves.Select(Code.Spill)] };
            index = Code.Spill(index);
            value = value with { Leaves = [.. value.Leaves.Select(Code.Spill)] };
        }

        array = Fixed(array, index);
        if (value.Leaves.Length > 1) index = Code.Simple(index);
        Expression address = Element(array, index, type);
        Code.Store(type, address, 0, value);
    }

    // What is evaluated first must not be changed by what is evaluated next.
    private Value Fixed(Value array, Expression index) =>
        (index.Effects & Effects.Calls) != 0 ? array with { Leaves = [.. array.Leaves.Select(Code.Spill)] } : array;
}
