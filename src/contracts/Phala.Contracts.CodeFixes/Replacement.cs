using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Phala.Contracts.CodeFixes;

/// <summary>What the fixes have in common: they put one piece of syntax in the place of another.</summary>
internal static class Replacement
{
    /// <summary>Offers to replace what a diagnostic stands in.</summary>
    /// <param name="context">The diagnostic.</param>
    /// <param name="title">What is offered.</param>
    /// <param name="key">The fix's name.</param>
    /// <param name="find">Finds the syntax, from where the diagnostic is; null for none.</param>
    /// <param name="replace">Makes what takes its place; null for nothing.</param>
    internal static async Task OfferAsync<T>(CodeFixContext context, string title, string key, Func<SyntaxNode, T?> find, Func<T, T?> replace)
        where T : SyntaxNode
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || find(root.FindNode(context.Span)) is not { } found || replace(found) is not { } replacement) return;
        context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(found, replacement))), key), context.Diagnostics);
    }

    /// <summary>The attribute that makes a query of the method that a place is in.</summary>
    internal static AttributeSyntax? QueryAt(SyntaxNode place) =>
        place.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.AttributeLists.SelectMany(static list => list.Attributes).FirstOrDefault(static each => each.Name.ToString() is "Query");
}
