using BenchmarkDotNet.Attributes;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Benchmarks.Wasm;

/// <summary>What a worker pays around the code of a contract: the first call of a cold module, an instance of a warm one, the border to the host.</summary>
[MemoryDiagnoser]
public class ContractBenchmarks
{
    private const int HostCalls = 10_000, ColdBytes = 50_000;

    private readonly Value[] _none = [];
    private readonly Value[] _result = new Value[1];
    private readonly MemoryPool _pool = new(16 << 20);
    private readonly ModuleCache _cache = new(1 << 20);
    private readonly Imports _imports = new();
    private byte[] _smallBytes = [];
    private byte[] _cold = [];
    private Function? _loop;

    [GlobalSetup]
    public void Setup()
    {
        _imports.Add("host", "add", new HostFunction((Func<HostContext, int, int>)((_, value) => value + 1)));
        _cold = ColdModule.Make(ColdBytes);
        _smallBytes = SmallModule();
        CachedInstantiateAndCall();
        Store store = new();
        store.AddFuel(1L << 61);
        if (Cached().Instantiate(store, _imports).Instance!.TryGetFunction("loop", out Function? loop)) _loop = loop;
    }

    /// <summary>Decode, validate, instantiate, compile what the call needs, and run it.</summary>
    [Benchmark]
    [Arguments(true)]
    [Arguments(false)]
    public CallResult FirstCallOfCold50KilobyteModule(bool optimize)
    {
        Module module = KernelModule.Load(_cold, ModuleSettings.Default with { Optimize = optimize });
        return CallOnce(module, ColdModule.Imports, ColdModule.Entry, _none);
    }

    /// <summary>Find the module by its bytes, instantiate it and call an export.</summary>
    [Benchmark]
    public CallResult CachedInstantiateAndCall() => CallOnce(Cached(), _imports, "small", _result);

    [Benchmark(OperationsPerInvoke = HostCalls)]
    public CallResult HostCallRoundTrip() => _loop!.Call(_none, _result);

    private Module Cached() =>
        _cache.TryLoad(_smallBytes, ModuleSettings.Default, out Module? module, out ModuleError error) ? module! : throw new InvalidOperationException($"The module is refused: {error}.");

    private CallResult CallOnce(Module module, Imports imports, string export, Value[] results)
    {
        using Store store = new(pool: _pool);
        store.AddFuel(1L << 40);
        Instance instance = module.Instantiate(store, imports).Instance!;
        return instance.TryGetFunction(export, out Function? function) ? function!.Call(_none, results) : throw new KeyNotFoundException(export);
    }

    /// <summary>A page of memory, an export that adds two numbers, and one that calls the host in a loop.</summary>
    private static byte[] SmallModule()
    {
        byte[] small = new CodeWriter().I32(20).I32(22).Op(Opcode.I32Add).Op(Opcode.End).ToArray();
        byte[] loop = new CodeWriter().Open(Opcode.Loop).Op(Opcode.LocalGet, 0).Op(Opcode.Call, 0).Op(Opcode.LocalTee, 0).I32(HostCalls).Op(Opcode.I32LtS).Op(Opcode.BrIf, 0)
            .Op(Opcode.End).Op(Opcode.LocalGet, 0).Op(Opcode.End).ToArray();
        return ModuleWriter.Write(new ModuleDefinition
        {
            Types = [new FunctionType([ValueKind.I32], [ValueKind.I32]), new FunctionType([], [ValueKind.I32])],
            Imports = [new Import("host", "add", ExternalKind.Function, TypeIndex: 0)],
            Functions = [1, 1],
            Memories = [new Limits(1)],
            Exports = [new Export("small", ExternalKind.Function, 1), new Export("loop", ExternalKind.Function, 2)],
            Bodies = [new FunctionBody([], small), new FunctionBody([new LocalGroup(1, ValueKind.I32)], loop)],
        });
    }
}
