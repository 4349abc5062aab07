using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Phala.Testing.Wasm;
using Phala.Wasm;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Random modules do the same here and in wabt's <c>wasm-interp</c>, up to fuel and the bits of NaNs.</summary>
public sealed class ForeignInterpreterTests(ITestOutputHelper output)
{
    private const int Modules = 120;
    private const long Fuel = 30_000;
    private static readonly ModuleSettings Settings = new() { Limits = new ResourceLimits { TableElements = 1 << 20 } };

    [Fact]
    public void RandomModulesDoTheSameInWabt()
    {
        string file = Path.GetTempFileName();
        int compared = 0, values = 0, traps = 0;
        for (int seed = 0; compared < Modules; seed++)
        {
            if (ForeignModule.TryMake(seed) is not { } bytes || Run(bytes) is not { } ours) continue;
            File.WriteAllBytes(file, bytes);
            string[] theirs = [.. Interpret(file).Split('\n').Where(line => line.StartsWith('w'))];
            Assert.True(ours.SequenceEqual(theirs.Take(ours.Count).Select(Normalize)), $"seed {seed}:\n{string.Join('\n', ours)}\n--\n{string.Join('\n', theirs)}");
            compared++;
            values += ours.Count(line => !line.Contains("trap", StringComparison.Ordinal));
            traps += ours.Count(line => line.Contains("trap", StringComparison.Ordinal));
        }

        File.Delete(file);
        output.WriteLine($"{compared} modules, {values} results, {traps} traps");
        Assert.True(values > 50 && traps > 50);
    }

    /// <summary>One line per wrapper, or null where fuel or stack decided.</summary>
    private static List<string>? Run(byte[] bytes)
    {
        Assert.True(Module.TryLoad(bytes, Settings, out Module? module, out ModuleError error), error.ToString());
        using Store store = new(Settings.Limits);
        store.AddFuel(module!.InstantiationFuel);
        Instance instance = module.Instantiate(store, new Imports().Add("env", "host", new HostFunction((HostContext _, int _, long _) => 0))).Instance!;
        List<string> lines = [];
        for (int i = 0; instance.TryGetFunction($"w{i}", out Function? function); i++)
        {
            store.TryCharge(store.Fuel);
            store.AddFuel(Fuel);
            Value[] results = new Value[function!.Type.Results.Length];
            CallResult result = function.Call([], results);
            if (result.Outcome is not (CallOutcome.Completed or CallOutcome.Trapped) || result.Trap == TrapKind.StackExhausted) return null;
            lines.Add(result.IsCompleted ? Normalize($"w{i}() => {string.Join(", ", results.Select(Show))}") : $"w{i}() => trap");
        }

        return lines;
    }

    private static string Show(Value value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Kind.ToString().ToLowerInvariant()}:{value.Bits}");

    private static string Normalize(string line) =>
        line.Contains("error", StringComparison.Ordinal) ? line[..line.IndexOf("=>", StringComparison.Ordinal)] + "=> trap" : line.TrimEnd();

    private static string Interpret(string file)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("wasm-interp", [file, "--run-all-exports", "--dummy-import-func"]) { RedirectStandardOutput = true })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text;
        }
        catch (Win32Exception)
        {
            const string Missing = "wasm-interp is not installed (Debian's package wabt)";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
            Assert.Skip(Missing);
            throw;
        }
    }
}
