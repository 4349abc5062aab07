using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        MethodDeclarationSyntax? method = root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>();
        AttributeSyntax? attribute = method?.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(static each => each.Name.ToString() is "Query");
        if (root is null || attribute is null) return;
        AttributeSyntax replacement = attribute.WithName(SyntaxFactory.IdentifierName("Command").WithTriviaFrom(attribute.Name));
        context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(attribute, replacement))), nameof(QueryToCommandFix)), context.Diagnostics);
    }
}
