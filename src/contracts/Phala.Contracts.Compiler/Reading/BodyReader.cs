using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>Decodes methods' code. Every operand is read within bounds, every branch leads to an instruction.</summary>
internal sealed class BodyReader(TypeUniverse types)
{
    private const int MostBytes = 64 << 10, MostLocals = 1_024;

    private readonly Dictionary<MethodDef, MethodBody> _bodies = [];

    /// <summary>The body of a method that has one.</summary>
    public MethodBody Read(MethodDef method)
    {
        if (_bodies.TryGetValue(method, out MethodBody? known)) return known;
        AssemblyImage image = method.Owner.Image;
        MethodBodyBlock block = image.File.GetMethodBody(method.Row.RelativeVirtualAddress);
        BlobReader code = block.GetILReader();
        if (code.Length > MostBytes) throw new CompilationException(DiagnosticIds.TooLarge, $"the method has {code.Length} bytes of code, more than {MostBytes}: split it");
        int size = code.Length;
        List<Instruction> instructions = [];
        while (code.RemainingBytes > 0) instructions.Add(ReadOne(ref code));
        if (instructions.Count == 0) throw CompilationException.Invalid("a method has no code");
        ClrType[] locals = block.LocalSignature.IsNil
            ? []
            : [.. image.Metadata.GetStandaloneSignature(block.LocalSignature).DecodeLocalSignature(new SignatureTypes(types, image), GenericContext.Open)];
        if (locals.Length > MostLocals) throw new CompilationException(DiagnosticIds.TooLarge, "the method has too many local variables");
        CheckTargets(instructions, size);
        return _bodies[method] = new MethodBody(size, [.. instructions], locals, Handlers(block, size), CatchOf(block.ExceptionRegions));
    }

    private static Instruction ReadOne(ref BlobReader code)
    {
        int offset = code.Offset;
        int value = code.ReadByte();
        if (value == 0xFE) value = 0xFE00 | code.ReadByte();
        ILOpCode operation = (ILOpCode)value;
        if (operation == ILOpCode.Switch) return ReadSwitch(ref code, offset);
        long operand = OperandSize(operation) switch
        {
            'b' => code.Offset + 1 + code.ReadSByte(),
            'B' => code.Offset + 4L + code.ReadInt32(),
            's' => code.ReadSByte(),
            'u' => code.ReadByte(),
            'U' => code.ReadUInt16(),
            'i' => code.ReadInt32(),
            'l' => code.ReadInt64(),
            _ => 0,
        };
        return new Instruction(offset, operation, operand, null);
    }

    private static Instruction ReadSwitch(ref BlobReader code, int offset)
    {
        uint count = code.ReadUInt32();
        if (count > (uint)code.RemainingBytes / 4) throw new BadImageFormatException("a switch is longer than its method");
        int[] targets = new int[count];
        int end = code.Offset + (4 * (int)count);
        for (int i = 0; i < targets.Length; i++) targets[i] = end + code.ReadInt32();
        return new Instruction(offset, ILOpCode.Switch, 0, targets);
    }

    // b, B: branches; s, u, U, i, l: numbers and tokens by size and sign.
    private static char OperandSize(ILOpCode operation) => operation switch
    {
        >= ILOpCode.Br_s and <= ILOpCode.Blt_un_s or ILOpCode.Leave_s => 'b',
        >= ILOpCode.Br and <= ILOpCode.Blt_un or ILOpCode.Leave => 'B',
        ILOpCode.Ldc_i4_s => 's',
        >= ILOpCode.Ldarg_s and <= ILOpCode.Stloc_s or ILOpCode.Unaligned or (ILOpCode)0xFE19 => 'u',
        >= ILOpCode.Ldarg and <= ILOpCode.Stloc => 'U',
        ILOpCode.Ldc_i4 or ILOpCode.Ldc_r4 or ILOpCode.Jmp or ILOpCode.Call or ILOpCode.Calli or ILOpCode.Callvirt => 'i',
        ILOpCode.Ldc_i8 or ILOpCode.Ldc_r8 => 'l',
        >= ILOpCode.Cpobj and <= ILOpCode.Isinst or ILOpCode.Unbox or >= ILOpCode.Ldfld and <= ILOpCode.Stobj => 'i',
        ILOpCode.Box or ILOpCode.Newarr or ILOpCode.Ldelema or >= ILOpCode.Ldelem and <= ILOpCode.Unbox_any => 'i',
        ILOpCode.Refanyval or ILOpCode.Mkrefany or ILOpCode.Ldtoken or ILOpCode.Ldftn or ILOpCode.Ldvirtftn => 'i',
        ILOpCode.Initobj or ILOpCode.Constrained or ILOpCode.Sizeof => 'i',
        _ => ' ',
    };

    private static void CheckTargets(List<Instruction> instructions, int size)
    {
        HashSet<long> starts = [.. instructions.Select(static instruction => (long)instruction.Offset)];
        foreach (Instruction instruction in instructions)
        {
            bool branches = OperandSize(instruction.Code) is 'b' or 'B';
            if ((branches && !starts.Contains(instruction.Operand)) || (instruction.Targets?.Any(target => !starts.Contains(target)) ?? false))
            {
                throw CompilationException.Invalid($"a branch at {instruction.Offset} leads into the middle of an instruction or out of the {size} bytes of the method");
            }
        }
    }

    private static Handler[] Handlers(MethodBodyBlock block, int size)
    {
        Handler[] found = [.. block.ExceptionRegions.Where(static region => region.Kind == ExceptionRegionKind.Finally)
            .Select(static region => new Handler(region.TryOffset, region.TryOffset + region.TryLength, region.HandlerOffset, region.HandlerOffset + region.HandlerLength))];
        foreach (Handler handler in found)
        {
            if (handler.TryEnd > handler.HandlerStart || handler.HandlerEnd > size) throw CompilationException.Invalid("a handler does not follow the region that it protects");
        }

        return found;
    }

    private static int CatchOf(ImmutableArray<ExceptionRegion> regions) =>
        regions.Where(static region => region.Kind != ExceptionRegionKind.Finally).Select(static region => region.TryOffset).DefaultIfEmpty(-1).Min();
}
