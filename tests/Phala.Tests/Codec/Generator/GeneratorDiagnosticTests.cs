using Microsoft.CodeAnalysis;
using Xunit;

namespace Phala.Tests.Codec.Generator;

/// <summary>Each diagnostic, and that it points at the place that is wrong.</summary>
public sealed class GeneratorDiagnosticTests
{
    /// <summary>Identifier, source, and the text that the location covers.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "PHSCALE001", "[Scale] public record struct Alone(int A);", "Alone" },
        { "PHSCALE001", "public static class Outer { [Scale] public partial record struct Inner(int A); }", "Inner" },
        { "PHSCALE001", "public static class Outer { [Scale] public enum Kind { A } }", "Kind" },
        { "PHSCALE002", "[Scale] public partial record struct Time(int A, System.DateTime When);", "When" },
        { "PHSCALE002", "[Scale] public partial record struct Number(double Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Letter(char Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Any(object Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Grid(int[,] Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Listed(System.Collections.Generic.List<int> Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Deep(Vec<Option<(byte, float)>> Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Open<T>(T Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Long((byte, byte, byte, byte, byte, byte, byte, byte) Value);", "Value" },
        { "PHSCALE002", "[Scale] public partial record struct Signed(Compact<int> Value);", "Value" },
        { "PHSCALE003", "[Scale] public enum Twice { A = 1, B = 2, C = 1 }", "C" },
        { "PHSCALE003", "[Scale] public abstract partial record U { [Variant(3)] public sealed record A : U; [Variant(3)] public sealed record B : U; }", "B" },
        { "PHSCALE004", "[Scale] public abstract partial record U { [Variant(3)] public sealed record A : U; public sealed record B : U; }", "B" },
        { "PHSCALE005", "[Scale] public enum Wide { A = 0, B = 256 }", "B" },
        { "PHSCALE005", "[Scale] public enum Below { A = 0, B = -1 }", "B" },
        { "PHSCALE006", "[Scale] public partial class Plain { public int A { get; init; } }", "Plain" },
        { "PHSCALE006", "[Scale] public abstract partial record Empty;", "Empty" },
        { "PHSCALE006", "[Scale] public enum Nothing { }", "Nothing" },
        { "PHSCALE006", "public record Base; [Scale] public partial record Derived(int A) : Base;", "Derived" },
        { "PHSCALE007", "[Scale] public partial record struct Text([Compact] string Value);", "Value" },
        { "PHSCALE007", "[Scale] public partial record struct Signed([Compact] int Value);", "Value" },
        { "PHSCALE008", "[Scale] public partial record struct Text([Length(3)] string Value);", "Value" },
        { "PHSCALE008", "[Scale] public partial record struct Less([Length(-1)] byte[] Value);", "Value" },
        { "PHSCALE009", "[Scale] public partial record Node(int A, Node Next);", "Next" },
        { "PHSCALE009", "[Scale] public partial record One(Two Other); [Scale] public partial record Two((byte, One) Pair);", "Other" },
        { "PHSCALE009", "[Scale] public partial record Many([Length(2)] Many[] Others);", "Others" },
        { "PHSCALE010", "[Scale] public partial record struct More(int A) { public int B { get; init; } }", "B" },
        { "PHSCALE010", "[Scale] public partial record struct Fixed { public int A { get; init; } public int B { get; } }", "B" },
        { "PHSCALE011", "[Scale] public abstract partial record U { [Variant(1)] public record A : U; }", "A" },
        { "PHSCALE011", "[Scale] public abstract partial record U { [Variant(1)] public sealed record A<T> : U; }", "A" },
        { "PHSCALE012", "[Scale, FixedBytes(0)] public readonly partial struct Zero;", "Zero" },
        { "PHSCALE012", "[Scale, FixedBytes(4)] public partial struct Loose;", "Loose" },
        { "PHSCALE012", "[Scale, FixedBytes(4)] public readonly partial struct Full { private readonly int _a; }", "Full" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void MistakesAreErrorsWhereTheyStand(string id, string declaration, string place)
    {
        string source = $"using Phala.Codec;\nnamespace Sample;\n{declaration}\n";
        Diagnostic[] reported = [.. GeneratorRun.Run(source).Reported];
        Diagnostic first = reported.First(diagnostic => diagnostic.Id == id);
        Assert.All(reported, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.Equal(DiagnosticSeverity.Error, first.Severity);
        Assert.Equal(place, source.Substring(first.Location.SourceSpan.Start, first.Location.SourceSpan.Length));
        Assert.Equal("Sample.cs", first.Location.GetLineSpan().Path);
        Assert.Equal(2, first.Location.GetLineSpan().StartLinePosition.Line);
        Assert.DoesNotContain("{0}", first.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryRuleIsTestedAndReleased()
    {
        string[] released = [.. File.ReadLines(Phala.Testing.Repository.Path("src/core/Phala.Codec.Generator/AnalyzerReleases.Unshipped.md"))
            .Where(line => line.StartsWith("PHSCALE", StringComparison.Ordinal)).Select(line => line[..10])];
        Assert.Equal(released, Mistakes.Select(row => row.Data.Item1).Distinct());
    }

    [Theory]
    [InlineData("[Scale] public partial record Node(int A, Node? Next);")]
    [InlineData("[Scale] public partial record Node(Vec<Node> Children);")]
    [InlineData("[Scale] public partial record Node(Node[] Children);")]
    [InlineData("[Scale] public partial record Node(Result<Node, byte> Child);")]
    [InlineData("[Scale] public partial record Node(System.Collections.Generic.SortedDictionary<byte, Node> Children);")]
    [InlineData("[Scale] public partial record struct Wrap<T>(T Value) where T : IScale<T>; [Scale] public partial record struct Node(Vec<Wrap<Node>> Children);")]
    [InlineData("[Scale] public abstract partial record U { [Variant(0)] public sealed record A(B Other) : U; } [Scale] public partial record B(U One, int Two);")]
    [InlineData("public interface ICall<T> : IScale<T> where T : IScale<T>; [Scale] public readonly partial record struct Push(ulong A) : ICall<Push>;")]
    [InlineData("public static partial class Outer { internal partial struct Middle { [Scale] internal enum Kind : ulong { @event = 3 } [Scale] internal partial record struct In(Kind @class, string? @params); } }")]
    [InlineData("[Scale] public partial struct Fields { public byte A; public Vec<string?> B; public (byte? X, string? Y) C; }")]
    [InlineData("[Scale] public partial record struct Nothing; [Scale] public partial record Also;")]
    [InlineData("[Scale, FixedBytes(7)] public readonly partial struct Seven; [Scale] public partial record struct Keys(System.Collections.Generic.SortedSet<Seven> Set);")]
    public void ValidTypesCompileWithoutWarnings(string declaration)
    {
        var (files, reported, compiled) = GeneratorRun.Run($"#pragma warning disable CS1591, CS8981\nusing Phala.Codec;\nnamespace Sample;\n{declaration}\n");
        Assert.Empty(reported);
        Assert.Empty(compiled);
        Assert.NotEmpty(files);
    }
}
