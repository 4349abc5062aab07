using Microsoft.CodeAnalysis.CSharp;

namespace Phala.Codec.Generator.Emission;

/// <summary>Writes constants as code.</summary>
internal static class Literal
{
    internal static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    internal static string Texts(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]";

    internal static string Bool(bool value) => value ? "true" : "false";
}
