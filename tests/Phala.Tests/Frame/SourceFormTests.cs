using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Frame;

/// <summary>The form that CONTRIBUTING.md asks for, held against every file.</summary>
public sealed partial class SourceFormTests(ITestOutputHelper output)
{
    private const int MaxFileLines = 600, MaxFileLinesAtP90 = 300, MaxMethodLines = 60, MaxMethodLinesAtP90 = 25;

    // The generator runs in the compiler; WebAssembly has floating point, made deterministic by its engine.
    private static readonly string[] FloatingPointAllowed = ["src/core/Phala.Codec.Generator/", "src/core/Phala.Wasm/"];

    private static readonly IReadOnlyDictionary<string, string> Exceptions = File.ReadLines(Repository.Path("eng/size-exceptions.txt"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2))
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    [Fact]
    public void EachFileHoldsOneTypeThatBearsItsName()
    {
        string[] wrong = [.. SourceFile.All
            .Where(file => !file.RelativePath.EndsWith("/Program.cs", StringComparison.Ordinal) && file.TopLevelTypes.Any())
            .Where(file => file.TopLevelTypes.Count() != 1 || SourceFile.NameOf(file.TopLevelTypes.Single()) != BareName(file))
            .Select(file => $"{file.RelativePath}: {string.Join(", ", file.TopLevelTypes.Select(SourceFile.NameOf))}")];
        Findings.None(wrong);
    }

    [Fact]
    public void TheNamespaceIsTheFolder()
    {
        string[] wrong = [.. SourceFile.All
            .Select(file => (file, declared: file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString()))
            // Types that an older target framework lacks must bear the framework's namespace.
            .Where(pair => pair.declared is not (null or "System.Runtime.CompilerServices") && pair.declared != FolderNamespace(pair.file.RelativePath))
            .Select(pair => $"{pair.file.RelativePath}: namespace {pair.declared}")];
        Findings.None(wrong);
    }

    [Fact]
    public void NoClassIsSpreadOverSeveralHandWrittenFiles()
    {
        string[] spread = [.. SourceFile.All
            .SelectMany(file => file.TopLevelTypes.OfType<TypeDeclarationSyntax>()
                .Where(type => type.Modifiers.Any(SyntaxKind.PartialKeyword))
                .Select(type => $"{FolderNamespace(file.RelativePath)}.{type.Identifier.Text}`{type.Arity}"))
            .GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key)];
        Findings.None(spread);
    }

    [Fact]
    public void FilesKeepTheirSizeBudget()
    {
        int[] sizes = [.. SourceFile.All.Select(file => file.Lines).Order()];
        output.WriteLine(Distribution("lines of a file", sizes));
        Assert.True(At(sizes, 90) <= MaxFileLinesAtP90, "too many long files");
        Findings.None(SourceFile.All.Where(file => file.Lines > MaxFileLines && !Exceptions.ContainsKey(file.RelativePath)).Select(file => $"{file.RelativePath}: {file.Lines}"));
    }

    [Fact]
    public void MethodsKeepTheirSizeBudget()
    {
        var methods = SourceFile.All
            .SelectMany(file => Methods(file).Select(method => (file.RelativePath, method, lines: SourceFile.LinesOf(method))))
            .ToArray();
        int[] sizes = [.. methods.Select(each => each.lines).Order()];
        output.WriteLine(Distribution("lines of a method", sizes));
        Assert.True(At(sizes, 90) <= MaxMethodLinesAtP90, "too many long methods");
        Findings.None(methods.Where(each => each.lines > MaxMethodLines && !Exceptions.ContainsKey(each.RelativePath))
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.RelativePath}: {NameOf(each.method)} has {each.lines} lines")));
    }

    [Fact]
    public void EveryExceptionFromTheSizeBudgetIsStillNeeded()
    {
        string[] idle = [.. Exceptions.Keys.Where(path => !SourceFile.All.Any(file => file.RelativePath == path
            && (file.Lines > MaxFileLines || Methods(file).Any(method => SourceFile.LinesOf(method) > MaxMethodLines))))];
        Findings.None(idle);
    }

    [Fact]
    public void ConsensusCodeHasNoFloatingPoint()
    {
        string[] found = [.. SourceFile.All
            .Where(file => file.RelativePath.StartsWith("src/core/", StringComparison.Ordinal) && !FloatingPointAllowed.Any(folder => file.RelativePath.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => file.Syntax.DescendantTokens().Any(token => token.RawKind is (int)SyntaxKind.FloatKeyword or (int)SyntaxKind.DoubleKeyword or (int)SyntaxKind.DecimalKeyword
                || (token.IsKind(SyntaxKind.NumericLiteralToken) && token.Value is double or float or decimal))
                || file.Syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Any(NamesFloatingPoint))
            .Select(file => file.RelativePath)];
        Findings.None(found);
    }

    [Fact]
    public void EveryUnsafeDeclarationGivesItsReason()
    {
        (SourceFile File, SyntaxToken Token)[] found = [.. SourceFile.All
            .SelectMany(file => file.Syntax.DescendantTokens().Where(token => token.IsKind(SyntaxKind.UnsafeKeyword)).Select(token => (file, token)))];
        Assert.True(found.Length > 10, "the test sees no unsafe code");
        Findings.None(found.Where(each => !GivesReason(each.Token)).Select(each => string.Create(CultureInfo.InvariantCulture,
            $"{each.File.RelativePath}: line {each.Token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}")));
    }

    [Theory]
    [InlineData("class C { unsafe void M() { } }", false)]
    [InlineData("class C { void M() { unsafe { } } }", false)]
    [InlineData("class C {\n // Unsafe: why\n void N() { } unsafe void M() { } }", false)]
    [InlineData("class C { unsafe void M() { // Unsafe: why\n } }", false)]
    [InlineData("class C { /* fast */ unsafe void M() { } }", false)]
    [InlineData("class C {\n // Unsafe: why\n unsafe void M() { } }", true)]
    [InlineData("class C { [A] // Unsafe: why\n public unsafe void M() { } }", true)]
    [InlineData("/// <remarks>Unsafe: why</remarks>\nclass C { unsafe void M() { } }", true)]
    [InlineData("/// <remarks>Unsafe: why</remarks>\nunsafe struct C { }", true)]
    [InlineData("class C { void M() {\n // Unsafe: why\n unsafe { } } }", true)]
    public void AReasonStandsAboveTheDeclarationOrItsType(string source, bool expected)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken).GetCompilationUnitRoot(TestContext.Current.CancellationToken);
        Assert.Equal(expected, GivesReason(root.DescendantTokens().Single(token => token.IsKind(SyntaxKind.UnsafeKeyword))));
    }

    [Fact]
    public void CommentsTellWhyNotHistory()
    {
        string[] found = [.. SourceFile.All
            .Where(file => file.RelativePath != "tests/Phala.Tests/Frame/SourceFormTests.cs")
            .SelectMany(file => file.Syntax.DescendantTrivia(descendIntoTrivia: false)
                .Where(trivia => trivia.ToString().Contains('/', StringComparison.Ordinal) && HistoryWords().IsMatch(trivia.ToString()))
                .Select(trivia => $"{file.RelativePath}: {trivia.ToString().Trim()}"))];
        Findings.None(found);
    }

    // A comment with the word, before the keyword on its declaration or block, or before the name of a type around it.
    private static bool GivesReason(SyntaxToken keyword) =>
        keyword.Parent!.AncestorsAndSelf()
            .Where(node => node == keyword.Parent || node is BaseTypeDeclarationSyntax)
            .Any(node => node.DescendantTrivia(descendIntoTrivia: false)
                .Where(trivia => trivia.SpanStart < (node is BaseTypeDeclarationSyntax type ? type.Identifier.SpanStart : keyword.SpanStart))
                .Any(trivia => trivia.ToString().Contains("unsafe", StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<SyntaxNode> Methods(SourceFile file) =>
        file.Syntax.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax);

    private static string NameOf(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax declared => declared.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        _ => "constructor or operator",
    };

    // The framework's names of the types, where a type stands or a static member is taken from one; methods and properties may be called so.
    private static bool NamesFloatingPoint(IdentifierNameSyntax name) =>
        name.Identifier.Text is "Half" or "Single" or "Double" or "Decimal"
        && (SyntaxFacts.IsInTypeOnlyContext(name)
            || (name.Parent is MemberAccessExpressionSyntax access && (access.Expression == name || access.Expression.ToString() == "System")));

    // A generic type beside its plain namesake is called Name{T}.cs.
    private static string BareName(SourceFile file) => Path.GetFileNameWithoutExtension(file.RelativePath).Split('{')[0];

    private static string FolderNamespace(string path)
    {
        string[] parts = path.Split('/')[..^1];
        if (parts is ["eng", var tool, ..]) return string.Concat("Phala.", char.ToUpperInvariant(tool[0]), tool[1..]);
        int project = Array.FindLastIndex(parts, part => part.StartsWith("Phala.", StringComparison.Ordinal));
        // Authors of contracts write "using Phala.Contracts", whatever the package is called.
        if (parts[project] == "Phala.Contracts.Sdk") parts[project] = "Phala.Contracts";

        // The library of contracts takes the place of the framework's types, under their names.
        if (parts[project] == "Phala.Contracts.Corlib") project++;
        return string.Join('.', parts[project..]);
    }

    private static int At(int[] ordered, int percentile) => ordered[(ordered.Length - 1) * percentile / 100];

    private static string Distribution(string what, int[] ordered) => string.Create(CultureInfo.InvariantCulture,
        $"{what}: {ordered.Length} measured, median {At(ordered, 50)}, p90 {At(ordered, 90)}, p99 {At(ordered, 99)}, max {ordered[^1]}");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|phase \d|milestone|used to be|formerly|for now)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HistoryWords();
}
