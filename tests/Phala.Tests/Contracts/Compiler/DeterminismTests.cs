using Phala.Contracts.Compiler;
using Xunit;

namespace Phala.Tests.Contracts.Compiler;

/// <summary>Equal code gives equal bytes.</summary>
public sealed class DeterminismTests
{
    private const string First = "namespace First { public static class A { public static int F(int n) => n * 3; public static readonly int[] T = { 1, 2, 3 }; } }";
    private const string Second = "namespace Second { public struct B(int x) { public int Y => x + 1; } public interface IThing { string Name(); } public class C : IThing { public string Name() => \"c\"; } }";
    private const string Contract = """
        using First; using Second;
        class Program
        {
            [ContractExport("run")]
            static string Run(int n)
            {
                Dictionary<string, int> d = new() { ["x"] = A.F(n), ["y"] = new B(n).Y };
                IThing t = n > 3 ? new C() : new D();
                Func<int, int> f = x => x + A.T[n % 3];
                return $"{t.Name()} {d["x"]} {f(d["y"])} {n:X}";
            }
        }
        class D : IThing { public string Name() => "d"; }
        """;

    [Fact]
    public void FoldersAndTheOrderOfReferencesDoNotMatter()
    {
        AssemblyInput first = CSharp.Compile("First", ("/one/First.cs", First)), second = CSharp.Compile("Second", ("/one/Second.cs", Second));
        AssemblyInput here = CSharp.Compile("Contract", [first, second], ("/home/one/Prelude.cs", CSharp.Prelude), ("/home/one/Contract.cs", Contract));
        AssemblyInput there = CSharp.Compile("Contract", [second, first], ("/srv/two/Prelude.cs", CSharp.Prelude), ("/srv/two/deeper/Contract.cs", Contract));
        CompilationResult one = ContractCompiler.Compile(here, [first, second]);
        CompilationResult two = ContractCompiler.Compile(there, [second, first]);
        CompilationResult bare = ContractCompiler.Compile(there with { Symbols = [] }, [second with { Symbols = [] }, first]);
        Assert.True(one.Succeeded, string.Join('\n', one.Diagnostics));
        Assert.NotEqual(here.Symbols.ToArray(), there.Symbols.ToArray());
        Assert.Equal(one.Module.AsSpan(), two.Module.AsSpan());
        Assert.Equal(one.Module.AsSpan(), bare.Module.AsSpan());
    }

    [Fact]
    public void CompilationsSideBySideDoNotDisturbEachOther()
    {
        AssemblyInput input = CSharp.Compile("Contract", ("Prelude.cs", CSharp.Prelude), ("First.cs", First), ("Second.cs", Second), ("Contract.cs", Contract.Replace("using First; using Second;", "using First; using Second;\n", StringComparison.Ordinal)));
        byte[] expected = [.. ContractCompiler.Compile(input, []).Module];
        Assert.NotEmpty(expected);
        byte[][] modules = new byte[4][];
        Parallel.For(0, modules.Length, i => modules[i] = [.. ContractCompiler.Compile(input, []).Module]);
        Assert.All(modules, module => Assert.Equal(expected, module));
    }

    [Fact]
    public void AnotherProgramGivesOtherBytes()
    {
        byte[] Module(string text) => [.. ContractCompiler.Compile(CSharp.Compile("Contract", ("Prelude.cs", CSharp.Prelude), ("Contract.cs", text)), []).Module];
        byte[] one = Module("class P { [ContractExport(\"run\")] static int Run(int n) => n + 1; }"), two = Module("class P { [ContractExport(\"run\")] static int Run(int n) => n + 2; }");
        Assert.NotEmpty(one);
        Assert.NotEqual(one, two);
    }
}
