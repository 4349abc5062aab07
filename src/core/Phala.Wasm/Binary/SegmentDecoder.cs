namespace Phala.Wasm.Binary;

/// <summary>Reads the items of the sections that carry content: elements, code and data (specification 5.5.12–5.5.14).</summary>
/// <param name="bytes">The whole module.</param>
/// <param name="start">Where the section begins in it.</param>
/// <param name="limits">The most that is accepted.</param>
internal sealed class SegmentDecoder(ReadOnlyMemory<byte> bytes, int start, ResourceLimits limits)
{
    private const uint Passive = 1;
    private const uint ExplicitIndex = 2;
    private const uint Expressions = 4;

    public ElementSegment ReadElements(ref ByteReader reader)
    {
        uint flags = reader.ReadU32();
        if (flags > 7) reader.Fail(ModuleError.BadSegment);
        bool passive = (flags & Passive) != 0, explicitIndex = (flags & ExplicitIndex) != 0, expressions = (flags & Expressions) != 0;
        SegmentMode mode = !passive ? SegmentMode.Active : explicitIndex ? SegmentMode.Declarative : SegmentMode.Passive;
        uint table = !passive && explicitIndex ? reader.ReadU32() : 0;
        ConstantExpression offset = passive ? default : TypeDecoder.ReadConstant(ref reader);
        ValueKind kind = ValueKind.FuncRef;
        if (passive || explicitIndex) kind = ReadElementKind(ref reader, expressions);

        int count = reader.ReadCount(limits.Elements, ModuleError.TooManyElements);
        List<ConstantExpression> items = [];
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            items.Add(expressions ? TypeDecoder.ReadConstant(ref reader) : ConstantExpression.OfFunction(reader.ReadU32()));
        }

        return new ElementSegment(mode, table, offset, kind, items);
    }

    public DataSegment ReadData(ref ByteReader reader)
    {
        uint flags = reader.ReadU32();
        if (flags > 2) reader.Fail(ModuleError.BadSegment);
        if (flags == ExplicitIndex && reader.ReadU32() != 0) reader.Fail(ModuleError.UnknownMemory);
        SegmentMode mode = flags == Passive ? SegmentMode.Passive : SegmentMode.Active;
        ConstantExpression offset = mode == SegmentMode.Active ? TypeDecoder.ReadConstant(ref reader) : default;
        uint length = reader.ReadU32();
        int at = start + reader.Position;
        reader.ReadBytes(length);
        return new DataSegment(mode, offset, reader.Failed ? default : bytes.Slice(at, (int)length));
    }

    public FunctionBody ReadBody(ref ByteReader reader)
    {
        uint size = reader.ReadU32();
        int at = start + reader.Position;
        ByteReader body = new(reader.ReadBytes(size));
        if (reader.Failed) return new FunctionBody([], default);

        List<LocalGroup> locals = ReadLocals(ref body);
        if (body.Failed) reader.Fail(body.Error);
        if (body.Remaining > limits.FunctionBytes) reader.Fail(ModuleError.FunctionTooLarge);
        return new FunctionBody(locals, bytes.Slice(at + body.Position, body.Remaining));
    }

    private List<LocalGroup> ReadLocals(ref ByteReader reader)
    {
        int groups = reader.ReadCount(int.MaxValue, ModuleError.None);
        List<LocalGroup> locals = [];
        long total = 0;
        for (int i = 0; i < groups && !reader.Failed; i++)
        {
            uint count = reader.ReadU32();
            total += count;
            // With its parameters a function has at most 2^32 - 1 locals even where the limits allow more.
            if (total > limits.Locals) reader.Fail(ModuleError.TooManyLocals);
            locals.Add(new LocalGroup(count, TypeDecoder.ReadKind(ref reader)));
        }

        return locals;
    }

    private static ValueKind ReadElementKind(ref ByteReader reader, bool expressions)
    {
        byte kind = reader.ReadByte();
        if (expressions)
        {
            if (!((ValueKind)kind).IsReference()) reader.Fail(Unsupported.Type(kind));
            return (ValueKind)kind;
        }

        if (kind != 0) reader.Fail(ModuleError.BadSegment);
        return ValueKind.FuncRef;
    }
}
