namespace Phala.Wasm.Binary;

/// <summary>Writes a <see cref="ModuleDefinition"/> in the binary format, custom sections last.</summary>
public static class ModuleWriter
{
    private static ReadOnlySpan<byte> Header => [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00];

    /// <summary>The module's bytes.</summary>
    public static byte[] Write(ModuleDefinition module)
    {
        ByteWriter writer = new();
        writer.WriteBytes(Header);
        WriteList(writer, SectionId.Type, module.Types, WriteFunctionType);
        WriteList(writer, SectionId.Import, module.Imports, WriteImport);
        WriteList(writer, SectionId.Function, module.Functions, static (w, index) => w.WriteUnsigned(index));
        WriteList(writer, SectionId.Table, module.Tables, WriteTable);
        WriteList(writer, SectionId.Memory, module.Memories, WriteLimits);
        WriteList(writer, SectionId.Global, module.Globals, WriteGlobal);
        WriteList(writer, SectionId.Export, module.Exports, WriteExport);
        if (module.Start is { } start) WriteSection(writer, SectionId.Start, w => w.WriteUnsigned(start));
        WriteList(writer, SectionId.Element, module.Elements, WriteElements);
        if (module.DataCount is { } count) WriteSection(writer, SectionId.DataCount, w => w.WriteUnsigned(count));
        WriteList(writer, SectionId.Code, module.Bodies, WriteBody);
        WriteList(writer, SectionId.Data, module.Data, WriteData);
        foreach (CustomSection custom in module.CustomSections) WriteSection(writer, SectionId.Custom, w => WriteCustom(w, custom));
        return writer.Written.ToArray();
    }

    private static void WriteSection(ByteWriter writer, SectionId id, Action<ByteWriter> write)
    {
        ByteWriter content = new();
        write(content);
        writer.WriteByte((byte)id);
        writer.WriteBlob(content.Written);
    }

    private static void WriteList<T>(ByteWriter writer, SectionId id, IReadOnlyList<T> items, Action<ByteWriter, T> write)
    {
        if (items.Count > 0) WriteSection(writer, id, section => WriteItems(section, items, write));
    }

    private static void WriteItems<T>(ByteWriter writer, IReadOnlyList<T> items, Action<ByteWriter, T> write)
    {
        writer.WriteUnsigned((uint)items.Count);
        foreach (T item in items) write(writer, item);
    }

    private static void WriteFunctionType(ByteWriter writer, FunctionType type)
    {
        writer.WriteByte(0x60);
        WriteKinds(writer, type.Parameters);
        WriteKinds(writer, type.Results);
    }

    private static void WriteKinds(ByteWriter writer, ReadOnlySpan<ValueKind> kinds)
    {
        writer.WriteUnsigned((uint)kinds.Length);
        foreach (ValueKind kind in kinds) writer.WriteByte((byte)kind);
    }

    private static void WriteImport(ByteWriter writer, Import import)
    {
        writer.WriteName(import.Module);
        writer.WriteName(import.Name);
        writer.WriteByte((byte)import.Kind);
        switch (import.Kind)
        {
            case ExternalKind.Function:
                writer.WriteUnsigned(import.TypeIndex);
                break;
            case ExternalKind.Table:
                WriteTable(writer, import.Table);
                break;
            case ExternalKind.Memory:
                WriteLimits(writer, import.Memory);
                break;
            default:
                WriteGlobalType(writer, import.Global);
                break;
        }
    }

    private static void WriteTable(ByteWriter writer, TableType table)
    {
        writer.WriteByte((byte)table.Element);
        WriteLimits(writer, table.Limits);
    }

    private static void WriteLimits(ByteWriter writer, Limits limits)
    {
        writer.WriteByte(limits.Maximum is null ? (byte)0 : (byte)1);
        writer.WriteUnsigned(limits.Minimum);
        if (limits.Maximum is { } maximum) writer.WriteUnsigned(maximum);
    }

    private static void WriteGlobalType(ByteWriter writer, GlobalType type)
    {
        writer.WriteByte((byte)type.Kind);
        writer.WriteByte(type.Mutable ? (byte)1 : (byte)0);
    }

    private static void WriteGlobal(ByteWriter writer, GlobalDefinition global)
    {
        WriteGlobalType(writer, global.Type);
        WriteConstant(writer, global.Value);
    }

    private static void WriteExport(ByteWriter writer, Export export)
    {
        writer.WriteName(export.Name);
        writer.WriteByte((byte)export.Kind);
        writer.WriteUnsigned(export.Index);
    }

    private static void WriteConstant(ByteWriter writer, ConstantExpression constant)
    {
        writer.WriteByte((byte)constant.Opcode);
        switch (constant.Opcode)
        {
            case Opcode.I32Const:
                writer.WriteSigned((int)constant.Bits);
                break;
            case Opcode.I64Const:
                writer.WriteSigned((long)constant.Bits);
                break;
            case Opcode.F32Const:
                writer.WriteFixed32((uint)constant.Bits);
                break;
            case Opcode.F64Const:
                writer.WriteFixed64(constant.Bits);
                break;
            case Opcode.RefNull:
                writer.WriteByte((byte)constant.Bits);
                break;
            default:
                writer.WriteUnsigned(constant.Bits);
                break;
        }

        writer.WriteByte((byte)Opcode.End);
    }

    /// <summary>Expressions throughout: every segment can be written so.</summary>
    private static void WriteElements(ByteWriter writer, ElementSegment segment)
    {
        writer.WriteUnsigned(segment.Mode switch
        {
            SegmentMode.Active => 6u,
            SegmentMode.Passive => 5u,
            _ => 7u,
        });
        if (segment.Mode == SegmentMode.Active)
        {
            writer.WriteUnsigned(segment.TableIndex);
            WriteConstant(writer, segment.Offset);
        }

        writer.WriteByte((byte)segment.Element);
        WriteItems(writer, segment.Items, WriteConstant);
    }

    private static void WriteBody(ByteWriter writer, FunctionBody body)
    {
        ByteWriter content = new();
        WriteItems(content, body.Locals, WriteLocals);
        content.WriteBytes(body.Code.Span);
        writer.WriteBlob(content.Written);
    }

    private static void WriteLocals(ByteWriter writer, LocalGroup group)
    {
        writer.WriteUnsigned(group.Count);
        writer.WriteByte((byte)group.Kind);
    }

    private static void WriteData(ByteWriter writer, DataSegment segment)
    {
        writer.WriteUnsigned(segment.Mode == SegmentMode.Active ? 0u : 1u);
        if (segment.Mode == SegmentMode.Active) WriteConstant(writer, segment.Offset);
        writer.WriteBlob(segment.Bytes.Span);
    }

    private static void WriteCustom(ByteWriter writer, CustomSection custom)
    {
        writer.WriteName(custom.Name);
        writer.WriteBytes(custom.Bytes.Span);
    }
}
