using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phala.Testing;

namespace Phala.Tests.Frame;

/// <summary>One hand-written C# file, parsed.</summary>
/// <param name="RelativePath">From the root, with forward slashes.</param>
/// <param name="Text">The whole text.</param>
/// <param name="Syntax">The syntax tree's root.</param>
internal sealed record SourceFile(string RelativePath, string Text, CompilationUnitSyntax Syntax)
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Everything = new(() =>
        [.. new[] { "src", "tests", "bench", "eng" }.Where(folder => Directory.Exists(Repository.Path(folder)))
            .SelectMany(folder => Repository.Files(folder, "*.cs")).Select(Parse)]);

    /// <summary>Every C# file of the repository.</summary>
    public static IReadOnlyList<SourceFile> All => Everything.Value;

    /// <summary>How many lines the file has.</summary>
    public int Lines => Text.Count(character => character == '\n');

    /// <summary>Types declared directly in a namespace.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes =>
        Syntax.DescendantNodes().OfType<MemberDeclarationSyntax>()
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && node.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax);

    /// <summary>Names of everything declared in the file: types, methods, properties, fields, enum members.</summary>
    public IEnumerable<string> DeclaredNames => Syntax.DescendantNodes().SelectMany(Names);

    /// <summary>The lines that a node takes, documentation left out.</summary>
    public static int LinesOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    /// <summary>A type's name without type parameters.</summary>
    public static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax declared ? declared.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    private static IEnumerable<string> Names(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.Text],
        DelegateDeclarationSyntax type => [type.Identifier.Text],
        MethodDeclarationSyntax method => [method.Identifier.Text],
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        EnumMemberDeclarationSyntax member => [member.Identifier.Text],
        ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } parameter => [parameter.Identifier.Text],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        _ => [],
    };

    private static SourceFile Parse(string path)
    {
        string text = File.ReadAllText(path);
        string relative = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
        return new SourceFile(relative, text, CSharpSyntaxTree.ParseText(text, path: relative).GetCompilationUnitRoot());
    }
}
