using System.Collections.Concurrent;
using System.Diagnostics;
using Phala.Testing.Wasm;
using Phala.Testing.Wasm.Generator;
using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Random modules do the same optimized, unoptimized and interpreted: results, fuel, traps, memory and globals.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Modules = 2_000;
    private const int Threads = 8;
    private const int StackBytes = 16 << 20;

    [Fact]
    public void RandomModulesDoTheSameInEveryModeOnEightThreads()
    {
        ConcurrentBag<CallResult> outcomes = [];
        ConcurrentBag<string> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(part => new Thread(
            () =>
            {
                try
                {
                    for (int seed = part; seed < Modules; seed += Threads)
                    {
                        foreach (CallResult result in Differential.Run(seed)) outcomes.Add(result);
                    }
                }
                catch (Exception exception)
                {
                    failures.Add(exception.ToString());
                }
            },
            StackBytes))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        Assert.True(failures.IsEmpty, string.Join('\n', failures));
        ILookup<string, CallResult> kinds = outcomes.ToLookup(result => $"{result.Outcome} {result.Trap}");
        foreach (IGrouping<string, CallResult> kind in kinds) output.WriteLine($"{kind.Key}: {kind.Count()}");
        Assert.True(outcomes.Count(result => result.IsCompleted) > Modules);
        foreach (TrapKind trap in Enum.GetValues<TrapKind>()) Assert.Contains(outcomes, result => result.Trap == trap);
        Assert.Contains(outcomes, result => result.Outcome == CallOutcome.OutOfFuel);
    }

    [Fact]
    public void TheGeneratorReachesEveryInstruction()
    {
        HashSet<Opcode> met = [];
        for (int seed = 0; seed < Modules; seed++)
        {
            ModuleDecoder.TryDecode(RandomModule.Make(seed), ResourceLimits.Default, out ModuleDefinition? module, out _);
            foreach (FunctionBody body in module!.Bodies)
            {
                InstructionReader reader = new(body.Code.Span, ResourceLimits.Default);
                while (reader.TryRead(out Instruction instruction)) met.Add(instruction.Opcode);
            }
        }

        Assert.Empty(Enum.GetValues<Opcode>().Except(met));
    }

    [Fact]
    public void WithoutHardwareIntrinsicsEverythingIsTheSame()
    {
        ProcessStartInfo info = new(Environment.ProcessPath!.Contains("dotnet", StringComparison.Ordinal) ? "dotnet" : FuzzProgram)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableHWIntrinsic"] = "0" },
        };
        if (info.FileName == "dotnet") info.ArgumentList.Add(FuzzProgram + ".dll");
        foreach (string argument in new[] { "--count", "150", "wasm-differential" }) info.ArgumentList.Add(argument);
        using Process process = Process.Start(info)!;
        string text = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, text);
        Assert.Contains("150 inputs", text, StringComparison.Ordinal);
    }

    private static string FuzzProgram => Path.Combine(AppContext.BaseDirectory, "Phala.Fuzz");
}
