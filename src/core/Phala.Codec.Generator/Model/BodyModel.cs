namespace Phala.Codec.Generator.Model;

/// <summary>The fields of a record or case.</summary>
/// <param name="Fields">The fields in the order of their encoding.</param>
/// <param name="IsPositional">Whether they are arguments of the constructor; otherwise they are set by an initializer.</param>
/// <param name="IsUnnamed">Whether metadata shows them without names.</param>
internal sealed record BodyModel(EquatableArray<FieldModel> Fields, bool IsPositional, bool IsUnnamed)
{
    /// <summary>No fields.</summary>
    internal static BodyModel Empty { get; } = new(default, IsPositional: true, IsUnnamed: false);
}
