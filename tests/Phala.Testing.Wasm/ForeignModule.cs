using Phala.Testing.Wasm.Generator;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm;

/// <summary>
/// Random modules for an interpreter that calls exports without parameters: each function is wrapped in one that passes constants and turns
/// floating-point results into integers, NaNs into zero.
/// </summary>
public static class ForeignModule
{
    /// <summary>The wrapped module of a seed, or null where it observes a NaN's bits, which the specification leaves open.</summary>
    public static byte[]? TryMake(int seed)
    {
        if (!ModuleDecoder.TryDecode(RandomModule.Make(seed), ResourceLimits.Default, out ModuleDefinition? module, out _)) return null;
        if (module!.Bodies.Any(ObservesNaN)) return null;
        List<FunctionType> types = [.. module.Types];
        List<uint> functions = [.. module.Functions];
        List<FunctionBody> bodies = [.. module.Bodies];
        List<Export> exports = [];
        Random random = new(seed);
        for (int i = 0; i < module.Functions.Count; i++)
        {
            FunctionType type = module.Types[(int)module.Functions[i]];
            types.Add(new FunctionType([], type.Results.ToArray().Select(AsInteger).ToArray()));
            functions.Add((uint)types.Count - 1);
            bodies.Add(Wrap(type, (uint)i + 1, random));
            exports.Add(new Export($"w{i}", ExternalKind.Function, (uint)functions.Count));
        }

        // References to functions stay declared through the exports of the original.
        return ModuleWriter.Write(module with { Types = types, Functions = functions, Bodies = bodies, Exports = [.. exports, .. module.Exports] });
    }

    private static bool ObservesNaN(FunctionBody body)
    {
        InstructionReader reader = new(body.Code.Span, ResourceLimits.Default);
        while (reader.TryRead(out Instruction instruction))
        {
            if (instruction.Opcode is Opcode.I32ReinterpretF32 or Opcode.I64ReinterpretF64 or Opcode.F32Store or Opcode.F64Store or Opcode.F32Copysign or Opcode.F64Copysign) return true;
        }

        return false;
    }

    private static ValueKind AsInteger(ValueKind kind) => kind switch
    {
        ValueKind.F32 => ValueKind.I32,
        ValueKind.F64 => ValueKind.I64,
        _ => kind,
    };

    private static FunctionBody Wrap(FunctionType type, uint function, Random random)
    {
        CodeWriter code = new();
        foreach (ValueKind kind in type.Parameters) Constant(code, kind, random);
        code.Op(Opcode.Call, function);
        uint count = (uint)type.Results.Length;
        for (uint i = count; i-- > 0;) code.Op(Opcode.LocalSet, i);
        for (uint i = 0; i < count; i++)
        {
            ValueKind kind = type.Results[(int)i];
            if (!kind.IsFloat())
            {
                code.Op(Opcode.LocalGet, i);
                continue;
            }

            bool wide = kind == ValueKind.F64;
            code.Op(Opcode.LocalGet, i).Op(wide ? Opcode.I64ReinterpretF64 : Opcode.I32ReinterpretF32);
            if (wide) code.I64(0);
            else code.I32(0);
            code.Op(Opcode.LocalGet, i).Op(Opcode.LocalGet, i).Op(wide ? Opcode.F64Eq : Opcode.F32Eq).Op(Opcode.Select);
        }

        return new FunctionBody([.. type.Results.ToArray().Select(kind => new LocalGroup(1, kind))], code.Op(Opcode.End).ToArray());
    }

    private static void Constant(CodeWriter code, ValueKind kind, Random random)
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
            default:
                code.F64(RandomBits.F64(random));
                break;
        }
    }
}
