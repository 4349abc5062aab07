using Microsoft.CodeAnalysis;

namespace Phala.Codec.Generator;

/// <summary>What the generator reports. All are errors: a type without a codec is never silently left out.</summary>
internal static class Diagnostics
{
    private const string Category = "Phala.Codec";

    internal static readonly DiagnosticDescriptor NotPartial = Error(
        "PHSCALE001", "Not partial", "'{0}' must be partial, so that its codec can be added to '{1}'");

    internal static readonly DiagnosticDescriptor UnsupportedFieldType = Error(
        "PHSCALE002", "Unsupported field type", "'{0}' has the type '{1}', which has no SCALE form");

    internal static readonly DiagnosticDescriptor DuplicateIndex = Error(
        "PHSCALE003", "Duplicate variant index", "'{0}' has the index {1}, as has '{2}'");

    internal static readonly DiagnosticDescriptor CaseWithoutIndex = Error(
        "PHSCALE004", "Case without index", "'{0}' is a case of '{1}' and needs [Variant(index)]");

    internal static readonly DiagnosticDescriptor IndexOutOfRange = Error(
        "PHSCALE005", "Variant index out of range", "'{0}' has the value {1}, but an index is a byte");

    internal static readonly DiagnosticDescriptor UnsupportedShape = Error(
        "PHSCALE006", "Unsupported kind of type", "'{0}' must be a record, a struct, an abstract record with cases, or an enum with members");

    internal static readonly DiagnosticDescriptor CompactOnOther = Error(
        "PHSCALE007", "Not compact", "'{0}' has the type '{1}', but only unsigned integers have a compact form");

    internal static readonly DiagnosticDescriptor LengthOnOther = Error(
        "PHSCALE008", "No fixed length", "'{0}' has the type '{1}' and the length {2}, but only arrays have a length, and none is negative");

    internal static readonly DiagnosticDescriptor ContainsItself = Error(
        "PHSCALE009", "Endless type", "'{0}' contains itself through '{1}' without an option, sequence or union between, so that no value ever ends");

    internal static readonly DiagnosticDescriptor StateNotEncoded = Error(
        "PHSCALE010", "State not encoded", "'{0}' would not be encoded: make it a parameter of the record, or compute it");

    internal static readonly DiagnosticDescriptor UnsupportedCase = Error(
        "PHSCALE011", "Unsupported case", "'{0}' must be a sealed record without type parameters to be a case of '{1}'");

    internal static readonly DiagnosticDescriptor UnsupportedFixedBytes = Error(
        "PHSCALE012", "Unsupported fixed bytes", "'{0}' must be an empty readonly partial struct of at least one byte");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
