namespace Phala.Contracts.Compiler.Reading;

/// <summary>A type with its arguments. Interned: equal types are the same object.</summary>
internal sealed class ClrType
{
    public required TypeKind Kind { get; init; }

    /// <summary>The definition, of a primitive too; null for arrays, references, pointers, parameters.</summary>
    public TypeDef? Definition { get; init; }

    public ClrType[] Arguments { get; init; } = [];

    /// <summary>What an array holds, a reference or pointer refers to.</summary>
    public ClrType? Element { get; init; }

    /// <summary>A type parameter's position.</summary>
    public int Position { get; init; }

    /// <summary>In the order in which types were met.</summary>
    public required int Id { get; init; }

    /// <summary>How deeply type arguments are nested.</summary>
    public required int Depth { get; init; }

    /// <summary>As it is called in messages.</summary>
    public required string Name { get; init; }

    /// <summary>For an enum its underlying type, otherwise null.</summary>
    public ClrType? Underlying { get; set; }

    /// <summary>The layout; set when it is first asked for.</summary>
    public ValueLayout? Layout { get; set; }

    /// <summary>The base type; <see cref="Hierarchy"/> fills it.</summary>
    public ClrType? Base { get; set; }

    public bool BaseIsKnown { get; set; }

    /// <summary>Interfaces that the definition lists, instantiated; <see cref="Hierarchy"/> fills it.</summary>
    public ClrType[]? Interfaces { get; set; }

    /// <summary>Whether a variable of it holds an object's address.</summary>
    public bool IsReference => Kind is TypeKind.Class or TypeKind.Interface or TypeKind.Array;

    public bool IsEnum => Underlying is not null;

    /// <summary>Whether it is copied by value: primitives, enums, structs.</summary>
    public bool IsValue => Kind is >= TypeKind.Boolean and <= TypeKind.NativeUInt or TypeKind.Struct;

    /// <summary>Whether it still depends on type parameters.</summary>
    public bool IsOpen => Kind is TypeKind.TypeParameter or TypeKind.MethodParameter || (Element?.IsOpen ?? false) || Arguments.Any(static argument => argument.IsOpen);

    public bool Is(string fullName) => Definition?.FullName == fullName;

    public override string ToString() => Name;
}
