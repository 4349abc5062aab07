using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>
/// The code of a body so far with the types of the operands that it leaves on the stack. Everything that writes instructions goes through it, so
/// that the code is valid at every moment.
/// </summary>
internal sealed class OperandWriter(Choice choice, GeneratorOptions options, ModuleShape shape)
{
    private const int DeepestExpression = 3;

    private readonly List<ValueKind> _stack = [];

    public Choice Choice { get; } = choice;

    public GeneratorOptions Options { get; } = options;

    public ModuleShape Shape { get; } = shape;

    public CodeWriter Code { get; } = new();

    /// <summary>Parameters and local variables. Those from <see cref="FirstReserved"/> on are not for random use.</summary>
    public List<ValueKind> Locals { get; } = [];

    public int FirstReserved { get; set; }

    /// <summary>The counters of open loops: to be read anywhere in them, and assigned by the loop alone.</summary>
    public Stack<uint> Counters { get; } = [];

    public List<OpenBlock> Blocks { get; } = [];

    public int Height => _stack.Count;

    /// <summary>How many instructions may still be written, about.</summary>
    public int Budget { get; set; } = 120;

    private int Available => _stack.Count - Blocks[^1].Height;

    /// <summary>Adds a local variable that only one construct uses.</summary>
    public uint Reserve(ValueKind kind)
    {
        Locals.Add(kind);
        return (uint)(Locals.Count - 1);
    }

    /// <summary>Writes an instruction that takes and gives operands of these types.</summary>
    public void Write(Opcode opcode, ReadOnlySpan<ValueKind> takes, ReadOnlySpan<ValueKind> gives, params ReadOnlySpan<uint> indices)
    {
        Code.Op(opcode, indices);
        Account(takes, gives);
    }

    /// <summary>Keeps the books for an instruction that was written directly.</summary>
    public void Account(ReadOnlySpan<ValueKind> takes, ReadOnlySpan<ValueKind> gives)
    {
        Budget--;
        _stack.RemoveRange(_stack.Count - takes.Length, takes.Length);
        _stack.AddRange(gives);
    }

    /// <summary>Forgets all operands of the innermost block.</summary>
    public void Cut() => _stack.RemoveRange(Blocks[^1].Height, Available);

    public void Assume(ReadOnlySpan<ValueKind> kinds) => _stack.AddRange(kinds);

    public bool TopIs(ValueKind kind) => Available > 0 && _stack[^1] == kind;

    /// <summary>The type of the topmost operand of the innermost block, if there is one.</summary>
    public ValueKind? Top => Available > 0 ? _stack[^1] : null;

    /// <summary>Sees to it that operands of these types lie on top, taking those that lie there already where they fit.</summary>
    public void Need(params ReadOnlySpan<ValueKind> kinds)
    {
        int fitting = Choice.Percent(80) ? LongestFit(kinds) : 0;
        foreach (ValueKind kind in kinds[fitting..]) Push(kind);
    }

    public void Push(ValueKind kind) => Push(kind, 0);

    /// <summary>Writes an i32 that is below a power of two.</summary>
    public void PushBelow(uint powerOfTwo)
    {
        Push(ValueKind.I32);
        Mask(powerOfTwo);
    }

    /// <summary>Makes the i32 on top lie below a power of two.</summary>
    public void Mask(uint powerOfTwo) => Code.I32((int)powerOfTwo - 1).Op(Opcode.I32And);

    public void PushConstant(int value)
    {
        Code.I32(value);
        Account([], [ValueKind.I32]);
    }

    /// <summary>Takes the topmost operand away, into a variable where it may be seen again.</summary>
    public void Discard()
    {
        ValueKind kind = _stack[^1];
        List<uint> locals = LocalsOf(kind), globals = Shape.GlobalsOf(kind, assignable: true);
        int way = Choice.Below(4);
        if (way < 2 && locals.Count > 0) Write(Opcode.LocalSet, [kind], [], Choice.Of(locals));
        else if (way == 2 && globals.Count > 0) Write(Opcode.GlobalSet, [kind], [], Choice.Of(globals));
        else Write(Opcode.Drop, [kind], []);
    }

    /// <summary>Makes the operands of the innermost block exactly these.</summary>
    public void Settle(ReadOnlySpan<ValueKind> kinds)
    {
        int from = Blocks[^1].Height, fitting = 0;
        while (fitting < kinds.Length && fitting < Available && _stack[from + fitting] == kinds[fitting]) fitting++;
        while (Available > fitting) Discard();
        foreach (ValueKind kind in kinds[fitting..]) Push(kind);
    }

    public List<uint> LocalsOf(ValueKind kind) => [.. Enumerable.Range(0, FirstReserved).Where(index => Locals[index] == kind).Select(index => (uint)index)];

    /// <summary>Where results must be the same in every engine: puts the canonical NaN in the place of any NaN on top.</summary>
    public void Canonicalize(ValueKind kind)
    {
        if (!Options.Portable) return;
        uint scratch = Reserve(kind);
        Code.Op(Opcode.LocalTee, scratch);
        if (kind == ValueKind.F32) Code.F32(0x7FC00000);
        else Code.F64(0x7FF8000000000000);
        Code.Op(Opcode.LocalGet, scratch).Op(Opcode.LocalGet, scratch).Op(kind == ValueKind.F32 ? Opcode.F32Eq : Opcode.F64Eq).Op(Opcode.Select);
    }

    /// <summary>Whether an instruction computes a float whose NaN the specification leaves open.</summary>
    public static bool MayGiveAnyNaN(Opcode opcode) => opcode is
        (>= Opcode.F32Ceil and <= Opcode.F32Max) or (>= Opcode.F64Ceil and <= Opcode.F64Max) or Opcode.F32DemoteF64 or Opcode.F64PromoteF32;

    private int LongestFit(ReadOnlySpan<ValueKind> kinds)
    {
        for (int count = Math.Min(kinds.Length, Available); count > 0; count--)
        {
            if (kinds[..count].SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_stack)[^count..])) return count;
        }

        return 0;
    }

    private void Push(ValueKind kind, int depth)
    {
        List<uint> locals = LocalsOf(kind), globals = Shape.GlobalsOf(kind, assignable: false);
        int way = Choice.Below(10);
        if (kind == ValueKind.I32 && Counters.Count > 0 && Choice.Percent(20))
        {
            Write(Opcode.LocalGet, [], [kind], Choice.Of([.. Counters]));
        }
        else if (way < 4 && locals.Count > 0)
        {
            Write(Opcode.LocalGet, [], [kind], Choice.Of(locals));
        }
        else if (way < 5 && globals.Count > 0)
        {
            Write(Opcode.GlobalGet, [], [kind], Choice.Of(globals));
        }
        else if (way < 8 && depth < DeepestExpression && !kind.IsReference() && Budget > 0)
        {
            Opcode opcode = Choice.Of(OpcodeGroups.SafeWithResult(kind, Options));
            FunctionType type = InstructionSet.Find(opcode)!.Type!;
            foreach (ValueKind operand in type.Parameters) Push(operand, depth + 1);
            Write(opcode, type.Parameters, type.Results);
            if (MayGiveAnyNaN(opcode)) Canonicalize(kind);
        }
        else
        {
            BodyGenerator.WriteConstant(Code, Choice, Shape, kind);
            Account([], [kind]);
        }
    }
}
