using System.Globalization;
using Phala.Testing.Wasm.Generator;
using Phala.Testing.Wasm.Interpreter;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Differential;

/// <summary>Runs a generated module on the interpreter.</summary>
public sealed class OracleRun
{
    private readonly OracleStore _store;
    private readonly List<string> _trace = [];
    private readonly Dictionary<string, object> _imports = new(StringComparer.Ordinal);
    private readonly OracleInstance? _instance;

    private OracleRun(GeneratedModule module, RunPlan plan, ResourceLimits limits)
    {
        _store = new OracleStore(limits, OracleCosts.OfInstantiation(module.Definition) + plan.Fuel);
        MakeImports(limits);
        List<object> imports = [.. module.Definition.Imports.Select(import => _imports[import.Name])];
        Note("instantiate", OracleInstance.Instantiate(_store, module.Definition, imports, out _instance));
        if (_instance is not null) Call(module, plan);
        NoteState(module.Definition);
    }

    /// <summary>What happened, one line each.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>The instructions that were executed.</summary>
    public IEnumerable<Opcode> Executed => _store.Executed;

    /// <summary>How the instantiation and the calls ended.</summary>
    public HashSet<OracleTrap> Ends { get; } = [];

    public static OracleRun Of(GeneratedModule module, RunPlan plan, ResourceLimits limits) => new(module, plan, limits);

    private void Call(GeneratedModule module, RunPlan plan)
    {
        foreach (PlannedCall call in plan.Calls)
        {
            _instance!.Globals[(int)module.Definition.Exports.Single(export => export.Name == module.CallBudget).Index].Value = OracleValue.I32((uint)call.Budget);
            OracleOutcome outcome = _instance.Call(call.Name, [.. call.Arguments.Select(argument => ToValue(module, argument))]);
            Note(call.Name, outcome);
            if (outcome.Trap == OracleTrap.OutOfFuel) _store.Fuel += plan.Refill;
        }
    }

    private OracleValue ToValue(GeneratedModule module, PlannedValue planned) =>
        new(planned.Kind, planned.Bits, planned.Function is null ? planned.Text : FunctionOf(module.Definition, planned.Function));

    private OracleFunction FunctionOf(ModuleDefinition module, string name) => _instance!.Functions[(int)module.Exports.Single(export => export.Name == name).Index];

    private void Note(string what, OracleOutcome outcome)
    {
        Ends.Add(outcome.Trap);
        string end = outcome.Trap switch
        {
            OracleTrap.None => $"Completed [{string.Join(' ', outcome.Results.Select(Text))}]",
            OracleTrap.OutOfFuel => "OutOfFuel",
            OracleTrap.HostFailed => $"HostFailed {HostRules.FailureCode}",
            _ => $"Trapped {outcome.Trap}",
        };
        _trace.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {end} fuel {_store.Fuel}"));
    }

    private string Text(OracleValue value) => TraceText.Of(value.Kind, value.Bits, value.Reference is OracleFunction function ? TraceText.OfFunction(IndexOf(function)) : value.Reference);

    private int IndexOf(OracleFunction function)
    {
        for (int i = 0; i < _instance!.Functions.Count; i++)
        {
            if (_instance.Functions[i] == function) return i;
        }

        return -1;
    }

    private void NoteState(ModuleDefinition module)
    {
        foreach (Import import in module.Imports) NoteItem(import.Name, _imports[import.Name]);
        if (_instance is null) return;
        foreach (Export export in module.Exports)
        {
            if (export.Kind == ExternalKind.Memory) NoteItem(export.Name, _instance.Memories[(int)export.Index]);
            if (export.Kind == ExternalKind.Table) NoteItem(export.Name, _instance.Tables[(int)export.Index]);
            if (export.Kind == ExternalKind.Global) NoteItem(export.Name, _instance.Globals[(int)export.Index]);
        }
    }

    private void NoteItem(string name, object item)
    {
        if (item is OracleMemory memory) _trace.Add($"{name}: {TraceText.OfMemory(memory.Bytes)}");
        if (item is OracleGlobal global) _trace.Add($"{name}: {Text(global.Value)}");
        if (item is OracleTable table && _instance is not null) _trace.Add($"{name}: {TraceText.OfTable(table.Items.Length, table.Items.Select(Text))}");
    }

    private void MakeImports(ResourceLimits limits)
    {
        foreach ((string name, FunctionType type) in HostShapes.Functions) _imports[name] = new OracleFunction(type, arguments => Host(name, arguments));
        _imports[HostShapes.ConstantGlobal] = new OracleGlobal(new GlobalType(ValueKind.I32, false), OracleValue.I32(HostRules.ConstantGlobal));
        _imports[HostShapes.MutableGlobal] = new OracleGlobal(new GlobalType(ValueKind.I64, true), OracleValue.I64(unchecked((ulong)HostRules.MutableGlobal)));
        _imports[HostShapes.Memory] = new OracleMemory(HostRules.MemoryPages, OracleInstance.Most(new Limits(HostRules.MemoryPages, HostRules.MostMemoryPages), limits.MemoryPages));
        _imports[HostShapes.Table] = new OracleTable(ValueKind.FuncRef, HostRules.TableSize, OracleInstance.Most(new Limits(HostRules.TableSize, HostRules.MostTableSize), limits.TableElements));
    }

    private OracleValue[]? Host(string name, IReadOnlyList<OracleValue> arguments) => name switch
    {
        HostShapes.Mix => [OracleValue.I32(HostRules.Mix(arguments[0].Low, arguments[1].Low))],
        HostShapes.Fold => [OracleValue.I64(HostRules.Fold(arguments[0].Bits, arguments[1].Bits))],
        HostShapes.Note => NoteCall(arguments[0]),
        HostShapes.Fail => HostRules.Fails(arguments[0].Low) ? null : [OracleValue.I32(unchecked(arguments[0].Low + 1))],
        HostShapes.Pass => [arguments[0]],
        _ => [OracleValue.I64((ulong)_store.Fuel)],
    };

    private OracleValue[] NoteCall(OracleValue value)
    {
        _trace.Add($"  note {Text(value)}");
        return [];
    }
}
