using System.Reflection;
using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>Lays out structs and objects: fields in the order of their declaration; those of structs aligned as on .NET, where pointers are no part of them, those of objects to at most four bytes.</summary>
internal sealed class LayoutBuilder(TypeUniverse types, Hierarchy hierarchy)
{
    /// <summary>Bytes before an object's first field: the number of its type.</summary>
    public const int HeaderSize = 4;

    private const int MostLeaves = 64, MostInlineLeaves = 256, MostFields = 4_096, DeepestNesting = 32, WidestAlignment = 16;

    private int _depth;

    /// <summary>A type's layout. For a class that of its objects, for anything else that of a variable.</summary>
    public ValueLayout Of(ClrType type)
    {
        if (type.Layout is { } known) return known;
        if (++_depth > DeepestNesting) throw new CompilationException(DiagnosticIds.StructLayout, $"{type} contains itself or structs nested too deeply");
        try
        {
            return type.Layout = type.Kind switch
            {
                TypeKind.Struct => Struct(type),
                TypeKind.Class => Class(type),
                _ => Scalar(type),
            };
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>The layout of a variable: for references that of an address.</summary>
    public ValueLayout OfVariable(ClrType type) => type.IsReference ? Scalar(types.NativeInt) : Of(type);

    /// <summary>Where a field is within a variable or object of its owner.</summary>
    public int OffsetOf(ClrField field) => Of(field.Owner).Offsets[field.Definition.Index];

    private ValueLayout Scalar(ClrType type)
    {
        Storage? storage = StorageOf(type.IsReference ? types.NativeInt : type);
        if (storage is null) throw Missing.Type(type);
        int size = storage.Value.Size();
        return new ValueLayout(size, size, [new Leaf(0, storage.Value, type)], [], []);
    }

    private static Storage? StorageOf(ClrType type) => type.Kind switch
    {
        TypeKind.Boolean or TypeKind.UInt8 => Storage.UInt8,
        TypeKind.Int8 => Storage.Int8,
        TypeKind.Char or TypeKind.UInt16 => Storage.UInt16,
        TypeKind.Int16 => Storage.Int16,
        TypeKind.Int64 or TypeKind.UInt64 => Storage.Int64,
        TypeKind.Int32 or TypeKind.UInt32 or TypeKind.NativeInt or TypeKind.NativeUInt or TypeKind.ByRef or TypeKind.Pointer or TypeKind.Function => Storage.Int32,
        _ => null,
    };

    private ValueLayout Struct(ClrType type)
    {
        TypeDef definition = type.Definition!;
        if ((definition.Row.Attributes & TypeAttributes.LayoutMask) == TypeAttributes.ExplicitLayout && !definition.IsGenerated)
        {
            throw new CompilationException(DiagnosticIds.StructLayout, $"{type} has an explicit layout: let fields follow one another");
        }

        TypeLayout declared = definition.Row.GetLayout();
        int size = 0, alignment = 1, most = declared.PackingSize > 0 ? declared.PackingSize : WidestAlignment;
        List<Leaf> leaves = [];
        int[] offsets = new int[definition.Fields.Length], firsts = new int[definition.Fields.Length];
        foreach (ClrField field in Fields(type))
        {
            ValueLayout inner = OfVariable(field.Type);
            int wanted = Math.Min(inner.Alignment, most);
            size = Align(size, wanted);
            alignment = Math.Max(alignment, wanted);
            (offsets[field.Definition.Index], firsts[field.Definition.Index]) = (size, leaves.Count);
            foreach (Leaf leaf in inner.Leaves) leaves.Add(leaf with { Offset = size + leaf.Offset, Type = inner.Leaves.Length == 1 && field.Type.Kind != TypeKind.Struct ? field.Type : leaf.Type });
            size += inner.Size;
            if (leaves.Count > MostLeaves) throw new CompilationException(DiagnosticIds.StructLayout, $"{type} has more than {MostLeaves} fields: make it a class");
        }

        if (type.Is("System.UInt128") || type.Is("System.Int128")) alignment = WidestAlignment;
        size = Math.Max(Align(size, alignment), 1);
        int copies = Attributes.InlineArrayLength(definition);
        if (copies <= 1 && declared.Size > size) return Sized(type, new ValueLayout(size, alignment, [.. leaves], offsets, firsts), declared.Size);
        if (copies > 1) (size, leaves) = Repeat(type, size, leaves, copies);
        return new ValueLayout(size, alignment, [.. leaves], offsets, firsts);
    }

    // A buffer of a fixed size, as the C# compiler makes it, has one field and means many; anything else has bytes of no field behind those of its fields.
    private static ValueLayout Sized(ClrType type, ValueLayout layout, int size)
    {
        if (layout.Leaves.Length != 1 || size % layout.Size != 0) return layout with { Size = size };
        (int whole, List<Leaf> all) = Repeat(type, layout.Size, [.. layout.Leaves], size / layout.Size);
        return layout with { Size = whole, Leaves = [.. all] };
    }

    // An inline array has one field and means many.
    private static (int Size, List<Leaf> Leaves) Repeat(ClrType type, int size, List<Leaf> leaves, int copies)
    {
        if ((long)leaves.Count * copies > MostInlineLeaves) throw new CompilationException(DiagnosticIds.StructLayout, $"{type} has more than {MostInlineLeaves} elements: use an array");
        List<Leaf> all = [];
        for (int i = 0; i < copies; i++) all.AddRange(leaves.Select(leaf => leaf with { Offset = leaf.Offset + (i * size) }));
        return (size * copies, all);
    }

    private ValueLayout Class(ClrType type)
    {
        int size = hierarchy.BaseOf(type) is { } parent ? Of(parent).Size : HeaderSize;
        int[] offsets = new int[type.Definition!.Fields.Length];
        foreach (ClrField field in Fields(type))
        {
            ValueLayout inner = OfVariable(field.Type);
            size = Align(size, Math.Min(inner.Alignment, 4));
            offsets[field.Definition.Index] = size;
            size += inner.Size;
        }

        return new ValueLayout(size, 4, [], offsets, []);
    }

    private IEnumerable<ClrField> Fields(ClrType type)
    {
        FieldDef[] fields = type.Definition!.Fields;
        if (fields.Length > MostFields) throw new CompilationException(DiagnosticIds.TooLarge, $"{type} has too many fields");
        return fields.Where(static field => !field.IsStatic).Select(field => types.FieldOf(field, type));
    }

    private static int Align(int size, int alignment) => (size + alignment - 1) & -alignment;
}
