using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Phala.Contracts.Compiler;
using Xunit;

namespace Phala.Tests.Contracts.Compiler.Refusals;

/// <summary>What contracts cannot do is an error at the author's line that names it and what to write instead.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string> Names => new(Refusal.All.Select(static refusal => refusal.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatContractsCannotDoIsRefusedAtItsLine(string name)
    {
        Refusal refusal = Refusal.All.Single(each => each.Name == name);
        CompilationResult result = Compile(("Author.cs", refusal.Source));
        Assert.False(result.Succeeded);
        Assert.Empty(result.Module);
        Diagnostic diagnostic = result.Diagnostics[0];
        Assert.True(diagnostic.Id == refusal.Id && diagnostic.Message.Contains(refusal.Message, StringComparison.Ordinal), diagnostic.ToString());
        if (refusal.Line > 0) Assert.Equal($"Author.cs({refusal.Line},", diagnostic.ToString()[..$"Author.cs({refusal.Line},".Length]);
    }

    [Fact]
    public void EveryKindOfDiagnosticIsCaused()
    {
        string[] elsewhere = [DiagnosticIds.InvalidCode, DiagnosticIds.TooLarge, DiagnosticIds.EntryPoint, DiagnosticIds.UnreadableAssembly];
        string[] all = [.. typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetValue(null)!)];
        Assert.Equal(all.Order(), Refusal.All.Select(static refusal => refusal.Id).Concat(elsewhere).Distinct().Order());
    }

    [Fact]
    public void EveryProblemOfAProgramIsReportedInTheOrderOfLines()
    {
        CompilationResult result = Compile(("Author.cs", """
            public static class Program
            {
                [ContractExport("a")] public static void A() => Console.WriteLine();
                [ContractExport("b")] public static int B() => Environment.TickCount;
                [ContractExport("c")] public static int C() => new Random().Next();
            }
            """));
        Assert.Equal([3, 4, 5], result.Diagnostics.Select(static diagnostic => diagnostic.Line));
        Assert.Equal([DiagnosticIds.InputOutput, DiagnosticIds.InputOutput, DiagnosticIds.Randomness], result.Diagnostics.Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public void ALibrarysProblemIsReportedWhereTheContractCallsIt()
    {
        AssemblyInput library = CSharp.Compile("Library", ("Library.cs", "public static class L { public static void Write() => System.Console.WriteLine(); }"));
        AssemblyInput contract = CSharp.Compile("Contract", [library], ("Prelude.cs", CSharp.Prelude), ("Author.cs", "class P\n{\n    [ContractExport(\"run\")]\n    static void Run() => L.Write();\n}\n"));
        Diagnostic diagnostic = Assert.Single(ContractCompiler.Compile(contract, [library]).Diagnostics);
        Assert.Equal(("Author.cs", 4), (diagnostic.File, diagnostic.Line));
    }

    [Fact]
    public void WithoutSymbolsTheMethodIsNamed()
    {
        AssemblyInput contract = CSharp.Compile("Contract", ("Prelude.cs", CSharp.Prelude), ("Author.cs", "class P { [ContractExport(\"run\")] static void Run() => Console.WriteLine(); }"));
        Diagnostic diagnostic = Assert.Single(ContractCompiler.Compile(contract with { Symbols = [] }, []).Diagnostics);
        Assert.Null(diagnostic.File);
        Assert.StartsWith("error PH2009: the console is not available in contracts", diagnostic.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("(in P.Run)", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class P { }", "the assembly has no entry points")]
    [InlineData("class P { [ContractExport(\"a\")] static void A() { } [ContractExport(\"a\")] static void B() { } }", "two entry points with the name a")]
    [InlineData("class P { [ContractExport(\"a\")] void A() { } }", "is not a static method")]
    [InlineData("class P { [ContractExport(\"a\")] static void A<T>() { } }", "is not a static method")]
    [InlineData("class P { [ContractExport(\"a\")] static void A((int, int) x) { } }", "has a struct as a parameter")]
    [InlineData("class P { [ContractExport(\"a\")] static void A() => B(); static extern void B(); }", "has no code: methods from outside need HostFunction")]
    public void EntryPointsMustBeExportable(string source, string message)
    {
        Diagnostic diagnostic = Assert.Single(Compile(("Author.cs", source)).Diagnostics);
        Assert.Equal(DiagnosticIds.EntryPoint, diagnostic.Id);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNoAssemblyAreRefused()
    {
        foreach (byte[] bytes in new byte[][] { [], [1, 2, 3], Encoding.ASCII.GetBytes("MZ and then nothing that makes sense"), new byte[4_096] })
        {
            Assert.Equal(DiagnosticIds.UnreadableAssembly, Assert.Single(ContractCompiler.Compile(new AssemblyInput([.. bytes], []), []).Diagnostics).Id);
        }
    }

    [Fact]
    public void MethodsAndProgramsHaveLimits()
    {
        string sum = string.Join(" + ", Enumerable.Range(0, 12_000).Select(static i => $"F(n, {i + 1000})"));
        Assert.Equal(DiagnosticIds.TooLarge, Assert.Single(Compile(("Author.cs", $"class P {{ [ContractExport(\"run\")] static int Run(int n) => {sum}; static int F(int a, int b) => a; }}")).Diagnostics).Id);
        string branches = string.Join(" ", Enumerable.Range(0, 5_000).Select(static i => $"if (n == {i}) n++;"));
        Assert.Equal(DiagnosticIds.TooLarge, Assert.Single(Compile(("Author.cs", $"class P {{ [ContractExport(\"run\")] static int Run(int n) {{ {branches} return n; }} }}")).Diagnostics).Id);
    }

    [Fact]
    public void EveryKindOfDiagnosticStandsInTheGuide()
    {
        string guide = File.ReadAllText(Phala.Testing.Repository.Path("docs/guides/csharp-in-contracts.md"));
        Phala.Testing.Findings.None(typeof(DiagnosticIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetValue(null)!)
            .Where(id => !guide.Contains(id, StringComparison.Ordinal)));
    }

    private static CompilationResult Compile(params (string Path, string Text)[] sources) =>
        ContractCompiler.Compile(CSharp.Compile("Contract", ImmutableArray<AssemblyInput>.Empty, [("Prelude.cs", CSharp.Prelude), .. sources]), []);
}
