using System.Globalization;

namespace Phala.Contracts.Compiler;

/// <summary>Something that stands in the way of compiling, at a place in the author's code.</summary>
/// <param name="Id">Its kind, from <see cref="DiagnosticIds"/>.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
/// <param name="File">The source file, or null where symbols do not say.</param>
/// <param name="Line">From 1; 0 where it is unknown.</param>
/// <param name="Column">From 1; 0 where it is unknown.</param>
public sealed record Diagnostic(string Id, string Message, string? File, int Line, int Column)
{
    /// <summary>MSBuild's canonical form.</summary>
    public override string ToString() => File is null
        ? string.Create(CultureInfo.InvariantCulture, $"error {Id}: {Message}")
        : string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): error {Id}: {Message}");
}
