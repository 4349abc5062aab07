using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>Makes random code that leaves a value of a wanted type, and single instructions that work on memory and tables.</summary>
internal sealed class RandomExpressions(Random random, RandomModule module, CodeWriter code, ValueKind[] locals, RandomBody body)
{
    private static readonly Dictionary<ValueKind, Opcode[]> Simple = RandomModule.Kinds.ToDictionary(kind => kind, kind => InstructionSet.All.Where(opcode => Gives(opcode, kind)).ToArray());

    private static readonly Opcode[] Stores = [.. InstructionSet.All.Where(opcode => opcode is >= Opcode.I32Store and <= Opcode.I64Store32)];

    /// <summary>Leaves a value of this type.</summary>
    public void Make(ValueKind kind, int depth)
    {
        if (depth <= 0)
        {
            Leaf(kind);
            return;
        }

        if (kind.IsReference())
        {
            Reference(kind, depth);
            return;
        }

        switch (random.Next(16))
        {
            case 0 or 1 or 2:
                Leaf(kind);
                break;
            case 3:
                body.BlockOf(kind, depth);
                break;
            case 4:
                Make(kind, depth - 1);
                Make(kind, depth - 1);
                Make(ValueKind.I32, depth - 1);
                if (random.Next(2) == 0) code.Op(Opcode.Select);
                else code.SelectOf(kind);
                break;
            case 5:
                Tee(kind, depth);
                break;
            case 6 when kind == ValueKind.I32:
                Question(depth);
                break;
            default:
                Instruction(kind, depth);
                break;
        }
    }

    /// <summary>A direct or indirect call with its arguments.</summary>
    public FunctionType Call()
    {
        uint function = (uint)random.Next(module.Functions.Length);
        uint typeIndex = module.Functions[function];
        FunctionType type = module.Types[typeIndex];
        foreach (ValueKind kind in type.Parameters) Make(kind, 2);
        if (random.Next(3) > 0)
        {
            code.Op(Opcode.Call, function);
            return type;
        }

        SmallIndex();
        code.Op(Opcode.CallIndirect, typeIndex, (uint)random.Next(2));
        return type;
    }

    public void Store()
    {
        Opcode opcode = Stores[random.Next(Stores.Length)];
        Address();
        Make(InstructionSet.Find(opcode)!.Type!.Parameters[1], 3);
        code.Access(opcode, Offset());
    }

    /// <summary>A bulk instruction on the memory, or one that drops a segment.</summary>
    public void Bulk()
    {
        uint segment = (uint)random.Next(RandomModule.DataSegments);
        switch (random.Next(5))
        {
            case 0:
                Address();
                Make(ValueKind.I32, 1);
                Size(200);
                code.Op(Opcode.MemoryFill, 0);
                break;
            case 1:
                Address();
                Address();
                Size(200);
                code.Op(Opcode.MemoryCopy, 0, 0);
                break;
            case 2:
                Address();
                Size(20);
                Size(20);
                code.Op(Opcode.MemoryInit, segment, 0);
                break;
            case 3:
                code.Op(Opcode.DataDrop, segment);
                break;
            default:
                code.Op(Opcode.ElemDrop, (uint)random.Next(RandomModule.ElementSegments));
                break;
        }
    }

    /// <summary>An instruction that changes a table.</summary>
    public void TableStatement()
    {
        uint table = (uint)random.Next(RandomModule.Tables);
        ValueKind element = table == 2 ? ValueKind.ExternRef : ValueKind.FuncRef;
        SmallIndex();
        switch (random.Next(4))
        {
            case 0:
                Make(element, 1);
                code.Op(Opcode.TableSet, table);
                break;
            case 1:
                Make(element, 1);
                Size(3);
                code.Op(Opcode.TableFill, table);
                break;
            case 2:
                SmallIndex();
                Size(3);
                code.Op(Opcode.TableCopy, table, table == 2 ? 2 : (uint)random.Next(2));
                break;
            default:
                Size(2);
                Size(3);
                code.Op(Opcode.TableInit, (uint)random.Next(RandomModule.ElementSegments), table == 2 ? 0 : table);
                break;
        }
    }

    private static bool Gives(Opcode opcode, ValueKind kind)
    {
        InstructionInfo info = InstructionSet.Find(opcode)!;
        return info.Type is { } type && type.Results.Length == 1 && type.Results[0] == kind && type.Parameters.Length > 0
            && info.Immediate is Immediate.None or Immediate.MemoryArgument;
    }

    private void Instruction(ValueKind kind, int depth)
    {
        Opcode opcode = Simple[kind][random.Next(Simple[kind].Length)];
        string name = opcode.ToString();
        bool mayTrap = name.Contains("Div", StringComparison.Ordinal) || name.Contains("Rem", StringComparison.Ordinal) || name.Contains("TruncF", StringComparison.Ordinal);
        if (mayTrap && random.Next(4) > 0) opcode = Simple[kind][random.Next(Simple[kind].Length)];
        InstructionInfo info = InstructionSet.Find(opcode)!;
        if (info.Immediate == Immediate.MemoryArgument)
        {
            Address();
            code.Access(opcode, Offset());
            return;
        }

        foreach (ValueKind parameter in info.Type!.Parameters) Make(parameter, depth - 1);
        code.Op(opcode);
    }

    private void Leaf(ValueKind kind)
    {
        uint[] candidates = [.. Enumerable.Range(0, locals.Length).Where(i => locals[i] == kind).Select(i => (uint)i)];
        int way = random.Next(3);
        if (way == 0 && candidates.Length > 0) code.Op(Opcode.LocalGet, candidates[random.Next(candidates.Length)]);
        else if (way == 1) code.Op(Opcode.GlobalGet, (uint)Array.IndexOf(RandomModule.Kinds, kind));
        else Constant(kind);
    }

    private void Constant(ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32:
                code.I32((int)RandomBits.Integer(random));
                break;
            case ValueKind.I64:
                code.I64((long)RandomBits.Integer(random));
                break;
            case ValueKind.F32:
                code.F32(RandomBits.F32(random));
                break;
            case ValueKind.F64:
                code.F64(RandomBits.F64(random));
                break;
            default:
                code.Null(kind);
                break;
        }
    }

    private void Tee(ValueKind kind, int depth)
    {
        uint local = (uint)Array.FindLastIndex(locals, candidate => candidate == kind);
        Make(kind, depth - 1);
        code.Op(Opcode.LocalTee, local);
    }

    private void Reference(ValueKind kind, int depth)
    {
        int way = random.Next(4);
        if (way == 0 && kind == ValueKind.FuncRef)
        {
            code.Op(Opcode.RefFunc, (uint)random.Next(module.Functions.Length));
        }
        else if (way == 1)
        {
            SmallIndex();
            code.Op(Opcode.TableGet, kind == ValueKind.FuncRef ? (uint)random.Next(2) : 2);
        }
        else if (way == 2)
        {
            Tee(kind, depth);
        }
        else
        {
            Leaf(kind);
        }
    }

    /// <summary>An i32 that asks the memory, a table or a reference, or a call that leaves one.</summary>
    private void Question(int depth)
    {
        uint table = (uint)random.Next(RandomModule.Tables);
        ValueKind element = table == 2 ? ValueKind.ExternRef : ValueKind.FuncRef;
        switch (random.Next(6))
        {
            case 0:
                code.Op(Opcode.MemorySize, 0);
                break;
            case 1:
                code.I32(random.Next(2)).Op(Opcode.MemoryGrow, 0);
                break;
            case 2:
                code.Op(Opcode.TableSize, table);
                break;
            case 3:
                Make(element, 1);
                Size(3);
                code.Op(Opcode.TableGrow, table);
                break;
            case 4:
                Make(element, depth);
                code.Op(Opcode.RefIsNull);
                break;
            default:
                Make(ValueKind.I32, depth - 1);
                Make(ValueKind.I64, depth - 1);
                code.Op(Opcode.Call, 0);
                break;
        }
    }

    /// <summary>Mostly an address within the first page, a constant or a local among them; sometimes any number.</summary>
    private void Address()
    {
        switch (random.Next(8))
        {
            case 0:
                Make(ValueKind.I32, 1);
                break;
            case 1 or 2:
                code.I32(random.Next(70_000));
                break;
            case 3 or 4:
                code.Op(Opcode.LocalGet, (uint)Array.IndexOf(locals, ValueKind.I32));
                break;
            default:
                Make(ValueKind.I32, 1);
                code.I32(0xFFF8).Op(Opcode.I32And);
                break;
        }
    }

    private uint Offset() => random.Next(10) switch
    {
        0 => uint.MaxValue,
        1 => 65_528,
        2 => 0,
        _ => (uint)random.Next(64),
    };

    private void SmallIndex() => code.I32(random.Next(8) == 0 ? -1 : random.Next(RandomModule.TableSize));

    private void Size(int most) => code.I32(random.Next(12) == 0 ? 100_000 : random.Next(most));
}
