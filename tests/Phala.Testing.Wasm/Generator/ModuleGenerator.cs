using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>
/// Makes random valid modules: equal seeds and options make equal modules. Every instruction, type and trap of the profile occurs with some
/// probability; the tests assert that a run has executed them all.
/// </summary>
public sealed class ModuleGenerator
{
    /// <summary>The entry that digests the state.</summary>
    public const string HashName = "hash";

    private const int FewestFunctions = 1, MostFunctions = 4;

    private readonly int _seed;
    private readonly GeneratorOptions _options;
    private readonly Choice _choice;
    private readonly ModuleShape _shape = new();
    private readonly List<Import> _imports = [];
    private readonly List<GlobalDefinition> _globals = [];
    private readonly List<ElementSegment> _elements = [];
    private readonly List<DataSegment> _data = [];
    private readonly List<FunctionBody> _bodies = [];

    private ModuleGenerator(int seed, GeneratorOptions options)
    {
        _seed = seed;
        _options = options;
        _choice = new Choice(seed);
    }

    public static GeneratedModule Generate(int seed, GeneratorOptions options) => new ModuleGenerator(seed, options).Generate();

    private GeneratedModule Generate()
    {
        PlanTypes();
        if (_options.Probed) PlanProbe();
        else if (!_options.Portable) PlanImports();
        for (int count = _choice.Between(FewestFunctions, MostFunctions); count > 0; count--) _shape.FunctionTypes.Add((uint)_choice.Below(_shape.Types.Count));
        _shape.OrdinaryFunctions = _shape.FunctionTypes.Count;
        PlanGlobals();
        PlanTables();
        PlanMemory();

        int last = _shape.OrdinaryFunctions;
        for (int index = _shape.ImportedFunctions; index < last; index++) _bodies.Add(new BodyGenerator(_choice, _options, _shape).Generate(_shape.TypeOf((uint)index)));
        List<Export> exports = [];
        List<(string, FunctionType)> functions = [];
        List<string> entries = [];
        for (int index = _shape.ImportedFunctions; index < last; index++)
        {
            if (_options.Portable)
            {
                entries.Add($"r{index}");
                AddEntry(exports, entries[^1], EntryWriter.Entry(_choice, _shape, (uint)index));
            }
            else
            {
                exports.Add(new Export($"f{index}", ExternalKind.Function, (uint)index));
                functions.Add(($"f{index}", _shape.TypeOf((uint)index)));
            }
        }

        if (_options.Portable)
        {
            entries.Add(HashName);
            AddEntry(exports, HashName, EntryWriter.Hash(_shape));
        }

        ExportState(exports);
        return new GeneratedModule(_seed, Define(exports), entries, functions, $"g{_shape.CallBudget}");
    }

    private ModuleDefinition Define(List<Export> exports)
    {
        int imported = _shape.ImportedFunctions;
        uint? start = _choice.Percent(30) ? FindStart() : null;
        return new ModuleDefinition
        {
            Types = _shape.Types,
            Imports = _imports,
            Functions = [.. _shape.FunctionTypes.Skip(imported)],
            Tables = [.. _shape.Tables.Skip(Imported(ExternalKind.Table)).Select(table => new TableType(table.Element, new Limits(table.Size, _choice.Percent(70) ? table.Size + 12 : null)))],
            Memories = _shape.HasMemory && Imported(ExternalKind.Memory) == 0 ? [new Limits(1, _options.Portable || _choice.Percent(70) ? 3 : null)] : [],
            Globals = _globals,
            Exports = exports,
            Start = start,
            Elements = _elements,
            DataCount = _data.Count > 0 ? (uint)_data.Count : null,
            Bodies = _bodies,
            Data = _data,
        };
    }

    private int Imported(ExternalKind kind) => _imports.Count(import => import.Kind == kind);

    private uint? FindStart()
    {
        int index = _shape.FunctionTypes.FindIndex(_shape.ImportedFunctions, type => _shape.Types[(int)type].Equals(new FunctionType([], [])));
        return index >= 0 && index < _shape.OrdinaryFunctions ? (uint)index : null;
    }

    private void AddEntry(List<Export> exports, string name, (FunctionType Type, FunctionBody Body) entry)
    {
        exports.Add(new Export(name, ExternalKind.Function, (uint)_shape.FunctionTypes.Count));
        _shape.FunctionTypes.Add(_shape.IndexOf(entry.Type));
        _bodies.Add(entry.Body);
    }

    private void ExportState(List<Export> exports)
    {
        if (_shape.HasMemory) exports.Add(new Export("memory", ExternalKind.Memory, 0));
        for (int i = 0; i < _shape.Tables.Count; i++) exports.Add(new Export($"t{i}", ExternalKind.Table, (uint)i));
        for (int i = 0; i < _shape.Globals.Count; i++) exports.Add(new Export($"g{i}", ExternalKind.Global, (uint)i));
    }

    private void PlanTypes()
    {
        _shape.IndexOf(new FunctionType([], []));
        for (int count = _choice.Between(3, 7); count > 0; count--)
        {
            _shape.IndexOf(new FunctionType(RandomKinds(_choice.Below(4)), RandomKinds(_choice.Below(4))));
        }
    }

    private ValueKind[] RandomKinds(int count) => [.. Enumerable.Range(0, count).Select(_ => _choice.Percent(80) ? _choice.Of(_options.Numbers) : _choice.Of(_options.Kinds))];

    private void PlanProbe()
    {
        uint index = _shape.IndexOf(new FunctionType([ValueKind.I32, ValueKind.I64], [ValueKind.I32]));
        _imports.Add(new Import("env", "host", ExternalKind.Function, index));
        _shape.FunctionTypes.Add(index);
        _shape.ImportedFunctions = 1;
    }

    private void PlanImports()
    {
        foreach ((string name, FunctionType type) in HostShapes.Functions)
        {
            if (!_choice.Percent(30) || !_options.Allows(type)) continue;
            uint index = _shape.IndexOf(type);
            _imports.Add(new Import(HostShapes.Module, name, ExternalKind.Function, index));
            _shape.FunctionTypes.Add(index);
        }

        _shape.ImportedFunctions = _shape.FunctionTypes.Count;
        if (_choice.Percent(20)) AddImport(new Import(HostShapes.Module, HostShapes.Memory, ExternalKind.Memory, Memory: new Limits(1, 3)));
        if (_choice.Percent(20)) AddImport(new Import(HostShapes.Module, HostShapes.Table, ExternalKind.Table, Table: new TableType(ValueKind.FuncRef, new Limits(10, 40))));
        if (_choice.Percent(30)) AddImport(new Import(HostShapes.Module, HostShapes.ConstantGlobal, ExternalKind.Global, Global: new GlobalType(ValueKind.I32, false)));
        if (_choice.Percent(30)) AddImport(new Import(HostShapes.Module, HostShapes.MutableGlobal, ExternalKind.Global, Global: new GlobalType(ValueKind.I64, true)));
    }

    private void AddImport(Import import)
    {
        _imports.Add(import);
        if (import.Kind == ExternalKind.Memory) _shape.HasMemory = true;
        if (import.Kind == ExternalKind.Table) _shape.Tables.Add((ValueKind.FuncRef, 12));
        if (import.Kind == ExternalKind.Global) _shape.Globals.Add(import.Global);
    }

    private void PlanGlobals()
    {
        int imported = _shape.Globals.Count;
        _shape.CallBudget = (uint)imported;
        AddGlobal(new GlobalType(ValueKind.I32, true), ConstantExpression.OfI32(12));
        for (int count = _choice.Between(3, 8); count > 0; count--)
        {
            ValueKind kind = _choice.Of(_options.Kinds);
            int same = imported == 0 ? -1 : _shape.Globals.FindIndex(0, imported, global => global.Kind == kind && !global.Mutable);
            ConstantExpression value = same >= 0 && _choice.Percent(50) ? new ConstantExpression(Opcode.GlobalGet, (uint)same) : Constant(kind);
            AddGlobal(new GlobalType(kind, _choice.Percent(75)), value);
        }
    }

    private void AddGlobal(GlobalType type, ConstantExpression value)
    {
        _shape.Globals.Add(type);
        _globals.Add(new GlobalDefinition(type, value));
    }

    private ConstantExpression Constant(ValueKind kind) => kind switch
    {
        ValueKind.FuncRef when _choice.Percent(60) => ConstantExpression.OfFunction((uint)_choice.Below(_shape.OrdinaryFunctions)),
        ValueKind.FuncRef or ValueKind.ExternRef => new ConstantExpression(Opcode.RefNull, (ulong)kind),
        ValueKind.I32 => new ConstantExpression(Opcode.I32Const, Constants.Pick(_choice, kind)),
        ValueKind.I64 => new ConstantExpression(Opcode.I64Const, Constants.Pick(_choice, kind)),
        ValueKind.F32 => new ConstantExpression(Opcode.F32Const, Constants.Pick(_choice, kind)),
        _ => new ConstantExpression(Opcode.F64Const, Constants.Pick(_choice, kind)),
    };

    private void PlanTables()
    {
        if (_shape.Tables.Count == 0) _shape.Tables.Add((ValueKind.FuncRef, 12));
        if (_choice.Percent(60)) _shape.Tables.Add((_choice.Percent(70) ? ValueKind.ExternRef : ValueKind.FuncRef, (uint)_choice.Between(2, 10)));

        int functions = _shape.OrdinaryFunctions;
        for (int slot = 0; slot < 8; slot++) _shape.Slots.Add((uint)_choice.Below(functions));
        AddElements(new ElementSegment(SegmentMode.Active, 0, ConstantExpression.OfI32(0), ValueKind.FuncRef, [.. _shape.Slots.Select(ConstantExpression.OfFunction)]));
        AddElements(new ElementSegment(SegmentMode.Declarative, 0, default, ValueKind.FuncRef, [.. Enumerable.Range(0, functions).Select(index => ConstantExpression.OfFunction((uint)index))]));
        AddElements(new ElementSegment(SegmentMode.Passive, 0, default, ValueKind.FuncRef, [.. Enumerable.Range(0, _choice.Between(1, 6)).Select(_ => Constant(ValueKind.FuncRef))]));
        if (_choice.Percent(60)) AddElements(new ElementSegment(SegmentMode.Passive, 0, default, ValueKind.ExternRef, [.. Enumerable.Range(0, 3).Select(_ => Constant(ValueKind.ExternRef))]));
        if (_choice.Percent(3)) AddElements(new ElementSegment(SegmentMode.Active, 0, ConstantExpression.OfI32(12), ValueKind.FuncRef, [ConstantExpression.OfFunction(0)]));
    }

    private void AddElements(ElementSegment segment)
    {
        _elements.Add(segment);
        _shape.Elements.Add((segment.Element, (uint)segment.Items.Count));
    }

    private void PlanMemory()
    {
        if (!_shape.HasMemory) _shape.HasMemory = _choice.Percent(92);
        for (int count = _choice.Between(1, 3); count > 0; count--)
        {
            byte[] bytes = new byte[_choice.Between(0, 80)];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)_choice.Below(256);
            bool active = _shape.HasMemory && _choice.Percent(50);
            int offset = _choice.Percent(97) ? _choice.Below(2000) : 65536 - _choice.Below(40);
            _data.Add(new DataSegment(active ? SegmentMode.Active : SegmentMode.Passive, active ? ConstantExpression.OfI32(offset) : default, bytes));
            _shape.Data.Add((uint)bytes.Length);
        }
    }
}
