using Phala.Wasm.Binary;
using Phala.Wasm.Execution;
using Phala.Wasm.Validation;

namespace Phala.Wasm;

/// <summary>A module with its memory, tables and globals.</summary>
public sealed class Instance
{
    // Compiled code reads these fields.
    internal readonly Store _store;
    internal readonly LinearMemory? _memory;
    internal readonly Table[] _tables;
    internal readonly Global[] _globals;
    internal readonly Function[] _imports;

    private readonly Function?[] _functions;
    private readonly HostFunction?[] _hostFunctions;

    internal Instance(Module module, Store store, LinkedImports linked)
    {
        IndexSpaces spaces = module.Spaces;
        Module = module;
        _store = store;
        Context = new HostContext(this);
        _functions = new Function?[spaces.FunctionTypes.Length];
        _hostFunctions = new HostFunction?[spaces.ImportedFunctions];
        _imports = [.. linked.Functions.Select(BindImport)];
        _imports.CopyTo(_functions, 0);
        _tables = [.. linked.Tables, .. spaces.Module.Tables.Select(type => new Table(store, type))];
        _memory = linked.Memory ?? (spaces.Memories.Length > 0 ? new LinearMemory(store, spaces.Memories[0]) : null);
        _globals = new Global[spaces.Globals.Length];
        linked.Globals.CopyTo(_globals);
        for (int i = spaces.ImportedGlobals; i < _globals.Length; i++)
        {
            GlobalDefinition definition = spaces.Module.Globals[i - spaces.ImportedGlobals];
            _globals[i] = new Global(store, definition.Type.Mutable, Evaluate(definition.Value));
        }

        Data = [.. spaces.Module.Data.Select(segment => segment.Bytes)];
        Elements = [.. spaces.Module.Elements.Select(segment => segment.Items.Select(item => Evaluate(item).Reference).ToArray())];
    }

    /// <summary>The module.</summary>
    public Module Module { get; }

    /// <summary>The world that the instance lives in.</summary>
    public Store Store => _store;

    /// <summary>Everything that the module exports: a <see cref="Function"/>, <see cref="LinearMemory"/>, <see cref="Table"/> or <see cref="Global"/> each.</summary>
    public IEnumerable<KeyValuePair<string, object>> Exports =>
        Module.Spaces.Module.Exports.Select(export => new KeyValuePair<string, object>(export.Name, Resolve(export)));

    internal HostContext Context { get; }

    /// <summary>The data segments; empty where dropped.</summary>
    internal ReadOnlyMemory<byte>[] Data { get; }

    /// <summary>The element segments; empty where dropped.</summary>
    internal object?[][] Elements { get; }

    /// <summary>Finds an exported function, or returns false if there is none of this name.</summary>
    public bool TryGetFunction(string name, out Function? function) => TryGet(name, out function);

    /// <summary>Finds an exported memory, or returns false if there is none of this name.</summary>
    public bool TryGetMemory(string name, out LinearMemory? memory) => TryGet(name, out memory);

    /// <summary>Finds an exported table, or returns false if there is none of this name.</summary>
    public bool TryGetTable(string name, out Table? table) => TryGet(name, out table);

    /// <summary>Finds an exported global, or returns false if there is none of this name.</summary>
    public bool TryGetGlobal(string name, out Global? global) => TryGet(name, out global);

    internal HostFunction HostFunctionOf(int import) => _hostFunctions[import]!;

    /// <summary>The function of an index, as a reference that is the same each time.</summary>
    internal Function GetFunction(int index) => _functions[index] ??= new Function(this, index, Module.Spaces.TypeOf((uint)index));

    /// <summary>Copies the active segments, elements first (4.5.4).</summary>
    internal void Initialize()
    {
        IReadOnlyList<ElementSegment> elements = Module.Spaces.Module.Elements;
        for (int i = 0; i < elements.Count; i++)
        {
            if (elements[i].Mode == SegmentMode.Passive) continue;
            if (elements[i].Mode == SegmentMode.Active)
            {
                BulkOperations.InitTable(this, i, (int)elements[i].TableIndex, Evaluate(elements[i].Offset).AsI32(), 0, elements[i].Items.Count);
            }

            BulkOperations.DropElements(this, i);
        }

        IReadOnlyList<DataSegment> data = Module.Spaces.Module.Data;
        for (int i = 0; i < data.Count; i++)
        {
            if (data[i].Mode != SegmentMode.Active) continue;
            BulkOperations.InitMemory(this, i, Evaluate(data[i].Offset).AsI32(), 0, data[i].Bytes.Length);
            BulkOperations.DropData(this, i);
        }
    }

    private Function BindImport(object item, int index)
    {
        if (item is Function function) return function;
        _hostFunctions[index] = (HostFunction)item;
        return new Function(this, index, Module.Spaces.TypeOf((uint)index));
    }

    private Value Evaluate(ConstantExpression constant) => constant.Opcode switch
    {
        Opcode.I32Const => Value.Of(ValueKind.I32, constant.Bits),
        Opcode.I64Const => Value.Of(ValueKind.I64, constant.Bits),
        Opcode.F32Const => Value.Of(ValueKind.F32, constant.Bits),
        Opcode.F64Const => Value.Of(ValueKind.F64, constant.Bits),
        Opcode.RefNull => Value.Of((ValueKind)constant.Bits, 0),
        Opcode.RefFunc => Value.OfFunction(GetFunction((int)constant.Bits)),
        _ => _globals[constant.Bits].Value,
    };

    private bool TryGet<T>(string name, out T? item)
        where T : class
    {
        item = null;
        foreach (Export export in Module.Spaces.Module.Exports)
        {
            if (export.Name == name) item = Resolve(export) as T;
        }

        return item is not null;
    }

    private object Resolve(Export export) => export.Kind switch
    {
        ExternalKind.Function => GetFunction((int)export.Index),
        ExternalKind.Table => _tables[export.Index],
        ExternalKind.Memory => _memory!,
        _ => _globals[export.Index],
    };
}
