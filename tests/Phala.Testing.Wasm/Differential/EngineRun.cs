using System.Globalization;
using Phala.Testing.Wasm.Generator;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Differential;

/// <summary>Runs a generated module on the engine. The thread needs the stack that <see cref="Store"/> asks for.</summary>
public sealed class EngineRun : IDisposable
{
    private readonly Store _store;
    private readonly List<string> _trace = [];
    private readonly Dictionary<string, object> _imported = new(StringComparer.Ordinal);
    private Instance? _instance;

    private EngineRun(Module module, MemoryPool pool)
    {
        _store = new Store(module.Settings.Limits, pool);
    }

    /// <summary>What happens, one line each.</summary>
    public static IReadOnlyList<string> Trace(GeneratedModule generated, Module module, RunPlan plan, MemoryPool pool)
    {
        using EngineRun run = new(module, pool);
        run.Run(generated, module, plan);
        return run._trace;
    }

    public void Dispose() => _store.Dispose();

    private void Run(GeneratedModule generated, Module module, RunPlan plan)
    {
        _store.AddFuel(module.InstantiationFuel + plan.Fuel);
        InstantiationResult made = module.Instantiate(_store, MakeImports());
        _instance = made.Instance;
        if (made.Link != LinkError.None) _trace.Add($"link: {made.Link}");
        Note("instantiate", made.Run, []);
        if (_instance is not null) Call(generated, plan);
        NoteState(generated.Definition);
    }

    private void Call(GeneratedModule generated, RunPlan plan)
    {
        foreach (PlannedCall call in plan.Calls)
        {
            if (_instance!.TryGetGlobal(generated.CallBudget, out Global? budget)) budget!.Value = Value.OfI32(call.Budget);
            Function function = FunctionOf(call.Name);
            Value[] arguments = [.. call.Arguments.Select(ToValue)];
            Value[] results = new Value[function.Type.Results.Length];
            CallResult result = function.Call(arguments, results);
            Note(call.Name, result, results);
            if (result.Outcome == CallOutcome.OutOfFuel) _store.AddFuel(plan.Refill);
        }
    }

    private Value ToValue(PlannedValue planned) =>
        Value.Of(planned.Kind, planned.Bits, planned.Function is null ? planned.Text : FunctionOf(planned.Function));

    private Function FunctionOf(string name) => _instance!.TryGetFunction(name, out Function? function) ? function! : throw new KeyNotFoundException(name);

    private void Note(string what, CallResult result, Value[] results)
    {
        string end = result.Outcome switch
        {
            CallOutcome.Completed => $"Completed [{string.Join(' ', results.Select(Text))}]",
            CallOutcome.Trapped => $"Trapped {result.Trap}",
            CallOutcome.HostFailed => string.Create(CultureInfo.InvariantCulture, $"HostFailed {result.HostError}"),
            CallOutcome.InternalFault => $"InternalFault {result.Fault}",
            _ => result.Outcome.ToString(),
        };
        _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {end} fuel {_store.Fuel}"));
    }

    private static string Text(Value value) => TraceText.Of(value.Kind, value.Bits, value.Reference is Function function ? TraceText.OfFunction(function.Index) : value.Reference);

    private void NoteState(ModuleDefinition module)
    {
        foreach (Import import in module.Imports.Where(import => import.Kind != ExternalKind.Function)) NoteItem(import.Name, _imported[import.Name]);
        if (_instance is null) return;
        foreach (Export export in module.Exports)
        {
            if (export.Kind == ExternalKind.Memory && _instance.TryGetMemory(export.Name, out LinearMemory? memory)) NoteItem(export.Name, memory!);
            if (export.Kind == ExternalKind.Table && _instance.TryGetTable(export.Name, out Table? table)) NoteItem(export.Name, table!);
            if (export.Kind == ExternalKind.Global && _instance.TryGetGlobal(export.Name, out Global? global)) NoteItem(export.Name, global!);
        }
    }

    private void NoteItem(string name, object item)
    {
        if (item is LinearMemory memory && memory.TryGetSpan(0, (uint)memory.Pages * LinearMemory.PageBytes, out Span<byte> bytes)) _trace.Add($"{name}: {TraceText.OfMemory(bytes)}");
        if (item is Global global) _trace.Add($"{name}: {Text(global.Value)}");
        if (item is Table table && _instance is not null) _trace.Add($"{name}: {TraceText.OfTable(table.Length, Elements(table))}");
    }

    private static IEnumerable<string> Elements(Table table)
    {
        for (uint i = 0; table.TryGet(i, out object? element); i++) yield return Text(Value.Of(table.Type.Element, 0, element));
    }

    private Imports MakeImports()
    {
        Imports imports = new();
        imports.Add(HostShapes.Module, HostShapes.Mix, new HostFunction((Func<HostContext, int, int, int>)((_, a, b) => (int)HostRules.Mix((uint)a, (uint)b))));
        imports.Add(HostShapes.Module, HostShapes.Fold, new HostFunction((Func<HostContext, long, double, long>)((_, a, b) => (long)HostRules.Fold((ulong)a, BitConverter.DoubleToUInt64Bits(b)))));
        imports.Add(HostShapes.Module, HostShapes.Note, new HostFunction((Action<HostContext, float>)((_, value) => _trace.Add($"  note {Text(Value.OfF32(value))}"))));
        imports.Add(HostShapes.Module, HostShapes.Fail, new HostFunction((Func<HostContext, int, int>)FailSometimes));
        imports.Add(HostShapes.Module, HostShapes.Pass, new HostFunction((Func<HostContext, object?, Function?, object?>)((_, value, _) => value)));
        imports.Add(HostShapes.Module, HostShapes.Fuel, new HostFunction((Func<HostContext, long>)(context => context.Store.Fuel)));

        Global constant = new(_store, mutable: false, Value.OfI32(HostRules.ConstantGlobal));
        Global mutable = new(_store, mutable: true, Value.OfI64(HostRules.MutableGlobal));
        LinearMemory memory = new(_store, new Limits(HostRules.MemoryPages, HostRules.MostMemoryPages));
        Table table = new(_store, new TableType(ValueKind.FuncRef, new Limits(HostRules.TableSize, HostRules.MostTableSize)));
        imports.Add(HostShapes.Module, HostShapes.ConstantGlobal, constant).Add(HostShapes.Module, HostShapes.MutableGlobal, mutable);
        imports.Add(HostShapes.Module, HostShapes.Memory, memory).Add(HostShapes.Module, HostShapes.Table, table);
        (_imported[HostShapes.ConstantGlobal], _imported[HostShapes.MutableGlobal]) = (constant, mutable);
        (_imported[HostShapes.Memory], _imported[HostShapes.Table]) = (memory, table);
        return imports;
    }

    private static int FailSometimes(HostContext context, int a)
    {
        if (!HostRules.Fails((uint)a)) return unchecked(a + 1);
        context.Fail(HostRules.FailureCode);
        return 0;
    }
}
