namespace Phala.Wasm.Binary;

/// <summary>Reads types and constant expressions (specification 5.3, 5.4.9).</summary>
internal static class TypeDecoder
{
    public static ValueKind ReadKind(ref ByteReader reader)
    {
        byte kind = reader.ReadByte();
        if (!ValueKinds.IsDefined(kind)) reader.Fail(Unsupported.Type(kind));
        return (ValueKind)kind;
    }

    public static ValueKind[] ReadKinds(ref ByteReader reader, int limit, ModuleError overLimit)
    {
        ValueKind[] kinds = new ValueKind[reader.ReadCount(limit, overLimit)];
        for (int i = 0; i < kinds.Length && !reader.Failed; i++) kinds[i] = ReadKind(ref reader);
        return kinds;
    }

    public static TableType ReadTable(ref ByteReader reader)
    {
        byte element = reader.ReadByte();
        if (!((ValueKind)element).IsReference()) reader.Fail(Unsupported.Type(element));
        return new TableType((ValueKind)element, ReadLimits(ref reader));
    }

    public static Limits ReadMemory(ref ByteReader reader) => ReadLimits(ref reader);

    public static GlobalType ReadGlobal(ref ByteReader reader)
    {
        ValueKind kind = ReadKind(ref reader);
        byte mutable = reader.ReadByte();
        if (mutable > 1) reader.Fail(ModuleError.BadMutability);
        return new GlobalType(kind, mutable == 1);
    }

    /// <summary>One constant instruction and <c>end</c>. Longer sequences are well-formed but never valid.</summary>
    public static ConstantExpression ReadConstant(ref ByteReader reader)
    {
        Opcode opcode = (Opcode)reader.ReadByte();
        ulong bits = opcode switch
        {
            Opcode.I32Const => (uint)reader.ReadS32(),
            Opcode.I64Const => (ulong)reader.ReadS64(),
            Opcode.F32Const => reader.ReadFixed32(),
            Opcode.F64Const => reader.ReadFixed64(),
            Opcode.GlobalGet or Opcode.RefFunc => reader.ReadU32(),
            Opcode.RefNull => ReadReference(ref reader),
            _ => Reject(ref reader, opcode),
        };
        int next = reader.Peek();
        if (next == (int)Opcode.End) reader.ReadByte();
        else if (next < 0) reader.Fail(ModuleError.UnexpectedEnd);
        else reader.Fail(IsExtended(next) ? ModuleError.UnsupportedExtendedConstants : ModuleError.NotConstant);
        return new ConstantExpression(opcode, bits);
    }

    private static ulong ReadReference(ref ByteReader reader)
    {
        byte kind = reader.ReadByte();
        if (!((ValueKind)kind).IsReference()) reader.Fail(Unsupported.Type(kind));
        return kind;
    }

    private static ulong Reject(ref ByteReader reader, Opcode opcode)
    {
        if (opcode == Opcode.End) reader.Fail(ModuleError.TypeMismatch);
        else if (InstructionSet.Find(opcode) is not null) reader.Fail(ModuleError.NotConstant);
        else reader.Fail(Unsupported.Instruction((int)opcode));
        return 0;
    }

    /// <summary>A second constant begins, as the proposal's sums and products of constants do.</summary>
    private static bool IsExtended(int next) =>
        next is (int)Opcode.I32Const or (int)Opcode.I64Const or (int)Opcode.GlobalGet;

    private static Limits ReadLimits(ref ByteReader reader)
    {
        byte flags = reader.ReadByte();
        if (flags > 1)
        {
            reader.Fail(flags switch
            {
                2 or 3 => ModuleError.UnsupportedThreads,
                >= 4 and <= 7 => ModuleError.UnsupportedMemory64,
                _ => ModuleError.BadLimits,
            });
        }

        uint minimum = reader.ReadU32();
        return new Limits(minimum, flags == 1 ? reader.ReadU32() : null);
    }
}
