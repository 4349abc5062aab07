using Phala.Wasm.Binary;

namespace Phala.Wasm.Validation;

/// <summary>What the indices of a module mean: for each kind the imported items, then the defined ones (specification 2.5.1).</summary>
internal sealed class IndexSpaces
{
    public IndexSpaces(ModuleDefinition module)
    {
        Module = module;
        Types = [.. module.Types];
        FunctionTypes = [.. Imported(module, ExternalKind.Function).Select(import => import.TypeIndex), .. module.Functions];
        Tables = [.. Imported(module, ExternalKind.Table).Select(import => import.Table), .. module.Tables];
        Memories = [.. Imported(module, ExternalKind.Memory).Select(import => import.Memory), .. module.Memories];
        Globals = [.. Imported(module, ExternalKind.Global).Select(import => import.Global), .. module.Globals.Select(global => global.Type)];
        ImportedFunctions = FunctionTypes.Length - module.Functions.Count;
        ImportedGlobals = Globals.Length - module.Globals.Count;
    }

    public ModuleDefinition Module { get; }

    public FunctionType[] Types { get; }

    /// <summary>The type index of each function.</summary>
    public uint[] FunctionTypes { get; }

    public TableType[] Tables { get; }

    public Limits[] Memories { get; }

    public GlobalType[] Globals { get; }

    public int ImportedFunctions { get; }

    public int ImportedGlobals { get; }

    /// <summary>The type of a function whose index and type index are known to exist.</summary>
    public FunctionType TypeOf(uint function) => Types[FunctionTypes[function]];

    /// <summary>The parameters and results of a block: of a type of the module, or none and at most one result.</summary>
    public FunctionType BlockType(ulong encoded)
    {
        long type = (long)encoded;
        return type >= 0 ? Types[type] : ValueTypes[(int)(type & 0x7F)];
    }

    private static readonly FunctionType[] ValueTypes = MakeValueTypes();

    private static FunctionType[] MakeValueTypes()
    {
        FunctionType[] types = new FunctionType[0x80];
        Array.Fill(types, FunctionType.Empty);
        foreach (ValueKind kind in Enum.GetValues<ValueKind>())
        {
            if (kind != ValueKind.None) types[(int)kind] = new FunctionType([], [kind]);
        }

        return types;
    }

    private static IEnumerable<Import> Imported(ModuleDefinition module, ExternalKind kind) => module.Imports.Where(import => import.Kind == kind);
}
