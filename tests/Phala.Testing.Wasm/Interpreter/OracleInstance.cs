using Phala.Wasm;
using Phala.Wasm.Binary;
using Phala.Wasm.Validation;

namespace Phala.Testing.Wasm.Interpreter;

/// <summary>
/// A module made alive (specification 4.5.4), to be run by <see cref="OracleMachine"/>. The slow and obvious second implementation of
/// <c>Phala.Wasm</c>: it shares with it the model and reader of the binary format and the validator, and nothing that executes.
/// </summary>
public sealed class OracleInstance
{
    private readonly ModuleDefinition _module;

    private OracleInstance(OracleStore store, ModuleDefinition module, IReadOnlyList<object> imports)
    {
        Store = store;
        _module = module;
        Spaces = new IndexSpaces(module);
        Functions = [.. imports.OfType<OracleFunction>(), .. DefineFunctions()];
        Tables = [.. imports.OfType<OracleTable>(), .. module.Tables.Select(table => new OracleTable(table.Element, table.Limits.Minimum, Most(table.Limits, store.Limits.TableElements)))];
        Memories = [.. imports.OfType<OracleMemory>(), .. module.Memories.Select(limits => new OracleMemory(limits.Minimum, Most(limits, store.Limits.MemoryPages)))];
        Globals.AddRange(imports.OfType<OracleGlobal>());
        foreach (GlobalDefinition global in module.Globals) Globals.Add(new OracleGlobal(global.Type, Evaluate(global.Value)));
        Elements = [.. module.Elements.Select(segment => segment.Items.Select(Evaluate).ToArray())];
        Data = [.. module.Data.Select(segment => segment.Bytes.ToArray())];
    }

    public OracleStore Store { get; }

    public IReadOnlyList<OracleFunction> Functions { get; }

    public IReadOnlyList<OracleTable> Tables { get; }

    public IReadOnlyList<OracleMemory> Memories { get; }

    public List<OracleGlobal> Globals { get; } = [];

    internal IndexSpaces Spaces { get; }

    /// <summary>The element segments; a dropped one is empty.</summary>
    internal OracleValue[][] Elements { get; }

    /// <summary>The data segments; a dropped one is empty.</summary>
    internal byte[][] Data { get; }

    /// <summary>The most that something may grow to.</summary>
    public static uint Most(Limits limits, int limit) => Math.Min(limits.Maximum ?? uint.MaxValue, (uint)limit);

    /// <summary>Makes a module alive. The imports stand in the module's order and are of the right types.</summary>
    public static OracleOutcome Instantiate(OracleStore store, ModuleDefinition module, IReadOnlyList<object> imports, out OracleInstance? instance)
    {
        OracleInstance? made = null;
        OracleOutcome outcome = OracleMachine.Guard(store, () =>
        {
            store.Charge(OracleCosts.OfInstantiation(module));
            made = new OracleInstance(store, module, imports);
            made.CopySegments();
            return [];
        });
        if (outcome.Trap == OracleTrap.None && module.Start is { } start) outcome = OracleMachine.Call(store, made!.Functions[(int)start], []);
        instance = outcome.Trap == OracleTrap.None ? made : null;
        return outcome;
    }

    /// <summary>Calls an exported function.</summary>
    public OracleOutcome Call(string export, params IReadOnlyList<OracleValue> arguments)
    {
        Export found = _module.Exports.Single(each => each.Name == export && each.Kind == ExternalKind.Function);
        return OracleMachine.Call(Store, Functions[(int)found.Index], arguments);
    }

    private IEnumerable<OracleFunction> DefineFunctions()
    {
        ModuleSettings settings = new() { Limits = Store.Limits };
        HashSet<uint> everyFunction = [.. Enumerable.Range(0, Spaces.FunctionTypes.Length).Select(index => (uint)index)];
        FunctionValidator validator = new(Spaces, settings, everyFunction);
        for (int i = 0; i < _module.Bodies.Count; i++)
        {
            FunctionType type = Spaces.TypeOf((uint)(Spaces.ImportedFunctions + i));
            validator.Validate(type, _module.Bodies[i], out FunctionMeasure measure);
            yield return new OracleFunction(type, this, new OracleCode(type, _module.Bodies[i], measure.OperandHeight, Store.Limits));
        }
    }

    private OracleValue Evaluate(ConstantExpression constant) => constant.Opcode switch
    {
        Opcode.I32Const => OracleValue.I32((uint)constant.Bits),
        Opcode.I64Const => OracleValue.I64(constant.Bits),
        Opcode.F32Const => OracleValue.F32((uint)constant.Bits),
        Opcode.F64Const => OracleValue.F64(constant.Bits),
        Opcode.RefFunc => new OracleValue(ValueKind.FuncRef, 0, Functions[(int)constant.Bits]),
        Opcode.RefNull => OracleValue.Default((ValueKind)constant.Bits),
        _ => Globals[(int)constant.Bits].Value,
    };

    /// <summary>Active segments are copied in their order, elements first, as if by instructions; then they and the declarative ones are dropped.</summary>
    private void CopySegments()
    {
        for (int i = 0; i < _module.Elements.Count; i++)
        {
            ElementSegment segment = _module.Elements[i];
            if (segment.Mode == SegmentMode.Active)
            {
                OracleTable table = Tables[(int)segment.TableIndex];
                TableRules.RequireCopy(Elements[i], table, Evaluate(segment.Offset).Low, 0, (uint)Elements[i].Length);
                TableRules.Copy(Elements[i], table, Evaluate(segment.Offset).Low, 0, (uint)Elements[i].Length);
            }

            if (segment.Mode != SegmentMode.Passive) Elements[i] = [];
        }

        for (int i = 0; i < _module.Data.Count; i++)
        {
            if (_module.Data[i].Mode != SegmentMode.Active) continue;
            uint offset = Evaluate(_module.Data[i].Offset).Low;
            MemoryRules.RequireCopy(Data[i], Memories[0], offset, 0, (uint)Data[i].Length);
            MemoryRules.Copy(Data[i], Memories[0], offset, 0, (uint)Data[i].Length);
            Data[i] = [];
        }
    }
}
