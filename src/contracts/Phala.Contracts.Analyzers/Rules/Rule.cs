using Microsoft.CodeAnalysis;

namespace Phala.Contracts.Analyzers.Rules;

/// <summary>Makes rules with a link to their explanation.</summary>
internal static class Rule
{
    private const string Category = "Phala.Contracts";
    private const string Page = "docs/guides/contract-rules.md#";

    internal static DiagnosticDescriptor Error(string id, string title, string message) => Make(id, title, message, DiagnosticSeverity.Error);

    internal static DiagnosticDescriptor Warning(string id, string title, string message) => Make(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Make(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: Page + id.ToLowerInvariant());
}
