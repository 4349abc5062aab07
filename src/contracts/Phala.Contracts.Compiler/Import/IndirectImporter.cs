using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Import;

/// <summary>Reads and writes through addresses.</summary>
internal sealed class IndirectImporter(FunctionImporter function) : InstructionImporter(function)
{
    public override bool TryImport(Instruction instruction)
    {
        switch (instruction.Code)
        {
            case >= ILOpCode.Ldind_i1 and <= ILOpCode.Ldind_i or ILOpCode.Ldind_ref: Push(Read(Pop(), TypeOf(instruction.Code))); return true;
            case ILOpCode.Ldobj: Push(Read(Pop(), Function.TypeAt(instruction.Operand))); return true;
            case ILOpCode.Stind_ref or >= ILOpCode.Stind_i1 and <= ILOpCode.Stind_i8 or ILOpCode.Stind_i: StoreTo(TypeOf(instruction.Code)); return true;
            case ILOpCode.Stobj: StoreTo(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Initobj: Initialize(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Cpobj: Copy(Function.TypeAt(instruction.Operand)); return true;
            case ILOpCode.Sizeof: Push(Types.Int32, Fold.I32(Program.Layouts.OfVariable(Function.TypeAt(instruction.Operand)).Size)); return true;
            case ILOpCode.Cpblk: CopyBlock(); return true;
            case ILOpCode.Initblk: FillBlock(); return true;
            case ILOpCode.Localloc: Push(Types.NativeInt, new CallExpression(Program.Helper("Allocate"), [PopScalar(WasmType.I32)])); return true;
            default: return false;
        }
    }

    /// <summary>What is at an address.</summary>
    public Value Read(Value address, ClrType type)
    {
        if (address.Place is { } place)
        {
            if (LeavesOf(place, type) is { } leaves)
            {
                Value whole = Function.Read(place.Variable);
                return new Value(place.Type.IsReference && type == Types.Object ? place.Type : type, [.. whole.Leaves.Skip(place.FirstLeaf).Take(leaves)]);
            }

            Function.Expose(place.Variable);
            return Function.ZeroOf(type);
        }

        return Code.Load(type, Function.AddressOf(address), 0);
    }

    /// <summary>Writes to an address.</summary>
    public void Write(Value address, ClrType type, Value value)
    {
        if (value.Place is not null) value = new Value(value.Type, [Function.AddressOf(value)]);
        CodeBuilder.Check(value, Program.Layouts.OfVariable(type).Leaves);
        if (address.Place is not { } place)
        {
            Code.Store(type, Function.AddressOf(address), 0, value);
        }
        else if (LeavesOf(place, type) is { } leaves)
        {
            Function.Set(place.Variable.Leaves.AsSpan(place.FirstLeaf, leaves), Narrow(value, place));
        }
        else
        {
            Function.Expose(place.Variable);
        }
    }

    // A narrow variable holds what memory would give back.
    private Value Narrow(Value value, Place place)
    {
        if (value.Leaves is not [{ Type: WasmType.I32 } leaf] || place.Type.Kind == TypeKind.Boolean) return value;
        Storage storage = Program.Layouts.OfVariable(place.Type).Leaves[0].Storage;
        Expression narrow = storage switch
        {
            Storage.UInt8 => Fold.Binary(Op.I32And, leaf, Fold.I32(0xFF)),
            Storage.UInt16 => Fold.Binary(Op.I32And, leaf, Fold.I32(0xFFFF)),
            Storage.Int8 => Fold.Binary(Op.I32ShrS, Fold.Binary(Op.I32Shl, leaf, Fold.I32(24)), Fold.I32(24)),
            Storage.Int16 => Fold.Binary(Op.I32ShrS, Fold.Binary(Op.I32Shl, leaf, Fold.I32(16)), Fold.I32(16)),
            _ => leaf,
        };
        return value with { Leaves = [narrow] };
    }

    // How many locals of a variable an access of this type means; null if it cuts through them or reads them as something else.
    private int? LeavesOf(Place place, ClrType type)
    {
        Leaf[] there = Program.Layouts.OfVariable(place.Type).Leaves, wanted = Program.Layouts.OfVariable(type).Leaves;
        if (place.Type == type) return there.Length;
        if (there.Length != wanted.Length) return null;
        for (int i = 0; i < there.Length; i++)
        {
            if (there[i].Storage != wanted[i].Storage || there[i].Offset != wanted[i].Offset) return null;
        }

        return there.Length;
    }

    private ClrType TypeOf(ILOpCode code) => code switch
    {
        ILOpCode.Ldind_i1 or ILOpCode.Stind_i1 => Types.Core(code == ILOpCode.Ldind_i1 ? "System.SByte" : "System.Byte"),
        ILOpCode.Ldind_u1 => Types.Core("System.Byte"),
        ILOpCode.Ldind_i2 => Types.Core("System.Int16"),
        ILOpCode.Ldind_u2 or ILOpCode.Stind_i2 => Types.Core("System.UInt16"),
        ILOpCode.Ldind_i4 or ILOpCode.Ldind_u4 or ILOpCode.Stind_i4 => Types.Int32,
        ILOpCode.Ldind_i8 or ILOpCode.Stind_i8 => Types.Int64,
        ILOpCode.Ldind_i or ILOpCode.Stind_i => Types.NativeInt,
        _ => Types.Object,
    };

    private void StoreTo(ClrType type)
    {
        Value value = Pop(), address = Pop();
        if (address.Place is { } place)
        {
            // The sign of a narrow store does not matter; the variable's own does.
            Leaf[] there = Program.Layouts.OfVariable(place.Type).Leaves;
            if (there.Length == 1 && Program.Layouts.OfVariable(type).Leaves is [var wanted] && wanted.Storage.Size() == there[0].Storage.Size()) type = place.Type;
        }

        if (value.Leaves.Length > 1 || value.Leaves.Any(static leaf => (leaf.Effects & Effects.Calls) != 0)) address = address with { Leaves = [.. address.Leaves.Select(Code.Spill)] };
        Write(address, type, value);
    }

    private void Initialize(ClrType type)
    {
        Value address = Pop();
        if (address.Place is null) address = address with { Leaves = [Code.Simple(Function.AddressOf(address))] };
        Write(address, type, Function.ZeroOf(type));
    }

    private void CopyBlock()
    {
        Expression size = PopScalar(WasmType.I32), source = PopScalar(WasmType.I32), destination = PopScalar(WasmType.I32);
        Code.Add(new EvaluateStatement(new CallExpression(Program.Helper("Copy"), [destination, source, size])));
    }

    private void FillBlock()
    {
        Expression size = PopScalar(WasmType.I32), value = PopScalar(WasmType.I32), address = PopScalar(WasmType.I32);
        Code.Add(new EvaluateStatement(new CallExpression(Program.Helper("Fill"), [address, value, size])));
    }

    private void Copy(ClrType type)
    {
        Value source = Pop(), destination = Pop();
        Write(destination, type, Read(source, type));
    }
}
