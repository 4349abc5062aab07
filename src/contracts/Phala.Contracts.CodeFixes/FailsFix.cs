using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Phala.Contracts.CodeFixes;

/// <summary>Says of a query that it fails: <c>[Query(Fails = true)]</c> (PHC110).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class FailsFix : CodeFixProvider
{
    private const string Title = "Return the contract's errors: [Query(Fails = true)]";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PHC110"];

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        MethodDeclarationSyntax? method = root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>();
        AttributeSyntax? attribute = method?.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(static each => each.Name.ToString() is "Query");
        if (root is null || attribute is null) return;
        AttributeArgumentSyntax fails = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals("Fails"), null, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression)).NormalizeWhitespace();
        AttributeArgumentListSyntax arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        IEnumerable<AttributeArgumentSyntax> others = arguments.Arguments.Where(static each => each.NameEquals?.Name.Identifier.Text != "Fails");
        AttributeSyntax replacement = attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList([.. others, fails])));
        context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(attribute, replacement))), nameof(FailsFix)), context.Diagnostics);
    }
}
