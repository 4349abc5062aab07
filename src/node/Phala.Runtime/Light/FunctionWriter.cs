using Phala.Wasm.Binary;

namespace Phala.Runtime.Light;

/// <summary>Writes a function of the module: instructions and locals.</summary>
/// <param name="parameters">How many parameters it has; they are its first locals.</param>
internal sealed class FunctionWriter(uint parameters)
{
    private readonly CodeWriter _code = new();
    private readonly List<LocalGroup> _locals = [];

    /// <summary>A new local.</summary>
    public uint Local(ValueKind kind)
    {
        _locals.Add(new LocalGroup(1, kind));
        return parameters + (uint)_locals.Count - 1;
    }

    public FunctionWriter Get(uint local) => Op(Opcode.LocalGet, local);

    public FunctionWriter Set(uint local) => Op(Opcode.LocalSet, local);

    public FunctionWriter Tee(uint local) => Op(Opcode.LocalTee, local);

    public FunctionWriter Get(Variable variable) => Op(Opcode.GlobalGet, (uint)variable);

    public FunctionWriter Set(Variable variable) => Op(Opcode.GlobalSet, (uint)variable);

    public FunctionWriter Call(HostFunction function) => Op(Opcode.Call, (uint)function);

    public FunctionWriter Call(Helper helper) => Op(Opcode.Call, ModuleLayout.IndexOf(helper));

    public FunctionWriter I32(int value)
    {
        _code.I32(value);
        return this;
    }

    public FunctionWriter I64(long value)
    {
        _code.I64(value);
        return this;
    }

    public FunctionWriter Op(Opcode opcode, params ReadOnlySpan<uint> indices)
    {
        _code.Op(opcode, indices);
        return this;
    }

    /// <summary>Loads from or stores to an address plus an offset.</summary>
    public FunctionWriter Access(Opcode opcode, uint offset = 0)
    {
        _code.Access(opcode, offset);
        return this;
    }

    /// <summary>Opens a block, loop or if.</summary>
    public FunctionWriter Open(Opcode opcode, ValueKind result = ValueKind.None)
    {
        _code.Open(opcode, result);
        return this;
    }

    public FunctionWriter End() => Op(Opcode.End);

    /// <summary>Adds a constant to what is on the stack.</summary>
    public FunctionWriter Plus(int value) => value == 0 ? this : I32(value).Op(Opcode.I32Add);

    /// <summary>Traps where the condition on the stack holds: the answer of a native runtime that can't read its arguments is an error as well.</summary>
    public FunctionWriter TrapIf() => Open(Opcode.If).Op(Opcode.Unreachable).End();

    /// <summary>Returns a constant where the condition on the stack holds.</summary>
    public FunctionWriter ReturnIf(long constant) => Open(Opcode.If).I64(constant).Op(Opcode.Return).End();

    /// <summary>Makes a span of a pointer and a length on the stack.</summary>
    public FunctionWriter Span(uint pointer, uint length) =>
        Get(length).Op(Opcode.I64ExtendI32U).I64(32).Op(Opcode.I64Shl).Get(pointer).Op(Opcode.I64ExtendI32U).Op(Opcode.I64Or);

    /// <summary>Moves the cursor.</summary>
    public FunctionWriter Skip(int count) => Get(Variable.Cursor).Plus(count).Set(Variable.Cursor);

    /// <summary>The function.</summary>
    public FunctionBody Build() => new([.. _locals], _code.Op(Opcode.End).ToArray());
}
