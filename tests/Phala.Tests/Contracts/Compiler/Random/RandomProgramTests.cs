using System.Globalization;
using System.Reflection;
using Phala.Contracts.Compiler;
using Xunit;

namespace Phala.Tests.Contracts.Compiler.Random;

/// <summary>Random programs do the same on .NET and as WebAssembly. <c>PHALA_CSHARP_PROGRAMS</c> sets how many, <c>PHALA_CSHARP_SEED</c> where they begin.</summary>
public sealed class RandomProgramTests(ITestOutputHelper output)
{
    private const int PerAssembly = 125, InContinuousIntegration = 1_000;

    private static readonly string[][] Inputs = [["0", "0"], ["-1", "7"], ["2147483647", "-9223372036854775808"], ["12345", "987654321987"]];

    [Fact]
    public void RandomProgramsDoTheSameInBothWorlds()
    {
        int count = Setting("PHALA_CSHARP_PROGRAMS", InContinuousIntegration), seed = Setting("PHALA_CSHARP_SEED", 1);
        int thrown = 0, results = 0;
        HashSet<string> distinct = [];
        for (int first = 0; first < count; first += PerAssembly)
        {
            ExpressionGenerator generator = new(seed + first);
            string[] programs = [.. Enumerable.Range(0, Math.Min(PerAssembly, count - first)).Select(_ => generator.Program())];
            string source = string.Join('\n', programs.Select(static (program, i) => $"public static class P{i} {{ {program.Replace("public static", $"[ContractExport(\"p{i}\")] public static", StringComparison.Ordinal)} }}"));
            AssemblyInput input = CSharp.Compile("Random", ("Prelude.cs", CSharp.Prelude), ("Methods.cs", ExpressionGenerator.Methods()), ("Random.cs", source));
            Assembly assembly = CSharp.Load(input);
            WasmGuest guest = new(input, []);
            for (int i = 0; i < programs.Length; i++)
            {
                MethodInfo method = assembly.GetType($"P{i}")!.GetMethod("Run")!;
                foreach (string[] arguments in Inputs)
                {
                    string expected = Outcomes.OfDotNet(method, arguments), actual = guest.Run($"p{i}", method, arguments);
                    Assert.True(expected == actual, $"program {i} of seed {seed + first} with {string.Join(", ", arguments)}: expected {expected}, got {actual}\n{programs[i]}");
                    thrown += expected == Outcomes.Thrown ? 1 : 0;
                    results++;
                    distinct.Add(expected);
                }
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} programs, {results} runs, {thrown} thrown, {distinct.Count} distinct results"));
        Assert.InRange(thrown, results / 50, results * 3 / 5);
        Assert.True(distinct.Count > results / 4, $"{distinct.Count} distinct results of {results}");
    }

    private static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : usual;
}
