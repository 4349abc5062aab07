using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace Phala.Contracts.CodeFixes;

/// <summary>Makes a query that changes something a command (PHC109).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QueryToCommandFix : CodeFixProvider
{
    private const string Title = "Make it a command";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PHC109"];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Replacement.OfferAsync(
        context, Title, nameof(QueryToCommandFix), Replacement.QueryAt, static query => query.WithName(SyntaxFactory.IdentifierName("Command").WithTriviaFrom(query.Name)));
}
