namespace Phala.Contracts.Compiler.Reading;

/// <summary>A field of an instantiated type.</summary>
/// <param name="Definition">Its definition.</param>
/// <param name="Owner">The type that has it.</param>
/// <param name="Type">Its type, instantiated.</param>
internal sealed record ClrField(FieldDef Definition, ClrType Owner, ClrType Type);
