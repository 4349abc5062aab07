using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata.Ecma335;
using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>What lies at fixed addresses: string literals, static fields, the contents of constant arrays.</summary>
internal sealed class StaticData(ProgramBuilder program)
{
    private const int MostStringLength = 1 << 16, MostContent = 1 << 18;

    private readonly Dictionary<string, DataSymbol> _strings = new(StringComparer.Ordinal);
    private readonly Dictionary<(FieldDef, ClrType), DataSymbol> _fields = [];
    private readonly Dictionary<FieldDef, DataSymbol> _contents = [];
    private readonly Dictionary<ClrType, DataSymbol> _types = [];

    /// <summary>In the order in which they were first needed.</summary>
    public List<DataSymbol> Symbols { get; } = [];

    /// <summary>Static fields, zero at first; they follow everything that has content.</summary>
    public List<DataSymbol> Fields { get; } = [];

    /// <summary>A string that an instruction loads.</summary>
    public DataSymbol String(AssemblyImage image, int token)
    {
        if ((token >> 24) != 0x70) throw CompilationException.Invalid("a token is not of a string");
        return String(image.Metadata.GetUserString(MetadataTokens.UserStringHandle(token & 0xFFFFFF)));
    }

    public DataSymbol String(string text)
    {
        if (_strings.TryGetValue(text, out DataSymbol? known)) return known;
        if (text.Length > MostStringLength) throw new CompilationException(DiagnosticIds.TooLarge, "a string is too long");
        byte[] content = new byte[8 + (2 * text.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(content, program.TypeNumber(program.Types.String));
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(4), text.Length);
        for (int i = 0; i < text.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(8 + (2 * i)), text[i]);
        DataSymbol made = new($"\"{text}\"", content, 4, isConstant: true);
        Symbols.Add(made);
        return _strings[text] = made;
    }

    /// <summary>The object that stands for a type; it knows nothing but which type it is.</summary>
    public DataSymbol TypeObject(ClrType type)
    {
        if (_types.TryGetValue(type, out DataSymbol? known)) return known;
        ClrType description = program.Types.Core("System.Type");
        program.MarkConstructed(description);
        byte[] content = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(content, program.TypeNumber(description));
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(4), _types.Count + 1);
        DataSymbol made = new($"typeof({type})", content, 4);
        Symbols.Add(made);
        return _types[type] = made;
    }

    /// <summary>Where a static field is.</summary>
    public Expression AddressOf(ClrField field)
    {
        if (field.Definition.Row.GetRelativeVirtualAddress() != 0) return new SymbolExpression(Content(field.Definition), 0);
        program.RequireInitializer(field.Owner);
        if (!_fields.TryGetValue((field.Definition, field.Owner), out DataSymbol? symbol))
        {
            ValueLayout layout = program.Layouts.OfVariable(field.Type);
            symbol = new DataSymbol($"{field.Owner}.{field.Definition.Name}", new byte[layout.Size], 4);
            Fields.Add(symbol);
            _fields[(field.Definition, field.Owner)] = symbol;
        }

        return new SymbolExpression(symbol, 0);
    }

    /// <summary>The bytes that an assembly gives a field.</summary>
    public DataSymbol Content(FieldDef field)
    {
        if (_contents.TryGetValue(field, out DataSymbol? known)) return known;
        int address = field.Row.GetRelativeVirtualAddress();
        if (address == 0) throw CompilationException.Invalid($"{field} has no content");
        int size = SizeOf(program.FieldType(field));
        if (size > MostContent) throw new CompilationException(DiagnosticIds.TooLarge, "a constant array is too large");
        ImmutableArray<byte> bytes = field.Owner.Image.DataAt(address, size);
        DataSymbol made = new(field.Name, [.. bytes], 8);
        Symbols.Add(made);
        return _contents[field] = made;
    }

    private int SizeOf(ClrType type)
    {
        int declared = type.Kind == TypeKind.Struct ? type.Definition!.Row.GetLayout().Size : 0;
        return declared > 0 ? declared : program.Layouts.OfVariable(type).Size;
    }
}
