using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
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
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Replacement.OfferAsync(context, Title, nameof(FailsFix), Replacement.QueryAt, Fail);

    private static AttributeSyntax Fail(AttributeSyntax query)
    {
        AttributeArgumentSyntax fails = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals("Fails"), null, SyntaxFactory.LiteralExpression(SyntaxKind.TrueLiteralExpression)).NormalizeWhitespace();
        IEnumerable<AttributeArgumentSyntax> others = (query.ArgumentList?.Arguments ?? []).Where(static each => each.NameEquals?.Name.Identifier.Text != "Fails");
        return query.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList([.. others, fails])));
    }
}
