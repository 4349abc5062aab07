using Phala.Testing.Wasm.Generator;
using Phala.Testing.Wasm.Interpreter;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm;

/// <summary>Runs a random module on the engine, optimized and not, and on the interpreter, and demands the same of all.</summary>
public static class Differential
{
    private const long Fuel = 30_000;

    private static readonly ResourceLimits Limits = new() { StackBytes = 256 << 10 };

    /// <summary>Runs every function of the module of a seed. Returns the outcomes that were met; throws where two runs differ.</summary>
    public static IReadOnlyList<CallResult> Run(int seed)
    {
        byte[] bytes = RandomModule.Make(seed);
        string[] expected = Interpret(seed, bytes, out List<CallResult> outcomes);
        foreach (bool optimize in new[] { true, false })
        {
            string[] actual = Execute(seed, bytes, optimize);
            for (int i = 0; i < Math.Max(expected.Length, actual.Length); i++)
            {
                if (expected[i] != actual[i]) throw new InvalidOperationException($"seed {seed}, optimize {optimize}:\n  interpreter {expected[i]}\n  engine      {actual[i]}");
            }
        }

        return outcomes;
    }

    private static string[] Interpret(int seed, byte[] bytes, out List<CallResult> outcomes)
    {
        Module module = Load(seed, bytes, optimize: true);
        InterpretedInstance instance = new(module, [arguments => Cell.Of(Host(arguments[0].I32, arguments[1].I64))]);
        instance.Initialize();
        Random random = new(seed);
        List<string> lines = [];
        outcomes = [];
        foreach ((string name, FunctionType type) in Functions(module))
        {
            instance.Fuel = Fuel;
            Cell[] arguments = [.. type.Parameters.ToArray().Select(kind => new Cell(Argument(random, kind)))];
            CallResult result = instance.Call(name, arguments, out Cell[] results);
            outcomes.Add(result);
            lines.Add(Describe(name, result, instance.Fuel, results.Zip(type.Results.ToArray(), (cell, kind) => Show(kind, cell.Bits, cell.Reference))));
        }

        lines.Add(Digest(instance.Memory, instance.Memory.Length, instance.Globals.Zip(RandomModule.Kinds, (cell, kind) => Show(kind, cell.Bits, cell.Reference))));
        return [.. lines];
    }

    private static string[] Execute(int seed, byte[] bytes, bool optimize)
    {
        Module module = Load(seed, bytes, optimize);
        using Store store = new(Limits);
        Imports imports = new Imports().Add("env", "host", new HostFunction((HostContext _, int x, long y) => Host(x, y)));
        store.AddFuel(module.InstantiationFuel);
        InstantiationResult made = module.Instantiate(store, imports);
        if (made.Instance is not { } instance) throw new InvalidOperationException($"seed {seed}: {made}");
        Random random = new(seed);
        List<string> lines = [];
        foreach ((string name, FunctionType type) in Functions(module))
        {
            store.TryCharge(store.Fuel);
            store.AddFuel(Fuel);
            instance.TryGetFunction(name, out Function? function);
            Value[] arguments = [.. type.Parameters.ToArray().Select(kind => Value.Of(kind, Argument(random, kind)))];
            Value[] results = new Value[type.Results.Length];
            CallResult result = function!.Call(arguments, results);
            IEnumerable<string> shown = result.IsCompleted ? results.Select(value => Show(value.Kind, value.Bits, value.Reference)) : [];
            lines.Add(Describe(name, result, store.Fuel, shown));
        }

        instance.TryGetMemory("memory", out LinearMemory? memory);
        memory!.TryGetSpan(0, (uint)memory.Pages * LinearMemory.PageBytes, out Span<byte> span);
        IEnumerable<string> globals = Enumerable.Range(0, RandomModule.Kinds.Length).Select(i =>
        {
            instance.TryGetGlobal($"g{i}", out Global? global);
            return Show(global!.Value.Kind, global.Value.Bits, global.Value.Reference);
        });
        lines.Add(Digest(span, span.Length, globals));
        return [.. lines];
    }

    private static Module Load(int seed, byte[] bytes, bool optimize)
    {
        ModuleSettings settings = new() { Limits = Limits, Optimize = optimize };
        if (!Module.TryLoad(bytes, settings, out Module? module, out ModuleError error)) throw new InvalidOperationException($"seed {seed}: {error}");
        return module!;
    }

    private static IEnumerable<(string Name, FunctionType Type)> Functions(Module module) =>
        module.Definition.Exports.Where(export => export.Kind == ExternalKind.Function)
            .Select(export => (export.Name, module.Spaces.TypeOf(export.Index)));

    private static int Host(int x, long y) => unchecked((x * 31) ^ (int)(y >> 7));

    private static ulong Argument(Random random, ValueKind kind) => kind switch
    {
        ValueKind.I32 => (uint)RandomBits.Integer(random),
        ValueKind.I64 => RandomBits.Integer(random),
        ValueKind.F32 => RandomBits.F32(random),
        _ => RandomBits.F64(random),
    };

    private static string Describe(string name, CallResult result, long fuel, IEnumerable<string> results) =>
        FormattableString.Invariant($"{name}: {result.Outcome} {result.Trap} {result.Fault?.ToString() ?? ""} fuel {fuel} results {string.Join(' ', results)}");

    private static string Show(ValueKind kind, ulong bits, object? reference) => reference switch
    {
        Function function => FormattableString.Invariant($"function {function.Index}"),
        FunctionIndex function => FormattableString.Invariant($"function {function.Value}"),
        _ => FormattableString.Invariant($"{kind} {(kind is ValueKind.I32 or ValueKind.F32 ? (uint)bits : bits):x}"),
    };

    private static string Digest(ReadOnlySpan<byte> memory, int length, IEnumerable<string> globals) =>
        FormattableString.Invariant($"memory {length} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(memory))} globals {string.Join(' ', globals)}");
}
