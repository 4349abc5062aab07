using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>One call of an interpreted function: the program counter, the operands and the open blocks.</summary>
internal sealed class Activation
{
    private readonly InterpretedInstance _instance;
    private readonly ParsedFunction _function;
    private readonly FunctionType _type;
    private readonly int _stack;
    private readonly Cell[] _locals;
    private readonly List<Cell> _operands = [];
    private readonly Stack<(int Start, int Height)> _blocks = new();
    private readonly MemoryInstructions _memory;
    private readonly TableInstructions _tables;
    private int _at;

    public Activation(InterpretedInstance instance, ParsedFunction function, FunctionType type, Cell[] arguments, int stack)
    {
        _instance = instance;
        _function = function;
        _type = type;
        _stack = stack;
        _locals = [.. arguments, .. new Cell[function.Locals.Length]];
        _memory = new MemoryInstructions(instance, _operands);
        _tables = new TableInstructions(instance, _operands);
    }

    public Cell[] Run()
    {
        _instance.Charge(_function.SegmentCost(0));
        while (_at < _function.Code.Length) Step(_function.Code[_at]);
        return [.. _operands.TakeLast(_type.Results.Length)];
    }

    private void Step(ParsedInstruction parsed)
    {
        Instruction instruction = parsed.Instruction;
        int here = _at++;
        switch (instruction.Opcode)
        {
            case < Opcode.Drop when instruction.Opcode != Opcode.Nop:
                Control(parsed, here);
                break;
            case Opcode.Nop:
                break;
            case Opcode.Drop:
                Pop();
                break;
            case Opcode.Select or Opcode.SelectTyped:
                bool first = Pop().I32 != 0;
                Cell other = Pop();
                if (!first) _operands[^1] = other;
                break;
            case Opcode.LocalGet:
                Push(_locals[instruction.Index]);
                break;
            case Opcode.LocalSet:
                _locals[instruction.Index] = Pop();
                break;
            case Opcode.LocalTee:
                _locals[instruction.Index] = _operands[^1];
                break;
            case Opcode.GlobalGet:
                Push(_instance.Globals[instruction.Index]);
                break;
            case Opcode.GlobalSet:
                _instance.Globals[instruction.Index] = Pop();
                break;
            case >= Opcode.I32Const and <= Opcode.F64Const:
                Push(new Cell(instruction.Bits));
                break;
            default:
                if (!_memory.TryExecute(in instruction) && !_tables.TryExecute(in instruction)) Numeric(in instruction);
                break;
        }
    }

    private void Numeric(in Instruction instruction)
    {
        Cell right = instruction.Info.Type!.Parameters.Length == 2 ? Pop() : default;
        Cell left = Pop();
        Push(instruction.Opcode switch
        {
            >= Opcode.I32Eqz and <= Opcode.I64GeU or >= Opcode.I32Clz and <= Opcode.I64Rotr => Integers.Execute(instruction.Opcode, left, right),
            >= Opcode.F32Eq and <= Opcode.F64Copysign => Floats.Execute(instruction.Opcode, left, right),
            _ => Conversions.Execute(instruction.Opcode, left),
        });
    }

    private void Control(ParsedInstruction parsed, int here)
    {
        Instruction instruction = parsed.Instruction;
        switch (instruction.Opcode)
        {
            case Opcode.Unreachable:
                throw GuestTrapException.Of(TrapKind.Unreachable);
            case Opcode.Block or Opcode.Loop:
                Open(here);
                if (instruction.Opcode == Opcode.Loop) BeginSegment();
                break;
            case Opcode.If:
                bool condition = Pop().I32 != 0;
                Open(here);
                if (!condition) _at = _function.Code[parsed.Else].Instruction.Opcode == Opcode.Else ? parsed.Else + 1 : parsed.End;
                if (condition || _at != parsed.End) BeginSegment();
                break;
            case Opcode.Else:
                _at = parsed.End;
                break;
            case Opcode.End:
                if (_blocks.Count > 0) _blocks.Pop();
                if (parsed.Joins) BeginSegment();
                break;
            case Opcode.Br:
                Branch(instruction.Index);
                break;
            case Opcode.BrIf:
                if (Pop().I32 != 0) Branch(instruction.Index);
                else BeginSegment();
                break;
            case Opcode.BrTable:
                uint way = (uint)Pop().I32;
                Branch(parsed.Labels[Math.Min(way, (uint)parsed.Labels.Length - 1)]);
                break;
            case Opcode.Return:
                _at = _function.Code.Length;
                break;
            default:
                CallFunction(in instruction);
                break;
        }
    }

    private void BeginSegment() => _instance.Charge(_function.SegmentCost(_at));

    private void Open(int start)
    {
        FunctionType type = _instance.Module.Spaces.BlockType(_function.Code[start].Instruction.Bits);
        _blocks.Push((start, _operands.Count - type.Parameters.Length));
    }

    private void Branch(uint depth)
    {
        if (depth >= (uint)_blocks.Count)
        {
            _at = _function.Code.Length;
            return;
        }

        for (uint i = 0; i < depth; i++) _blocks.Pop();
        (int start, int height) = _blocks.Peek();
        ParsedInstruction block = _function.Code[start];
        bool loop = block.Instruction.Opcode == Opcode.Loop;
        FunctionType type = _instance.Module.Spaces.BlockType(block.Instruction.Bits);
        int count = loop ? type.Parameters.Length : type.Results.Length;
        _operands.RemoveRange(height, _operands.Count - count - height);
        _at = loop ? start + 1 : block.End;
        if (loop) BeginSegment();
    }

    private void CallFunction(in Instruction instruction)
    {
        FunctionIndex callee = instruction.Opcode == Opcode.Call
            ? new FunctionIndex((int)instruction.Index)
            : _tables.Find((int)instruction.Second, (uint)Pop().I32, _instance.Module.Spaces.Types[instruction.Index]);
        int count = _instance.TypeOf(callee).Parameters.Length;
        Cell[] arguments = [.. _operands.TakeLast(count)];
        _operands.RemoveRange(_operands.Count - count, count);
        _operands.AddRange(_instance.Invoke(callee, arguments, _stack));
    }

    private Cell Pop()
    {
        Cell top = _operands[^1];
        _operands.RemoveAt(_operands.Count - 1);
        return top;
    }

    private void Push(Cell cell) => _operands.Add(cell);
}
