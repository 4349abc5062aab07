using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Phala.Wasm;

namespace Phala.Benchmarks.Wasm;

/// <summary>Compiled speed, metered and not, beside V8 (node, its optimizing compiler only) in the same run.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private readonly Value[] _arguments = new Value[1];
    private readonly Value[] _results = new Value[1];
    private Function _metered = null!;
    private Function _unmetered = null!;
    private Process _node = null!;

    [ParamsSource(nameof(Names))]
    public string Kernel { get; set; } = "fib";

    public static IEnumerable<string> Names => Kernels.Arguments.Keys;

    [GlobalSetup]
    public void Setup()
    {
        _metered = Load(metered: true);
        _unmetered = Load(metered: false);
        _arguments[0] = Value.OfI32(Kernels.Arguments[Kernel]);
        string script = string.Create(CultureInfo.InvariantCulture, $$"""
            const f = new WebAssembly.Instance(new WebAssembly.Module(require('fs').readFileSync({{System.Text.Json.JsonSerializer.Serialize(Kernels.File)}}))).exports.{{Kernel}};
            require('readline').createInterface({ input: process.stdin }).on('line', () => console.log(String(f({{Kernels.Arguments[Kernel]}}))));
            """);
        _node = Process.Start(new ProcessStartInfo("node", ["--no-liftoff", "-e", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }

    [Benchmark]
    public CallOutcome Metered() => _metered.Call(_arguments, _results).Outcome;

    [Benchmark]
    public CallOutcome Unmetered() => _unmetered.Call(_arguments, _results).Outcome;

    /// <summary>With the way there and back through a pipe, some 0.05 ms.</summary>
    [Benchmark(Baseline = true)]
    public string? V8()
    {
        _node.StandardInput.WriteLine();
        _node.StandardInput.Flush();
        return _node.StandardOutput.ReadLine();
    }

    private Function Load(bool metered)
    {
        if (!Module.TryLoad(System.IO.File.ReadAllBytes(Kernels.File), new ModuleSettings { Metered = metered }, out Module? module, out ModuleError error))
        {
            throw new InvalidOperationException(error.ToString());
        }

        Store store = new();
        store.AddFuel(1L << 62);
        module!.Instantiate(store, new Imports()).Instance!.TryGetFunction(Kernel, out Function? function);
        return function!;
    }
}
