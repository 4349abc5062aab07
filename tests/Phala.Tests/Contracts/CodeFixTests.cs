using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Phala.Contracts.CodeFixes;
using Xunit;

namespace Phala.Tests.Contracts;

/// <summary>What the editor offers mends what the rule says.</summary>
public sealed class CodeFixTests
{
    private const string Head = "using Phala.Contracts; using Phala.Contracts.Storage; namespace Sample;\npublic enum E : byte { A }\n";

    [Theory]
    [InlineData("PHC006", "private int _count;", "private partial Value<int> Count { get; }")]
    [InlineData("PHC006", "public string Name { get; set; }", "private partial Value<string> Name { get; }")]
    [InlineData("PHC109", "private partial Value<bool> On { get; } [Query] public void M() => On.Set(true);", "private partial Value<bool> On { get; } [Command] public void M() => On.Set(true);")]
    [InlineData("PHC110", "[Query] public void M() => Require(false, E.A);", "[Query(Fails = true)] public void M() => Require(false, E.A);")]
    [InlineData("PHC110", "[Query(\"m\", Fails = false)] public void M() => Require(false, E.A);", "[Query(\"m\", Fails = true)] public void M() => Require(false, E.A);")]
    public async Task A_fix_leaves_nothing_to_report(string id, string members, string expected)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string source = Whole(members);
        ImmutableArray<Diagnostic> reported = (await RuleRun.RunAsync(source, cancellation)).Reported;
        Diagnostic diagnostic = Assert.Single(reported, each => each.Id == id);
        using AdhocWorkspace workspace = new();
        Document document = workspace.AddProject("Sample", LanguageNames.CSharp).WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview)).AddDocument("Sample.cs", source);
        List<CodeAction> offered = [];
        CodeFixProvider provider = Provider(id);
        Assert.Contains(id, provider.FixableDiagnosticIds);
        Location place = Location.Create((await document.GetSyntaxTreeAsync(cancellation))!, diagnostic.Location.SourceSpan);
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, Diagnostic.Create(diagnostic.Descriptor, place), (action, _) => offered.Add(action), cancellation));
        ApplyChangesOperation change = Assert.Single((await Assert.Single(offered).GetOperationsAsync(cancellation)).OfType<ApplyChangesOperation>());
        string mended = (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync(cancellation)).ToString();
        Assert.Equal(Whole(expected), mended);
        Assert.Empty((await RuleRun.RunAsync(mended, cancellation)).Reported);
    }

    private static string Whole(string members) => $"{Head}[Contract] public sealed partial class C : Contract<E>\n{{\n    [Constructor] public C() {{ }}\n    {members}\n}}\n";

    private static CodeFixProvider Provider(string id) => id switch
    {
        "PHC006" => new LostStateFix(),
        "PHC109" => new QueryToCommandFix(),
        _ => new FailsFix(),
    };
}
