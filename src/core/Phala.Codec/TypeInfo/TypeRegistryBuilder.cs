using System.Globalization;

namespace Phala.Codec.TypeInfo;

/// <summary>
/// Collects type descriptions and numbers them 0, 1, 2 … in the order in which they are first met. A named type takes its number before its fields are
/// described, so that a type may contain itself. Types without a name are recognised by their structure: two C# types for the same SCALE type share an id.
/// </summary>
public sealed class TypeRegistryBuilder
{
    private readonly Dictionary<object, int> _named = [];
    private readonly Dictionary<string, int> _structural = new(StringComparer.Ordinal);
    private readonly List<TypeDescription?> _types = [];
    private Type? _inline;
    private TypeDescription? _inlined;

    /// <summary>Adds a type with all that it contains and returns its id.</summary>
    public int Add<TCodec, T>()
        where TCodec : IScaleCodec<T> => TCodec.Describe(this);

    /// <summary>Adds a type that is its own codec, with all that it contains, and returns its id.</summary>
    public int Add<T>()
        where T : IScale<T> => T.Describe(this);

    /// <summary>
    /// Describes a named type without giving it an id, although the types of its fields get theirs: for records that are variants of an enum which is put together at run time.
    /// </summary>
    /// <exception cref="InvalidOperationException">The type has no name.</exception>
    public TypeDescription Inline<T>()
        where T : IScale<T>
    {
        (_inline, _inlined) = (typeof(T), null);
        T.Describe(this);
        return _inlined ?? throw new InvalidOperationException($"{typeof(T)} is no named type.");
    }

    /// <summary>Adds a type known by a key; for implementations of <see cref="IScaleCodec{T}.Describe"/>.</summary>
    /// <param name="key">The C# type, or whatever else stands for a type that is none in C#.</param>
    /// <param name="describe">Makes the description; called once, and only if the type is new.</param>
    public int Named(object key, Func<TypeRegistryBuilder, TypeDescription> describe)
    {
        if (_inline is not null && key.Equals(_inline)) return DescribeInline(describe);
        if (_named.TryGetValue(key, out int known)) return known;
        int id = _types.Count;
        _named.Add(key, id);
        _types.Add(null);
        _types[id] = describe(this);
        return id;
    }

    /// <summary>Adds a primitive type.</summary>
    public int Primitive(Primitive kind) =>
        Structural(string.Create(CultureInfo.InvariantCulture, $"primitive {(byte)kind}"), () => TypeDescription.Anonymous(new TypeDefinition.Simple(kind)));

    /// <summary>Adds the sequence of an element type.</summary>
    public int Sequence(int element) =>
        Structural(string.Create(CultureInfo.InvariantCulture, $"sequence {element}"), () => TypeDescription.Anonymous(new TypeDefinition.Sequence(element)));

    /// <summary>Adds the array of so many elements.</summary>
    public int Array(uint length, int element) =>
        Structural(string.Create(CultureInfo.InvariantCulture, $"array {length} {element}"), () => TypeDescription.Anonymous(new TypeDefinition.Array(length, element)));

    /// <summary>Adds the tuple of types; of none, the unit type.</summary>
    public int Tuple(params IReadOnlyList<int> elements) =>
        Structural($"tuple {string.Join(' ', elements)}", () => TypeDescription.Anonymous(new TypeDefinition.Tuple(elements)));

    /// <summary>Adds the compact form of an integer type.</summary>
    public int Compact(int inner) =>
        Structural(string.Create(CultureInfo.InvariantCulture, $"compact {inner}"), () => TypeDescription.Anonymous(new TypeDefinition.Compact(inner)));

    /// <summary>Adds bit sequences stored in bytes, the least significant bit first.</summary>
    public int BitSequence()
    {
        int store = Primitive(TypeInfo.Primitive.U8);
        int order = Structural("order Lsb0", () => new TypeDescription(["bitvec", "order", "Lsb0"], [], new TypeDefinition.Composite([]), []));
        return Structural("bits", () => TypeDescription.Anonymous(new TypeDefinition.BitSequence(store, order)));
    }

    /// <summary>Adds <c>Option</c> of a type.</summary>
    public int Option(int some) => Structural(
        string.Create(CultureInfo.InvariantCulture, $"Option {some}"),
        () => new TypeDescription(
            ["Option"],
            [new TypeParameter("T", some)],
            new TypeDefinition.Variant([new TypeVariant("None", [], 0, []), new TypeVariant("Some", [TypeField.Unnamed(some)], 1, [])]),
            []));

    /// <summary>Adds <c>Result</c> of two types.</summary>
    public int Result(int ok, int error) => Structural(
        string.Create(CultureInfo.InvariantCulture, $"Result {ok} {error}"),
        () => new TypeDescription(
            ["Result"],
            [new TypeParameter("T", ok), new TypeParameter("E", error)],
            new TypeDefinition.Variant([new TypeVariant("Ok", [TypeField.Unnamed(ok)], 0, []), new TypeVariant("Err", [TypeField.Unnamed(error)], 1, [])]),
            []));

    /// <summary>Adds <c>BTreeMap</c> of two types.</summary>
    public int Map(int key, int value)
    {
        int entries = Sequence(Tuple(key, value));
        return Structural(
            string.Create(CultureInfo.InvariantCulture, $"BTreeMap {key} {value}"),
            () => new TypeDescription(
                ["BTreeMap"],
                [new TypeParameter("K", key), new TypeParameter("V", value)],
                new TypeDefinition.Composite([TypeField.Unnamed(entries)]),
                []));
    }

    /// <summary>Adds <c>BTreeSet</c> of a type.</summary>
    public int Set(int element)
    {
        int elements = Sequence(element);
        return Structural(
            string.Create(CultureInfo.InvariantCulture, $"BTreeSet {element}"),
            () => new TypeDescription(["BTreeSet"], [new TypeParameter("T", element)], new TypeDefinition.Composite([TypeField.Unnamed(elements)]), []));
    }

    /// <summary>The types collected so far.</summary>
    /// <exception cref="InvalidOperationException">Called while a type is being described.</exception>
    public TypeRegistry Build() =>
        new([.. _types.Select(type => type ?? throw new InvalidOperationException("A type is still being described."))]);

    private int DescribeInline(Func<TypeRegistryBuilder, TypeDescription> describe)
    {
        _inline = null;
        _inlined = describe(this);
        return -1;
    }

    private int Structural(string key, Func<TypeDescription> describe)
    {
        if (_structural.TryGetValue(key, out int known)) return known;
        int id = _types.Count;
        _structural.Add(key, id);
        _types.Add(describe());
        return id;
    }
}
