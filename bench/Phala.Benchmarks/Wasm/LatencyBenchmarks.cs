using BenchmarkDotNet.Attributes;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Benchmarks.Wasm;

/// <summary>What a call costs around the guest's own work: cold, cached, and out to the host and back.</summary>
[MemoryDiagnoser]
public class LatencyBenchmarks
{
    private const int HostCalls = 1_000;

    private readonly MemoryPool _pool = new(1 << 24);
    private readonly Value[] _arguments = [Value.OfI32(HostCalls)];
    private readonly byte[] _large = Make(50 << 10);
    private Module _small = null!;
    private Function _caller = null!;

    [GlobalSetup]
    public void Setup()
    {
        _small = Load(Make(100));
        Store store = new();
        store.AddFuel(1L << 62);
        Imports imports = new Imports().Add("env", "next", new HostFunction((HostContext _, int x) => x - 1));
        Load(MakeCaller()).Instantiate(store, imports).Instance!.TryGetFunction("f", out Function? caller);
        _caller = caller!;
    }

    /// <summary>Decode, validate, instantiate and first call of a module of 50 KB.</summary>
    [Benchmark]
    public CallOutcome ColdFirstCallOf50KB() => InstantiateAndCall(Load(_large));

    /// <summary>Instantiate and call a small export of a module that is loaded and compiled.</summary>
    [Benchmark]
    public CallOutcome CachedInstantiateAndCall() => InstantiateAndCall(_small);

    /// <summary>One call from guest to host and back.</summary>
    [Benchmark(OperationsPerInvoke = HostCalls)]
    public CallOutcome HostCallRoundTrip() => _caller.Call(_arguments, []).Outcome;

    private CallOutcome InstantiateAndCall(Module module)
    {
        using Store store = new(pool: _pool);
        store.AddFuel(1L << 40);
        module.Instantiate(store, new Imports()).Instance!.TryGetFunction("f", out Function? function);
        return function!.Call([], []).Outcome;
    }

    private static Module Load(byte[] bytes) =>
        Module.TryLoad(bytes, ModuleSettings.Default, out Module? module, out ModuleError error) ? module! : throw new InvalidOperationException(error.ToString());

    /// <summary>A module of about this size: functions of some 200 bytes, of which the first calls a tenth.</summary>
    private static byte[] Make(int bytes)
    {
        int count = 1 + (bytes / 200);
        FunctionType type = new([], []);
        List<FunctionBody> bodies = [];
        CodeWriter first = new();
        for (uint i = 1; i < count; i += 10) first.Op(Opcode.Call, i);
        bodies.Add(new FunctionBody([], first.Op(Opcode.End).ToArray()));
        for (int i = 1; i < count; i++)
        {
            CodeWriter code = new();
            for (uint k = 0; k < 18; k++) code.I32((int)k * 8).I32((int)k * 4).Access(Opcode.I32Load).Op(Opcode.LocalGet, k % 4).Op(Opcode.I32Add).Op(Opcode.LocalTee, (k + 1) % 4).Access(Opcode.I32Store);
            bodies.Add(new FunctionBody([new LocalGroup(4, ValueKind.I32)], code.Op(Opcode.End).ToArray()));
        }

        return ModuleWriter.Write(new ModuleDefinition
        {
            Types = [type],
            Functions = [.. Enumerable.Repeat(0u, count)],
            Memories = [new Limits(1)],
            Exports = [new Export("f", ExternalKind.Function, 0)],
            Bodies = bodies,
        });
    }

    private static byte[] MakeCaller()
    {
        FunctionType host = new([ValueKind.I32], [ValueKind.I32]), run = new([ValueKind.I32], []);
        CodeWriter code = new CodeWriter().Open(Opcode.Loop).Op(Opcode.LocalGet, 0).Op(Opcode.Call, 0).Op(Opcode.LocalTee, 0).Op(Opcode.BrIf, 0).Op(Opcode.End).Op(Opcode.End);
        return ModuleWriter.Write(new ModuleDefinition
        {
            Types = [host, run],
            Imports = [new Import("env", "next", ExternalKind.Function, TypeIndex: 0)],
            Functions = [1],
            Exports = [new Export("f", ExternalKind.Function, 1)],
            Bodies = [new FunctionBody([], code.ToArray())],
        });
    }
}
