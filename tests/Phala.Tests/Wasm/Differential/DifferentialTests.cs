using System.Diagnostics;
using System.Text.RegularExpressions;
using Phala.Testing;
using Phala.Testing.Wasm.Differential;
using Phala.Testing.Wasm.Interpreter;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm.Differential;

/// <summary>The engine against the interpreter on random modules. <c>tests/Phala.Fuzz</c> goes on without end: target <c>wasm-differential</c>.</summary>
public sealed partial class DifferentialTests(ITestOutputHelper output)
{
    private const string DigestVariable = "PHALA_WASM_TRACES";

    private static IEnumerable<int> SeedsOfPortability => Enumerable.Range(1_000_000, 60);

    [Fact]
    public void TheEngineDoesAsTheInterpreterDoesOptimizedAndNot()
    {
        DifferentialRun run = DifferentialRun.Of(Enumerable.Range(1, 2_000), threads: 1);
        output.WriteLine($"{run.Calls} calls");
        Findings.None(run.Divergences.Select(divergence => divergence.ToString()));

        // Equal is not enough: every instruction was executed, and every end was met.
        Findings.None(Enum.GetValues<Opcode>().Where(opcode => !run.Executed.Contains(opcode)).Select(opcode => $"{opcode} was not executed"));
        Assert.InRange(run.CallsWithoutFloats, run.Calls / 20, run.Calls / 2);
        Findings.None(Enum.GetValues<OracleTrap>().Where(end => !run.Ends.Contains(end)).Select(end => $"no call ended with {end}"));
    }

    [Fact]
    public void EightThreadsThatCompileTheSameModulesAtOnceDoAsTheInterpreterDoes()
    {
        DifferentialRun run = DifferentialRun.Of(Enumerable.Range(500_000, 160), threads: 8);
        Findings.None(run.Divergences.Select(divergence => divergence.ToString()));
        Assert.True(run.Calls > 500);
    }

    [Fact]
    public void TracesAreTheSameWithoutTheProcessorsVectorInstructions()
    {
        DifferentialRun run = DifferentialRun.Of(SeedsOfPortability, threads: 1);
        string program = Path.Combine(AppContext.BaseDirectory, "Phala.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ProcessStartInfo info = new(program, ["-method", $"{typeof(DifferentialTests).FullName}.{nameof(TracesHaveTheDigestThatAnotherProcessFound)}"])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_EnableHWIntrinsic"] = "0", [DigestVariable] = run.Digest },
        };
        using Process process = Process.Start(info)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, text);
        Assert.Contains("Total: 1,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void TracesHaveTheDigestThatAnotherProcessFound()
    {
        // The other process is the test above, which starts this one; without it the comparison with the interpreter remains.
        DifferentialRun run = DifferentialRun.Of(SeedsOfPortability, threads: 1);
        Findings.None(run.Divergences.Select(divergence => divergence.ToString()));
        Assert.Equal(Environment.GetEnvironmentVariable(DigestVariable) ?? run.Digest, run.Digest);
    }

    [Fact]
    public void TheInterpreterSharesNothingThatExecutesWithTheEngine()
    {
        IEnumerable<string> shared = Repository.Files("tests/Phala.Testing.Wasm/Interpreter", "*.cs")
            .SelectMany(file => File.ReadLines(file).Where(line => Executing().IsMatch(line)).Select(line => $"{Path.GetFileName(file)}: {line.Trim()}"));
        Findings.None(shared);
    }

    [GeneratedRegex(@"\b(Phala\.Wasm\.(Execution|Compilation)|Numerics|BulkOperations|LinearMemory|Invocation|Runtime)\b")]
    private static partial Regex Executing();
}
