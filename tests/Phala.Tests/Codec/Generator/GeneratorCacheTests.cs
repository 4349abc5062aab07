using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Phala.Codec.Generator;
using Xunit;

namespace Phala.Tests.Codec.Generator;

/// <summary>An edit that does not change a type generates nothing again.</summary>
public sealed class GeneratorCacheTests
{
    private const string Source = "using Phala.Codec;\nnamespace Sample;\n/// <summary>A point.</summary>\n[Scale] public partial record struct Point(int X, [Length(2)] byte[] Y);\n[Scale] public enum Kind { A, B }\n";

    [Fact]
    public void EditsElsewhereLeaveEveryModelUnchanged()
    {
        CSharpCompilation compilation = GeneratorRun.Compile(Source);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        GeneratorDriver again = driver.RunGenerators(compilation.AddSyntaxTrees(GeneratorRun.Compile("namespace Other; public class Unrelated;", "Other.cs").SyntaxTrees), TestContext.Current.CancellationToken);
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged], ModelReasons(again));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], OutputReasons(again));
    }

    [Fact]
    public void EditsOfBodiesInTheSameFileLeaveEveryModelUnchanged()
    {
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(GeneratorRun.Compile(Source + "public class Other { public int A => 1; }"), TestContext.Current.CancellationToken);
        GeneratorDriver again = driver.RunGenerators(GeneratorRun.Compile(Source + "public class Other { public int A => 2; }"), TestContext.Current.CancellationToken);
        Assert.All(ModelReasons(again), reason => Assert.True(reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached, $"{reason}"));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], OutputReasons(again));
    }

    [Theory]
    [InlineData("int X", "uint X")]
    [InlineData("A point", "A place")]
    [InlineData("[Scale] public partial", "[Scale(\"a::B\")] public partial")]
    [InlineData("Length(2)", "Length(3)")]
    [InlineData("X,", "Z,")]
    public void AChangeOfATypeGeneratesItAgainAndNoOther(string before, string after)
    {
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(GeneratorRun.Compile(Source), TestContext.Current.CancellationToken);
        GeneratorDriver again = driver.RunGenerators(GeneratorRun.Compile(Source.Replace(before, after, StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], ModelReasons(again));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], OutputReasons(again));
        Assert.NotEqual(Text(driver), Text(again));
    }

    private static IncrementalStepRunReason[] ModelReasons(GeneratorDriver driver) =>
        Reasons(driver.GetRunResult().Results.Single().TrackedSteps[ScaleGenerator.ModelStep]);

    private static IncrementalStepRunReason[] OutputReasons(GeneratorDriver driver) =>
        Reasons(driver.GetRunResult().Results.Single().TrackedOutputSteps.Single().Value);

    private static IncrementalStepRunReason[] Reasons(ImmutableArray<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];

    private static string Text(GeneratorDriver driver) => string.Concat(driver.GetRunResult().Results.Single().GeneratedSources.Select(file => file.SourceText));
}
