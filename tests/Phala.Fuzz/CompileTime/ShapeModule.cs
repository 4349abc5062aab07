using Phala.Wasm.Binary;

namespace Phala.Fuzz.CompileTime;

/// <summary>Writes the module of a shape: function <c>f</c> is the shape, <c>warm</c> does nothing and has its type, two more are called.</summary>
public sealed class ShapeModule
{
    private const uint ShapeType = 0, ManyType = 1, ProbeType = 2;

    private static readonly ValueKind[] Kinds = [ValueKind.I32, ValueKind.F64, ValueKind.I64, ValueKind.F32];

    private readonly CodeShape _shape;
    private readonly CodeWriter _code = new();
    private readonly int _most;
    private readonly bool _probed;
    private readonly uint _first;
    private int _local;
    private int _open;

    private ShapeModule(CodeShape shape, int mostBytes, bool probed)
    {
        _shape = shape;
        _most = mostBytes;
        _probed = probed;
        _first = probed ? 1u : 0;
    }

    /// <summary>The module. Its function ends with the round that passes a number of bytes. A probed module imports the function <c>env.host</c>, from i32 and i64 to i32.</summary>
    public static ModuleDefinition Of(CodeShape shape, int mostBytes = 120_000, bool probed = false) => new ShapeModule(shape, mostBytes, probed).Write();

    private uint ManyFunction => _first + 2;

    private uint NoneFunction => _first + 3;

    private ModuleDefinition Write()
    {
        FunctionType many = new([.. Enumerable.Repeat(ValueKind.I32, _shape.Arity)], [.. Enumerable.Repeat(ValueKind.I32, _shape.Arity)]);
        byte[] back = [.. Enumerable.Range(0, _shape.Arity).Aggregate(new CodeWriter(), (code, i) => code.Op(Opcode.LocalGet, (uint)i)).ToArray(), (byte)Opcode.End];
        byte[] end = [(byte)Opcode.End];
        LocalGroup[] locals = [.. Kinds.Select((kind, i) => new LocalGroup((uint)((_shape.Locals + 3 - i) / 4), kind))];
        return new ModuleDefinition
        {
            Types = [new([ValueKind.I32], []), many, new([ValueKind.I32, ValueKind.I64], [ValueKind.I32])],
            Imports = _probed ? [new Import("env", "host", ExternalKind.Function, ProbeType)] : [],
            Functions = [ShapeType, ShapeType, ManyType, ShapeType],
            Tables = [new TableType(ValueKind.FuncRef, new Limits(4))],
            Memories = [new Limits(1)],
            Globals = [new GlobalDefinition(new GlobalType(ValueKind.I32, Mutable: true), ConstantExpression.OfI32(0))],
            Exports = [new Export("f", ExternalKind.Function, _first), new Export("warm", ExternalKind.Function, _first + 1)],
            Bodies = [new FunctionBody(locals, Code()), new FunctionBody([], end), new FunctionBody([], back), new FunctionBody([], end)],
        };
    }

    private byte[] Code()
    {
        int bytes = 0;
        for (int round = 0; round < _shape.Rounds && bytes < _most; round++)
        {
            Round();
            // Only now and then: the writer copies.
            if (round % 16 == 15) bytes = _code.ToArray().Length;
        }

        return _code.Op(Opcode.End).ToArray();
    }

    private void Round()
    {
        for (int i = 0; i < _shape.Nesting; i++) _code.Open(_shape.LoopsOfNesting ? Opcode.Loop : Opcode.Block);
        _open = _shape.Nesting;
        foreach (CodePhrase phrase in _shape.Phrases) Control(phrase);
        for (int i = 0; i < _shape.Nesting; i++) _code.Op(Opcode.End);
    }

    /// <summary>The next local of a type, or the parameter where there is none.</summary>
    private uint Local(ValueKind kind)
    {
        int type = Array.IndexOf(Kinds, kind);
        int count = (_shape.Locals + 3 - type) / 4;
        if (count == 0) return 0;
        _local = (_local + _shape.LocalStep) % count;
        int before = Enumerable.Range(0, type).Sum(i => (_shape.Locals + 3 - i) / 4);
        return (uint)(1 + before + _local);
    }

    private CodeWriter Get(ValueKind kind = ValueKind.I32) => kind == ValueKind.I32 || _shape.Locals >= Kinds.Length ? _code.Op(Opcode.LocalGet, Local(kind)) : Constant(kind);

    private CodeWriter Constant(ValueKind kind) => kind switch
    {
        ValueKind.I64 => _code.I64(0),
        ValueKind.F32 => _code.F32(0),
        _ => _code.F64(0),
    };

    private void Set(ValueKind kind = ValueKind.I32)
    {
        if (kind == ValueKind.I32 || _shape.Locals >= Kinds.Length) _code.Op(Opcode.LocalSet, Local(kind));
        else _code.Op(Opcode.Drop);
    }

    private void Control(CodePhrase phrase)
    {
        switch (phrase)
        {
            case CodePhrase.If:
                Get().Open(Opcode.If);
                Count();
                _code.Op(Opcode.End);
                break;
            case CodePhrase.IfElse:
                Get().Open(Opcode.If);
                Count();
                _code.Op(Opcode.Else);
                Count();
                _code.Op(Opcode.End);
                break;
            case CodePhrase.Loop:
                _code.Open(Opcode.Loop);
                Count();
                Get().Op(Opcode.BrIf, 0).Op(Opcode.End);
                break;
            case CodePhrase.Block:
                _code.Open(Opcode.Block);
                Get().Op(Opcode.BrIf, 0);
                Count();
                _code.Op(Opcode.End);
                break;
            case CodePhrase.BranchTable:
                _code.Open(Opcode.Block).Open(Opcode.Block).Open(Opcode.Block);
                Get().BranchTable([0, 1], 2).Op(Opcode.End);
                Count();
                _code.Op(Opcode.End);
                Count();
                _code.Op(Opcode.End);
                break;
            case CodePhrase.WideBranchTable:
                _code.Open(Opcode.Block);
                Get().BranchTable([.. Enumerable.Range(0, _open + 1).Select(label => (uint)label)], 0).Op(Opcode.End);
                break;
            case CodePhrase.BlockOfMany:
                Many();
                _code.OpenTyped(Opcode.Block, ManyType);
                Get().Op(Opcode.BrIf, 0).Op(Opcode.End);
                DropMany();
                break;
            case CodePhrase.Return:
                Get().Open(Opcode.If).Op(Opcode.Return).Op(Opcode.End);
                break;
            default:
                Call(phrase);
                break;
        }
    }

    private void Count()
    {
        Get().I32(1).Op(Opcode.I32Add);
        Set();
    }

    /// <summary>Arguments are pushed once for four calls, which take what the one before gave.</summary>
    private void Call(CodePhrase phrase)
    {
        switch (phrase)
        {
            case CodePhrase.Call:
                Get().Op(Opcode.Call, NoneFunction);
                break;
            case CodePhrase.CallOfMany:
                Many();
                for (int i = 0; i < 4; i++) _code.Op(Opcode.Call, ManyFunction);
                DropMany();
                break;
            case CodePhrase.IndirectCallOfMany:
                Many();
                for (int i = 0; i < 4; i++) Get().Op(Opcode.CallIndirect, ManyType, 0);
                DropMany();
                break;
            case CodePhrase.Operands:
                for (int i = 0; i < _shape.Operands; i++) Get().I32(i).Op(Opcode.I32Mul);
                for (int i = 0; i < _shape.Operands; i++) Drop();
                break;
            case CodePhrase.OperandsAcrossBranch:
                for (int i = 0; i < _shape.Operands; i++) Get().I32(i).Op(Opcode.I32Mul);
                Get().Open(Opcode.If).Op(Opcode.End);
                for (int i = 0; i < _shape.Operands; i++) Drop();
                break;
            default:
                Compute(phrase);
                break;
        }
    }

    private void Many()
    {
        for (int i = 0; i < _shape.Arity; i++) Get();
    }

    private void DropMany()
    {
        for (int i = 0; i < _shape.Arity; i++) Drop();
    }

    private void Drop()
    {
        if (_shape.Locals > 0) Set();
        else _code.Op(Opcode.Drop);
    }

    private void Compute(CodePhrase phrase)
    {
        switch (phrase)
        {
            case CodePhrase.Load:
                Get().Access(Opcode.I32Load, 8);
                Set();
                break;
            case CodePhrase.Store:
                Get();
                Get().Access(Opcode.I32Store, 8);
                break;
            case CodePhrase.StoreOfSum:
                Get();
                Get(ValueKind.F64);
                Get(ValueKind.F64).Op(Opcode.F64Add).Access(Opcode.F64Store, 8);
                break;
            case CodePhrase.FloatSum:
                Binary(ValueKind.F64, Opcode.F64Add);
                break;
            case CodePhrase.FloatMinimum:
                Binary(ValueKind.F64, Opcode.F64Min);
                break;
            case CodePhrase.Truncate:
                Get(ValueKind.F64).Op(Opcode.I64TruncF64U);
                Set(ValueKind.I64);
                break;
            case CodePhrase.TruncateSaturating:
                Get(ValueKind.F32).Op(Opcode.I64TruncSatF32U);
                Set(ValueKind.I64);
                break;
            case CodePhrase.Convert:
                Get(ValueKind.I64).Op(Opcode.F32ConvertI64U);
                Set(ValueKind.F32);
                break;
            case CodePhrase.Divide:
                Binary(ValueKind.I64, Opcode.I64DivS);
                break;
            case CodePhrase.Rotate:
                Binary(ValueKind.I64, Opcode.I64Rotl);
                break;
            default:
                Access(phrase);
                break;
        }
    }

    private void Binary(ValueKind kind, Opcode opcode)
    {
        Get(kind);
        Get(kind).Op(opcode);
        Set(kind);
    }

    private void Access(CodePhrase phrase)
    {
        switch (phrase)
        {
            case CodePhrase.Select:
                Get();
                Get();
                Get().Op(Opcode.Select);
                Set();
                break;
            case CodePhrase.Global:
                _code.Op(Opcode.GlobalGet, 0).I32(1).Op(Opcode.I32Add).Op(Opcode.GlobalSet, 0);
                break;
            case CodePhrase.Fill:
                Get();
                Get();
                Get().Op(Opcode.MemoryFill, 0);
                break;
            case CodePhrase.Table:
                Get();
                Get().Op(Opcode.TableGet, 0).Op(Opcode.TableSet, 0);
                break;
            default:
                Binary(ValueKind.I32, Opcode.I32Add);
                break;
        }
    }
}
