using System.Globalization;
using Phala.Contracts.Compiler;
using Phala.Wasm;
using Xunit;

namespace Phala.Tests.Contracts.Compiler.Hostile;

/// <summary>Whatever an assembly holds, the compiler ends with diagnostics or with a module that the engine accepts. <c>PHALA_CSHARP_MUTANTS</c> sets how many are tried.</summary>
public sealed class HostileCodeTests(ITestOutputHelper output)
{
    private const int InContinuousIntegration = 5_000;

    private const string Source = """
        class Program
        {
            [ContractExport("a")]
            static long A(int n)
            {
                long s = 0;
                int[] a = new int[4];
                for (int i = 0; i < n; i++)
                {
                    a[i & 3] += i * 3;
                    s += i % 3 == 0 ? F(i, (byte)n) : a[1] / (i + 1);
                }
                return s;
            }

            [ContractExport("b")]
            static int B(int n)
            {
                I x = n > 3 ? new P(n) : new Q { V = n };
                S t = new S { A = n, B = 2 };
                Bump(ref t);
                int r = checked(x.Get() + t.A);
                switch (n) { case 0: r++; break; case 1: r--; goto case 0; case 2: throw new System.InvalidOperationException("x"); }
                try { r += Box(n) is int k ? k : 0; } finally { r ^= 1; }
                System.Func<int, int> f = y => y + r;
                return f(n) + G<long>.Get(n) + (int)G<S>.Get(r);
            }

            static long F(int x, byte y) => (long)x * y ^ x >> 1;
            static void Bump(ref S s) { s.A++; s.B -= s.A; if (s.A == 77) Bump(ref s); }
            static object Box(int n) => n > 5 ? n : "s";
        }
        interface I { int Get(); }
        class P(int n) : I { public virtual int Get() => n; }
        struct Q : I { public int V; public int Get() => V; }
        struct S { public int A; public long B; }
        static class G<T> { static readonly int[] Table = { 1, 2, 3 }; public static int Get(int n) { T t = default; return Table[n & 1] + (t is S ? 1 : 0); } }
        """;

    [Fact]
    public void MutatedAssembliesGiveDiagnosticsOrModules()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("PHALA_CSHARP_MUTANTS"), NumberStyles.None, CultureInfo.InvariantCulture, out int wanted) ? wanted : InContinuousIntegration;
        string prelude = CSharp.Prelude[..CSharp.Prelude.IndexOf("internal static class Host", StringComparison.Ordinal)] + "}";
        AssemblyInput input = CSharp.Compile("Hostile", ("Prelude.cs", prelude), ("Hostile.cs", Source));
        AssemblyMutator mutator = new(input.Image);
        byte[] honest = [.. ContractCompiler.Compile(input, []).Module];
        Assert.NotEmpty(honest);
        Dictionary<string, int> reached = [];
        Lock gate = new();
        Parallel.For(0, count, i =>
        {
            byte[] mutant = mutator.Mutate(new System.Random(i));
            string outcome = Outcome(mutant, honest, i);
            lock (gate) reached[outcome] = reached.GetValueOrDefault(outcome) + 1;
        });
        output.WriteLine(string.Join(", ", reached.OrderByDescending(static pair => pair.Value).Select(static pair => $"{pair.Key} {pair.Value}")));
        Phala.Testing.Findings.None(reached.Keys.Where(static outcome => outcome.StartsWith("mutant", StringComparison.Ordinal)));
        Assert.Equal(count, reached.Values.Sum());

        // Most mutants come past the file's headers, and all parts of the compiler are met.
        Assert.True(reached.GetValueOrDefault(DiagnosticIds.UnreadableAssembly) < count / 4, "most mutants are no assemblies");
        Assert.True(reached.GetValueOrDefault("another module") > count / 100, "hardly any mutant compiles");
        foreach (string id in new[] { DiagnosticIds.InvalidCode, DiagnosticIds.Instruction, DiagnosticIds.MissingMember, DiagnosticIds.EntryPoint, DiagnosticIds.FloatingPoint })
        {
            Assert.True(reached.ContainsKey(id), $"no mutant causes {id}");
        }
    }

    private static string Outcome(byte[] mutant, byte[] honest, int number)
    {
        CompilationResult result;
        try
        {
            result = ContractCompiler.Compile(new AssemblyInput([.. mutant], []), []);
        }
        catch (Exception exception)
        {
            return $"mutant {number}: {exception.GetType().Name} {exception.Message} {exception.StackTrace?.Split('\n')[0]} {exception.StackTrace?.Split('\n')[1]}";
        }

        if (!result.Succeeded) return result.Diagnostics[0].Id;
        if (!Module.TryLoad(result.Module.AsSpan(), ModuleSettings.Default, out _, out ModuleError error)) return $"mutant {number}: the engine refuses the module: {error}";
        return result.Module.AsSpan().SequenceEqual(honest) ? "the same module" : "another module";
    }
}
