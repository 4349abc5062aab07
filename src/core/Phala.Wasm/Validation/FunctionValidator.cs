using Phala.Wasm.Binary;

namespace Phala.Wasm.Validation;

/// <summary>Validates function bodies (specification 3.3, 3.4.1) with the algorithm of appendix 7.3. Reused from body to body.</summary>
/// <param name="spaces">What indices mean.</param>
/// <param name="settings">Limits and switches.</param>
/// <param name="declared">The functions that something outside the bodies mentions, so that references to them may be taken.</param>
internal sealed class FunctionValidator(IndexSpaces spaces, ModuleSettings settings, IReadOnlySet<uint> declared)
{
    private readonly OperandTypes _operands = new(settings.Limits);
    private readonly List<ValueKind> _locals = [];
    private FunctionType _type = FunctionType.Empty;
    private int _calls;
    private long _passedValues;

    public ModuleError Validate(FunctionType type, FunctionBody body, out FunctionMeasure measure)
    {
        measure = default;
        (_calls, _passedValues) = (0, 0);
        _operands.Reset();
        if (!SetLocals(type, body)) return ModuleError.TooManyLocals;
        foreach (ValueKind kind in _locals)
        {
            if (!settings.AllowFloats && kind.IsFloat()) return ModuleError.FloatForbidden;
        }

        _type = type;
        _operands.Open(Opcode.Call, new FunctionType([], type.Results));
        InstructionReader reader = new(body.Code.Span, settings.Limits);
        while (_operands.Depth > 0)
        {
            if (!reader.TryRead(out Instruction instruction)) return reader.Error == ModuleError.UnexpectedEnd ? ModuleError.BadNesting : reader.Error;
            int open = _operands.Depth;
            Check(in instruction, ref reader);
            if (_operands.Error != ModuleError.None) return FirstMalformed(ref reader, open, in instruction);
        }

        measure = new FunctionMeasure(_operands.MaximumHeight, _calls, _passedValues);
        return reader.AtEnd ? ModuleError.None : ModuleError.SizeMismatch;
    }

    /// <summary>A body that is malformed further on is malformed, whatever rule it broke before.</summary>
    private ModuleError FirstMalformed(ref InstructionReader reader, int open, in Instruction broken)
    {
        int depth = open + Nesting(broken.Opcode);
        while (depth > 0)
        {
            if (!reader.TryRead(out Instruction instruction)) return reader.Error == ModuleError.UnexpectedEnd ? ModuleError.BadNesting : reader.Error;
            depth += Nesting(instruction.Opcode);
        }

        return reader.AtEnd ? _operands.Error : ModuleError.SizeMismatch;
    }

    private static int Nesting(Opcode opcode) => opcode switch
    {
        Opcode.Block or Opcode.Loop or Opcode.If => 1,
        Opcode.End => -1,
        _ => 0,
    };

    private bool SetLocals(FunctionType type, FunctionBody body)
    {
        _locals.Clear();
        if (type.Parameters.Length + body.LocalCount > settings.Limits.Locals) return false;
        _locals.AddRange(type.Parameters);
        foreach (LocalGroup group in body.Locals)
        {
            for (uint i = 0; i < group.Count; i++) _locals.Add(group.Kind);
        }

        return true;
    }

    private void Check(in Instruction instruction, ref InstructionReader reader)
    {
        if (!settings.AllowFloats && instruction.Info.UsesFloats) _operands.Fail(ModuleError.FloatForbidden);
        if (instruction.Info.Immediate == Immediate.MemoryArgument) CheckAccess(in instruction);
        CheckIndices(in instruction);
        if (_operands.Error != ModuleError.None) return;

        if (instruction.Info.Type is { } type)
        {
            _operands.Pop(type.Parameters);
            _operands.Push(type.Results);
        }
        else if (instruction.Opcode < Opcode.Drop)
        {
            CheckControl(in instruction, reader.Labels);
        }
        else
        {
            CheckPolymorphic(in instruction);
        }
    }

    private void CheckAccess(in Instruction instruction)
    {
        if (spaces.Memories.Length == 0) _operands.Fail(ModuleError.UnknownMemory);
        if (instruction.Second >= 32 || 1u << (int)instruction.Second > instruction.Info.Width) _operands.Fail(ModuleError.AlignmentTooLarge);
    }

    /// <summary>Checks that what the immediates refer to exists.</summary>
    private void CheckIndices(in Instruction instruction)
    {
        switch (instruction.Info.Immediate)
        {
            case Immediate.Block:
                CheckBlockType((long)instruction.Bits);
                break;
            case Immediate.Function:
                Require(instruction.Index, spaces.FunctionTypes.Length, ModuleError.UnknownFunction);
                break;
            case Immediate.IndirectCall:
                Require(instruction.Second, spaces.Tables.Length, ModuleError.UnknownTable);
                Require(instruction.Index, spaces.Types.Length, ModuleError.UnknownType);
                break;
            case Immediate.Local:
                Require(instruction.Index, _locals.Count, ModuleError.UnknownLocal);
                break;
            case Immediate.Global:
                Require(instruction.Index, spaces.Globals.Length, ModuleError.UnknownGlobal);
                break;
            case Immediate.Table:
                Require(instruction.Index, spaces.Tables.Length, ModuleError.UnknownTable);
                break;
            case Immediate.TwoTables:
                Require(instruction.Index, spaces.Tables.Length, ModuleError.UnknownTable);
                Require(instruction.Second, spaces.Tables.Length, ModuleError.UnknownTable);
                if (_operands.Error == ModuleError.None) RequireSame(spaces.Tables[instruction.Index].Element, spaces.Tables[instruction.Second].Element);
                break;
            case Immediate.Memory or Immediate.TwoMemories:
                Require(0, spaces.Memories.Length, ModuleError.UnknownMemory);
                break;
            default:
                CheckSegments(in instruction);
                break;
        }
    }

    private void CheckSegments(in Instruction instruction)
    {
        switch (instruction.Info.Immediate)
        {
            case Immediate.Data or Immediate.DataAndMemory:
                if (instruction.Info.Immediate == Immediate.DataAndMemory) Require(0, spaces.Memories.Length, ModuleError.UnknownMemory);
                if (spaces.Module.DataCount is { } count) Require(instruction.Index, (int)count, ModuleError.UnknownData);
                else _operands.Fail(spaces.Module.Data.Count == 0 ? ModuleError.UnknownData : ModuleError.DataCountMissing);
                break;
            case Immediate.Element:
                Require(instruction.Index, spaces.Module.Elements.Count, ModuleError.UnknownElement);
                break;
            case Immediate.ElementAndTable:
                Require(instruction.Second, spaces.Tables.Length, ModuleError.UnknownTable);
                Require(instruction.Index, spaces.Module.Elements.Count, ModuleError.UnknownElement);
                if (_operands.Error != ModuleError.None) break;
                RequireSame(spaces.Tables[instruction.Second].Element, spaces.Module.Elements[(int)instruction.Index].Element);
                break;
            default:
                break;
        }
    }

    private void CheckBlockType(long type)
    {
        if (type >= spaces.Types.Length) _operands.Fail(ModuleError.UnknownType);
        else if (!settings.AllowFloats && type < 0 && ((ValueKind)(type & 0x7F)).IsFloat()) _operands.Fail(ModuleError.FloatForbidden);
    }

    private void Require(uint index, int count, ModuleError missing)
    {
        if (index >= (uint)count) _operands.Fail(missing);
    }

    private void RequireSame(ValueKind left, ValueKind right)
    {
        if (left != right) _operands.Fail(ModuleError.TypeMismatch);
    }

    private void CheckControl(in Instruction instruction, List<uint> labels)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Unreachable:
                _operands.MarkUnreachable();
                break;
            case Opcode.Block or Opcode.Loop or Opcode.If:
                if (instruction.Opcode == Opcode.If) _operands.Pop(ValueKind.I32);
                FunctionType type = spaces.BlockType(instruction.Bits);
                _operands.Pop(type.Parameters);
                _operands.Open(instruction.Opcode, type);
                break;
            case Opcode.Else:
                CheckElse();
                break;
            case Opcode.End:
                CheckEnd();
                break;
            case Opcode.Br:
                PopPassed(_operands.LabelTypes(instruction.Index));
                _operands.MarkUnreachable();
                break;
            case Opcode.BrIf:
                _operands.Pop(ValueKind.I32);
                ReadOnlySpan<ValueKind> kinds = _operands.LabelTypes(instruction.Index);
                PopPassed(kinds);
                _operands.Push(kinds);
                break;
            case Opcode.BrTable:
                CheckBranchTable(instruction.Index, labels);
                break;
            case Opcode.Return:
                PopPassed(_type.Results);
                _operands.MarkUnreachable();
                break;
            case Opcode.Call:
                CheckCall(spaces.TypeOf(instruction.Index));
                break;
            default:
                RequireSame(spaces.Tables[instruction.Second].Element, ValueKind.FuncRef);
                _operands.Pop(ValueKind.I32);
                CheckCall(spaces.Types[instruction.Index]);
                break;
        }
    }

    private void CheckCall(FunctionType type)
    {
        _calls++;
        _passedValues += type.Results.Length;
        PopPassed(type.Parameters);
        _operands.Push(type.Results);
    }

    private void PopPassed(ReadOnlySpan<ValueKind> kinds)
    {
        _passedValues += kinds.Length;
        _operands.Pop(kinds);
    }

    private void CheckElse()
    {
        ControlFrame frame = _operands.Close();
        if (frame.Opcode != Opcode.If) _operands.Fail(ModuleError.BadNesting);
        _operands.Open(Opcode.Else, frame.Type);
    }

    private void CheckEnd()
    {
        ControlFrame frame = _operands.Close();
        // Without else the parameters pass through, so they must be the results.
        if (frame.Opcode == Opcode.If && !frame.Type.Parameters.SequenceEqual(frame.Type.Results)) _operands.Fail(ModuleError.TypeMismatch);
        if (_operands.Depth > 0) _operands.Push(frame.Type.Results);
    }

    private void CheckBranchTable(uint fallback, List<uint> labels)
    {
        _operands.Pop(ValueKind.I32);
        int arity = _operands.LabelTypes(fallback).Length;
        foreach (uint label in labels)
        {
            ReadOnlySpan<ValueKind> kinds = _operands.LabelTypes(label);
            if (kinds.Length != arity) _operands.Fail(ModuleError.TypeMismatch);
            if (_operands.Error != ModuleError.None) return;
            _passedValues += arity;
            _operands.Peek(kinds);
        }

        PopPassed(_operands.LabelTypes(fallback));
        _operands.MarkUnreachable();
    }

    private void CheckPolymorphic(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Drop:
                _operands.Pop();
                break;
            case Opcode.Select:
                CheckSelect();
                break;
            case Opcode.SelectTyped:
                if (instruction.Index != 1) _operands.Fail(ModuleError.TypeMismatch);
                if (!settings.AllowFloats && ((ValueKind)instruction.Bits).IsFloat()) _operands.Fail(ModuleError.FloatForbidden);
                _operands.Pop(ValueKind.I32);
                _operands.Pop((ValueKind)instruction.Bits);
                _operands.Pop((ValueKind)instruction.Bits);
                _operands.Push((ValueKind)instruction.Bits);
                break;
            case Opcode.LocalGet:
                _operands.Push(_locals[(int)instruction.Index]);
                break;
            case Opcode.LocalSet:
                _operands.Pop(_locals[(int)instruction.Index]);
                break;
            case Opcode.LocalTee:
                _operands.Pop(_locals[(int)instruction.Index]);
                _operands.Push(_locals[(int)instruction.Index]);
                break;
            case Opcode.GlobalGet:
                _passedValues++;
                _operands.Push(spaces.Globals[instruction.Index].Kind);
                break;
            case Opcode.GlobalSet:
                if (!spaces.Globals[instruction.Index].Mutable) _operands.Fail(ModuleError.ImmutableGlobal);
                _passedValues++;
                _operands.Pop(spaces.Globals[instruction.Index].Kind);
                break;
            default:
                CheckReferences(in instruction);
                break;
        }
    }

    private void CheckSelect()
    {
        _operands.Pop(ValueKind.I32);
        ValueKind second = _operands.Pop();
        ValueKind first = _operands.Pop();
        if (first.IsReference() || second.IsReference()) _operands.Fail(ModuleError.TypeMismatch);
        if (first != second && first != ValueKind.None && second != ValueKind.None) _operands.Fail(ModuleError.TypeMismatch);
        _operands.Push(first == ValueKind.None ? second : first);
    }

    private void CheckReferences(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.RefNull:
                _operands.Push((ValueKind)instruction.Bits);
                break;
            case Opcode.RefIsNull:
                ValueKind kind = _operands.Pop();
                if (kind != ValueKind.None && !kind.IsReference()) _operands.Fail(ModuleError.TypeMismatch);
                _operands.Push(ValueKind.I32);
                break;
            case Opcode.RefFunc:
                if (!declared.Contains(instruction.Index)) _operands.Fail(ModuleError.UndeclaredReference);
                _operands.Push(ValueKind.FuncRef);
                break;
            default:
                CheckTable(instruction.Opcode, spaces.Tables[instruction.Index].Element);
                break;
        }
    }

    private void CheckTable(Opcode opcode, ValueKind element)
    {
        switch (opcode)
        {
            case Opcode.TableGet:
                _operands.Pop(ValueKind.I32);
                _operands.Push(element);
                break;
            case Opcode.TableSet:
                _operands.Pop(element);
                _operands.Pop(ValueKind.I32);
                break;
            case Opcode.TableGrow:
                _operands.Pop(ValueKind.I32);
                _operands.Pop(element);
                _operands.Push(ValueKind.I32);
                break;
            default:
                _operands.Pop(ValueKind.I32);
                _operands.Pop(element);
                _operands.Pop(ValueKind.I32);
                break;
        }
    }
}
