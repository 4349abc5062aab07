using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Phala.Codec.Generator.Model;

/// <summary>A diagnostic without syntax trees, so that a model which holds it can be cached.</summary>
/// <param name="Descriptor">What is wrong.</param>
/// <param name="File">The path of the source file.</param>
/// <param name="Span">The place in the file.</param>
/// <param name="Lines">The place in lines and columns.</param>
/// <param name="Arguments">What the message is filled with.</param>
internal sealed record DiagnosticModel(DiagnosticDescriptor Descriptor, string File, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    /// <summary>A diagnostic at a symbol's declaration.</summary>
    internal static DiagnosticModel At(ISymbol symbol, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        Location location = symbol.Locations.FirstOrDefault(static place => place.IsInSource) ?? Location.None;
        FileLinePositionSpan lines = location.GetLineSpan();
        return new DiagnosticModel(descriptor, lines.Path ?? "", location.SourceSpan, lines.Span, new EquatableArray<string>([.. arguments]));
    }

    /// <summary>The diagnostic as the compiler takes it.</summary>
    internal Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location.Create(File, Span, Lines), [.. Arguments]);
}
