using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Phala.Contracts.CodeFixes;

/// <summary>Makes a field or an automatic property of a contract a stored property (PHC006).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LostStateFix : CodeFixProvider
{
    private const string Title = "Store it: make it a partial property of type Value<T>";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PHC006"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Replacement.OfferAsync(
        context, Title, nameof(LostStateFix), static place => place.FirstAncestorOrSelf<MemberDeclarationSyntax>(static node => node is FieldDeclarationSyntax or PropertyDeclarationSyntax), Stored);

    private static MemberDeclarationSyntax? Stored(MemberDeclarationSyntax member)
    {
        (TypeSyntax type, string name)? state = member switch
        {
            FieldDeclarationSyntax { Declaration: { Variables.Count: 1 } declaration } when declaration.Variables[0].Initializer is null => (declaration.Type, declaration.Variables[0].Identifier.Text),
            PropertyDeclarationSyntax { Initializer: null, AccessorList: not null } property => (property.Type, property.Identifier.Text),
            _ => null,
        };
        if (state is not { } found) return null;
        string bare = found.name.TrimStart('_');
        string text = $"private partial Value<{found.type.WithoutTrivia()}> {char.ToUpperInvariant(bare[0])}{bare.Substring(1)} {{ get; }}";
        return SyntaxFactory.ParseMemberDeclaration(text)!.WithTriviaFrom(member);
    }
}
