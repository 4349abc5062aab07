using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Writes instructions without control flow. Most of those that could trap are kept from it, so that code after them is reached.</summary>
internal sealed class PlainGenerator(OperandWriter writer)
{
    /// <summary>How many of a hundred may trap.</summary>
    private const int Reckless = 2;

    private const uint UsedMemory = 2048, UsedElements = 8;

    private readonly Choice _choice = writer.Choice;

    public void Numeric()
    {
        Opcode opcode = _choice.Of(OpcodeGroups.Numeric(writer.Options));
        FunctionType type = InstructionSet.Find(opcode)!.Type!;
        writer.Need(type.Parameters);
        if (_choice.Percent(Reckless))
        {
            Provoke(opcode, type);
        }
        else
        {
            if (OpcodeGroups.IsDivision(opcode)) AvoidZero(type.Parameters[0]);
            if (OpcodeGroups.IsTrappingConversion(opcode)) AvoidOverflow(type.Parameters[0]);
        }

        writer.Write(opcode, type.Parameters, type.Results);
        if (OperandWriter.MayGiveAnyNaN(opcode)) writer.Canonicalize(type.Results[0]);
    }

    public void Load()
    {
        if (!writer.Shape.HasMemory) return;
        Opcode opcode = _choice.Of(OpcodeGroups.Loads(writer.Options));
        InstructionInfo info = InstructionSet.Find(opcode)!;
        writer.Need(ValueKind.I32);
        Tame(UsedMemory);
        writer.Code.Access(opcode, Offset(), Alignment(info.Width));
        writer.Account(info.Type!.Parameters, info.Type.Results);
    }

    public void Store()
    {
        if (!writer.Shape.HasMemory) return;
        Opcode opcode = _choice.Of(OpcodeGroups.Stores(writer.Options));
        InstructionInfo info = InstructionSet.Find(opcode)!;
        writer.Push(ValueKind.I32);
        Tame(UsedMemory);
        writer.Push(info.Type!.Parameters[1]);
        writer.Code.Access(opcode, Offset(), Alignment(info.Width));
        writer.Account(info.Type.Parameters, []);
    }

    public void Variable()
    {
        ValueKind kind = _choice.Of(writer.Locals);
        List<uint> locals = writer.LocalsOf(kind), globals = writer.Shape.GlobalsOf(kind, assignable: true);
        writer.Need(kind);
        if (locals.Count > 0 && _choice.Percent(50)) writer.Write(Opcode.LocalTee, [kind], [kind], _choice.Of(locals));
        else if (globals.Count > 0 && _choice.Percent(50)) writer.Write(Opcode.GlobalSet, [kind], [], _choice.Of(globals));
        else writer.Discard();
    }

    public void Choose()
    {
        ValueKind kind = writer.Top is { } top && _choice.Percent(70) ? top : _choice.Of(writer.Locals);
        writer.Need(kind, kind, ValueKind.I32);
        if (kind.IsReference() || _choice.Percent(30))
        {
            writer.Code.SelectOf(kind);
            writer.Account([kind, kind, ValueKind.I32], [kind]);
        }
        else
        {
            writer.Write(Opcode.Select, [kind, kind, ValueKind.I32], [kind]);
        }
    }

    public void Reference()
    {
        ValueKind kind = _choice.Percent(60) ? ValueKind.FuncRef : ValueKind.ExternRef;
        writer.Need(kind);
        writer.Write(Opcode.RefIsNull, [kind], [ValueKind.I32]);
    }

    public void Table()
    {
        uint table = (uint)_choice.Below(writer.Shape.Tables.Count);
        (ValueKind element, uint size) = writer.Shape.Tables[(int)table];
        switch (_choice.Below(7))
        {
            case 0:
                Place(size);
                writer.Write(Opcode.TableGet, [ValueKind.I32], [element], table);
                break;
            case 1:
                Place(size);
                writer.Push(element);
                writer.Write(Opcode.TableSet, [ValueKind.I32, element], [], table);
                break;
            case 2:
                writer.Write(Opcode.TableSize, [], [ValueKind.I32], table);
                break;
            case 3:
                writer.Push(element);
                Size(4);
                writer.Write(Opcode.TableGrow, [element, ValueKind.I32], [ValueKind.I32], table);
                break;
            case 4:
                Place(size);
                writer.Push(element);
                Size(3);
                writer.Write(Opcode.TableFill, [ValueKind.I32, element, ValueKind.I32], [], table);
                break;
            case 5:
                CopyTable(table, element);
                break;
            default:
                InitializeTable(table, element);
                break;
        }
    }

    public void Memory()
    {
        uint data = (uint)_choice.Below(writer.Shape.Data.Count);
        int way = writer.Shape.HasMemory ? _choice.Below(8) : 0;
        switch (way)
        {
            case 0:
                if (_choice.Percent(40)) writer.Write(Opcode.DataDrop, [], [], data);
                break;
            case 1 or 2:
                writer.Write(Opcode.MemorySize, [], [ValueKind.I32], 0);
                break;
            case 3:
                writer.PushBelow(2);
                writer.Write(Opcode.MemoryGrow, [ValueKind.I32], [ValueKind.I32], 0);
                break;
            case 4:
                Place(UsedMemory);
                Place(64);
                Size(16);
                writer.Write(Opcode.MemoryInit, [ValueKind.I32, ValueKind.I32, ValueKind.I32], [], data, 0);
                break;
            case 5:
                Place(UsedMemory);
                Place(UsedMemory);
                Size(48);
                writer.Write(Opcode.MemoryCopy, [ValueKind.I32, ValueKind.I32, ValueKind.I32], [], 0, 0);
                break;
            default:
                Place(UsedMemory);
                writer.Push(ValueKind.I32);
                Size(48);
                writer.Write(Opcode.MemoryFill, [ValueKind.I32, ValueKind.I32, ValueKind.I32], [], 0);
                break;
        }
    }

    private void CopyTable(uint target, ValueKind element)
    {
        uint source = _choice.Of(Indices(writer.Shape.Tables, table => table.Element == element));
        Place(writer.Shape.Tables[(int)target].Size);
        Place(writer.Shape.Tables[(int)source].Size);
        Size(3);
        writer.Write(Opcode.TableCopy, [ValueKind.I32, ValueKind.I32, ValueKind.I32], [], target, source);
    }

    private void InitializeTable(uint table, ValueKind element)
    {
        List<uint> segments = Indices(writer.Shape.Elements, segment => segment.Element == element);
        if (segments.Count == 0) return;
        uint segment = _choice.Of(segments);
        if (_choice.Percent(15))
        {
            writer.Write(Opcode.ElemDrop, [], [], segment);
            return;
        }

        Place(UsedElements);
        Place(2);
        Size(2);
        writer.Write(Opcode.TableInit, [ValueKind.I32, ValueKind.I32, ValueKind.I32], [], segment, table);
    }

    private static List<uint> Indices<T>(List<T> items, Predicate<T> fits) => [.. Enumerable.Range(0, items.Count).Where(index => fits(items[index])).Select(index => (uint)index)];

    /// <summary>A position, mostly small.</summary>
    private void Place(uint size)
    {
        if (_choice.Percent(50))
        {
            writer.PushConstant(_choice.Below((int)size));
        }
        else
        {
            writer.Push(ValueKind.I32);
            Tame(System.Numerics.BitOperations.RoundUpToPowerOf2(size) / 2);
        }
    }

    /// <summary>A count, mostly small.</summary>
    private void Size(int most)
    {
        if (_choice.Percent(100 - Reckless)) writer.PushConstant(_choice.Below(most + 1));
        else writer.Push(ValueKind.I32);
    }

    /// <summary>Mostly makes the i32 on top small.</summary>
    private void Tame(uint powerOfTwo)
    {
        if (!_choice.Percent(Reckless)) writer.Mask(Math.Max(powerOfTwo, 1));
    }

    private uint Offset() => _choice.Below(100) switch
    {
        < 60 => (uint)_choice.Below(64),
        < 97 => 0,
        97 => 65_530,
        98 => uint.MaxValue,
        _ => (uint)_choice.Below(70_000),
    };

    private uint Alignment(int width) => (uint)_choice.Below(System.Numerics.BitOperations.Log2((uint)width) + 1);

    /// <summary>Puts operands in place that make a division or conversion trap.</summary>
    private void Provoke(Opcode opcode, FunctionType type)
    {
        ValueKind kind = type.Parameters[0];
        if (OpcodeGroups.IsTrappingConversion(opcode))
        {
            writer.Code.Op(Opcode.Drop);
            if (kind == ValueKind.F32) writer.Code.F32(_choice.Percent(50) ? 0xFFC00001 : BitConverter.SingleToUInt32Bits(-1e20f));
            else writer.Code.F64(_choice.Percent(50) ? 0x7FF4000000000000 : BitConverter.DoubleToUInt64Bits(-1e20));
        }
        else if (OpcodeGroups.IsDivision(opcode))
        {
            writer.Code.Op(Opcode.Drop).Op(Opcode.Drop);
            if (kind == ValueKind.I32) writer.Code.I32(int.MinValue).I32(-_choice.Below(2));
            else writer.Code.I64(long.MinValue).I64(-_choice.Below(2));
        }
    }

    private void AvoidZero(ValueKind kind)
    {
        if (kind == ValueKind.I32) writer.Code.I32(1).Op(Opcode.I32Or);
        else writer.Code.I64(1).Op(Opcode.I64Or);
    }

    /// <summary>Puts a small number that is not negative in the place of the float on top.</summary>
    private void AvoidOverflow(ValueKind kind)
    {
        writer.Code.Op(kind == ValueKind.F32 ? Opcode.I32TruncSatF32U : Opcode.I32TruncSatF64U).I32(0xFFFFF).Op(Opcode.I32And);
        writer.Code.Op(kind == ValueKind.F32 ? Opcode.F32ConvertI32U : Opcode.F64ConvertI32U);
        if (kind == ValueKind.F32) writer.Code.F32(BitConverter.SingleToUInt32Bits(1.375f)).Op(Opcode.F32Mul);
        else writer.Code.F64(BitConverter.DoubleToUInt64Bits(1.375)).Op(Opcode.F64Mul);
    }
}
