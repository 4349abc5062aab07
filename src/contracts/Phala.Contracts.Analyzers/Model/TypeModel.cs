using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>A type that crosses a contract's border or is stored: all that the emitters may know of it.</summary>
/// <param name="Shape">How its values are encoded.</param>
/// <param name="CSharp">Its full name in C#.</param>
/// <param name="Rust">Its name as ink! would have it, such as <c>Option&lt;AccountId&gt;</c>.</param>
/// <param name="Size">How many bytes each value takes; negative where they differ.</param>
/// <param name="Least">How many bytes each value takes at least.</param>
/// <param name="Parts">Elements, values or fields.</param>
/// <param name="Cases">The members of an enum.</param>
/// <param name="Path">The full name of a record or an enum, in parts.</param>
/// <param name="Docs">What its comment says.</param>
internal sealed record TypeModel(
    TypeShape Shape, string CSharp, string Rust, int Size, int Least, EquatableArray<PartModel> Parts, EquatableArray<CaseModel> Cases, EquatableArray<string> Path, EquatableArray<string> Docs)
{
    /// <summary>The only part of a sequence or an option.</summary>
    internal TypeModel Element => Parts[0].Type;

    /// <summary>Whether it is an array of bytes.</summary>
    internal bool IsBytes => Shape == TypeShape.Sequence && Element.Rust == "u8";

    /// <summary>Whether it is an option of something that is no reference: C# has <see cref="Nullable{T}"/> for it.</summary>
    internal bool IsValueOption { get; init; }

    /// <summary>A type without parts.</summary>
    internal static TypeModel Plain(TypeShape shape, string csharp, string rust, int size, int least) => new(shape, csharp, rust, size, least, default, default, default, default);
}
