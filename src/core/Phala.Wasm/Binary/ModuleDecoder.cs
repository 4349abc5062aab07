namespace Phala.Wasm.Binary;

/// <summary>
/// Reads the binary format (specification chapter 5) into a <see cref="ModuleDefinition"/>.
/// <para>Invariant: total. Any bytes give a definition or an error, in time and memory linear in their number: every item of a list takes at
/// least one byte, lists grow with the items, and code and data are slices of the input.</para>
/// <para>Trust: what is accepted follows the binary format down to the sections; instructions within bodies are read by the validator.</para>
/// </summary>
public sealed class ModuleDecoder
{
    private const uint Magic = 0x6D736100;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ResourceLimits _limits;
    private readonly List<CustomSection> _customs = [];
    private ModuleDefinition _module = new();

    private ModuleDecoder(ReadOnlyMemory<byte> bytes, ResourceLimits limits)
    {
        _bytes = bytes;
        _limits = limits;
    }

    /// <summary>Decodes a module.</summary>
    /// <param name="bytes">The binary format. The definition refers to this memory, which must not change.</param>
    /// <param name="limits">The most that is accepted.</param>
    /// <param name="module">The definition, or null.</param>
    /// <param name="error">Why there is none.</param>
    /// <returns>Whether the bytes follow the format and the limits.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, ResourceLimits limits, out ModuleDefinition? module, out ModuleError error)
    {
        ModuleDecoder decoder = new(bytes, limits);
        error = decoder.Decode();
        module = error == ModuleError.None ? decoder._module with { CustomSections = decoder._customs } : null;
        return module is not null;
    }

    private ModuleError Decode()
    {
        if (_bytes.Length > _limits.ModuleBytes) return ModuleError.ModuleTooLarge;
        ByteReader reader = new(_bytes.Span);
        if (reader.ReadFixed32() != Magic) return reader.Failed ? reader.Error : ModuleError.BadMagic;
        if (reader.ReadFixed32() != 1) return reader.Failed ? reader.Error : ModuleError.BadVersion;

        int lastRank = 0;
        while (!reader.AtEnd && !reader.Failed)
        {
            byte id = reader.ReadByte();
            uint size = reader.ReadU32();
            int start = reader.Position;
            ByteReader section = new(reader.ReadBytes(size));
            if (reader.Failed) return reader.Error;
            if (Order(id, ref lastRank) is var order and not ModuleError.None) return order;
            DecodeSection((SectionId)id, ref section, start);
            if (section.Failed) return section.Error;
            if (!section.AtEnd) return ModuleError.SizeMismatch;
        }

        return reader.Failed ? reader.Error : CheckCounts();
    }

    /// <summary>Sections other than custom ones stand once, in this order (5.5.2): data count between element and code.</summary>
    private static ModuleError Order(byte id, ref int lastRank)
    {
        if (id == (byte)SectionId.Custom) return ModuleError.None;
        if (id == (byte)SectionId.Tag) return ModuleError.UnsupportedExceptions;
        if (id > (byte)SectionId.DataCount) return ModuleError.BadSection;
        int rank = (SectionId)id switch
        {
            SectionId.DataCount => 2 * (int)SectionId.Element + 1,
            _ => 2 * id,
        };
        if (rank <= lastRank) return ModuleError.SectionOutOfOrder;
        lastRank = rank;
        return ModuleError.None;
    }

    private void DecodeSection(SectionId id, ref ByteReader reader, int start)
    {
        switch (id)
        {
            case SectionId.Custom:
                DecodeCustom(ref reader, start);
                break;
            case SectionId.Type:
                _module = _module with { Types = ReadList(ref reader, _limits.Types, ModuleError.TooManyTypes, ReadFunctionType) };
                break;
            case SectionId.Import:
                _module = _module with { Imports = ReadList(ref reader, _limits.Imports, ModuleError.TooManyImports, ReadImport) };
                break;
            case SectionId.Function:
                _module = _module with { Functions = ReadList(ref reader, _limits.Functions, ModuleError.TooManyFunctions, static (ref r) => r.ReadU32()) };
                break;
            case SectionId.Table:
                _module = _module with { Tables = ReadList(ref reader, _limits.Tables, ModuleError.TooManyTables, TypeDecoder.ReadTable) };
                break;
            case SectionId.Memory:
                _module = _module with { Memories = ReadList(ref reader, int.MaxValue, ModuleError.None, TypeDecoder.ReadMemory) };
                break;
            case SectionId.Global:
                _module = _module with { Globals = ReadList(ref reader, _limits.Globals, ModuleError.TooManyGlobals, ReadGlobal) };
                break;
            case SectionId.Export:
                _module = _module with { Exports = ReadList(ref reader, _limits.Exports, ModuleError.TooManyExports, ReadExport) };
                break;
            case SectionId.Start:
                _module = _module with { Start = reader.ReadU32() };
                break;
            case SectionId.DataCount:
                _module = _module with { DataCount = reader.ReadU32() };
                break;
            default:
                DecodeContents(id, ref reader, start);
                break;
        }
    }

    private void DecodeContents(SectionId id, ref ByteReader reader, int start)
    {
        SegmentDecoder segments = new(_bytes, start, _limits);
        switch (id)
        {
            case SectionId.Element:
                _module = _module with { Elements = ReadList(ref reader, _limits.Segments, ModuleError.TooManySegments, segments.ReadElements) };
                break;
            case SectionId.Code:
                _module = _module with { Bodies = ReadList(ref reader, _limits.Functions, ModuleError.TooManyFunctions, segments.ReadBody) };
                break;
            default:
                _module = _module with { Data = ReadList(ref reader, _limits.Segments, ModuleError.TooManySegments, segments.ReadData) };
                break;
        }
    }

    private static List<T> ReadList<T>(ref ByteReader reader, int limit, ModuleError overLimit, ItemReader<T> read)
    {
        int count = reader.ReadCount(limit, overLimit);
        List<T> items = [];
        for (int i = 0; i < count && !reader.Failed; i++) items.Add(read(ref reader));
        return items;
    }

    private void DecodeCustom(ref ByteReader reader, int start)
    {
        string name = reader.ReadName(_limits.NameBytes);
        int at = reader.Position;
        int length = reader.Remaining;
        reader.ReadBytes((uint)length);
        if (!reader.Failed) _customs.Add(new CustomSection(name, _bytes.Slice(start + at, length)));
    }

    private FunctionType ReadFunctionType(ref ByteReader reader)
    {
        byte form = reader.ReadByte();
        if (form != 0x60) reader.Fail(form is 0x4E or 0x4F or 0x50 or 0x5E or 0x5F ? ModuleError.UnsupportedGc : ModuleError.BadType);
        ValueKind[] parameters = TypeDecoder.ReadKinds(ref reader, _limits.Parameters, ModuleError.TooManyParameters);
        ValueKind[] results = TypeDecoder.ReadKinds(ref reader, _limits.Results, ModuleError.TooManyResults);
        return reader.Failed ? FunctionType.Empty : new FunctionType(parameters, results);
    }

    private Import ReadImport(ref ByteReader reader)
    {
        string module = reader.ReadName(_limits.NameBytes);
        string name = reader.ReadName(_limits.NameBytes);
        byte kind = reader.ReadByte();
        switch (kind)
        {
            case (byte)ExternalKind.Function:
                return new Import(module, name, ExternalKind.Function, TypeIndex: reader.ReadU32());
            case (byte)ExternalKind.Table:
                return new Import(module, name, ExternalKind.Table, Table: TypeDecoder.ReadTable(ref reader));
            case (byte)ExternalKind.Memory:
                return new Import(module, name, ExternalKind.Memory, Memory: TypeDecoder.ReadMemory(ref reader));
            case (byte)ExternalKind.Global:
                return new Import(module, name, ExternalKind.Global, Global: TypeDecoder.ReadGlobal(ref reader));
            default:
                reader.Fail(kind == 4 ? ModuleError.UnsupportedExceptions : ModuleError.BadExternalKind);
                return new Import(module, name, ExternalKind.Function);
        }
    }

    private static GlobalDefinition ReadGlobal(ref ByteReader reader) =>
        new(TypeDecoder.ReadGlobal(ref reader), TypeDecoder.ReadConstant(ref reader));

    private Export ReadExport(ref ByteReader reader)
    {
        string name = reader.ReadName(_limits.NameBytes);
        byte kind = reader.ReadByte();
        if (kind > (byte)ExternalKind.Global) reader.Fail(kind == 4 ? ModuleError.UnsupportedExceptions : ModuleError.BadExternalKind);
        return new Export(name, (ExternalKind)kind, reader.ReadU32());
    }

    private ModuleError CheckCounts()
    {
        if (_module.Functions.Count != _module.Bodies.Count) return ModuleError.FunctionCountMismatch;
        if (_module.DataCount is { } declared && declared != _module.Data.Count) return ModuleError.DataCountMismatch;
        long elements = _module.Elements.Sum(segment => (long)segment.Items.Count);
        if (elements > _limits.Elements) return ModuleError.TooManyElements;
        long data = _module.Data.Sum(segment => (long)segment.Bytes.Length);
        return data > _limits.DataBytes ? ModuleError.TooMuchData : ModuleError.None;
    }
}
