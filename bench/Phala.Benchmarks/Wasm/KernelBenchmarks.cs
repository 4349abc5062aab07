using BenchmarkDotNet.Attributes;
using Phala.Wasm;

namespace Phala.Benchmarks.Wasm;

/// <summary>Hot compiled code, with fuel and without. The same kernels in V8 and wabt: <c>dotnet run -c Release --project bench/Phala.Benchmarks -- wasm-kernels</c>.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private readonly Value[] _arguments = new Value[1];
    private readonly Value[] _results = new Value[1];
    private Function? _function;

    [ParamsSource(nameof(Kernels))]
    public Kernel Kernel { get; set; } = Kernel.All[0];

    [Params(true, false)]
    public bool Metered { get; set; }

    public static IEnumerable<Kernel> Kernels => Kernel.All;

    [GlobalSetup]
    public void Setup()
    {
        _function = KernelModule.Instantiate(Kernel, Metered);
        _arguments[0] = Value.OfI32(Kernel.Work);
        Run();
        if (_results[0].Bits != Kernel.Digest) throw new InvalidOperationException($"{Kernel} gives {_results[0]}.");
    }

    [Benchmark]
    public CallResult Run() => _function!.Call(_arguments, _results);
}
