namespace Phala.Codec.TypeInfo;

/// <summary>A field of a record or variant.</summary>
/// <param name="Name">The name in snake_case, or null where fields are told apart by position only.</param>
/// <param name="Type">The id of the type.</param>
/// <param name="TypeName">The type as it is written in Rust, such as <c>Vec&lt;u8&gt;</c>, or null.</param>
/// <param name="Docs">The documentation, line by line.</param>
public sealed record TypeField(string? Name, int Type, string? TypeName, IReadOnlyList<string> Docs)
{
    /// <summary>A field that has nothing but a type.</summary>
    public static TypeField Unnamed(int type) => new(null, type, null, []);
}
