using Phala.Wasm.Binary;

namespace Phala.Wasm.Execution;

/// <summary>Matches imports with what the embedder provides (specification 3.2.9, 4.5.3).</summary>
internal static class Linker
{
    public static LinkError TryLink(Module module, Store store, Imports imports, out LinkedImports linked)
    {
        linked = new LinkedImports([], [], null, []);
        foreach (Import import in module.Spaces.Module.Imports)
        {
            if (imports.Find(import.Module, import.Name) is not { } item) return LinkError.UnknownImport;
            if (!Matches(module, import, item)) return LinkError.IncompatibleImport;
            if (StoreOf(item) is { } owner && owner != store) return LinkError.ForeignStore;
            switch (item)
            {
                case Table table:
                    linked.Tables.Add(table);
                    break;
                case LinearMemory memory:
                    linked = linked with { Memory = memory };
                    break;
                case Global global:
                    linked.Globals.Add(global);
                    break;
                default:
                    linked.Functions.Add(item);
                    break;
            }
        }

        return LinkError.None;
    }

    private static bool Matches(Module module, Import import, object item) => (import.Kind, item) switch
    {
        (ExternalKind.Function, Function function) => function.Type.Equals(module.Spaces.Types[import.TypeIndex]),
        (ExternalKind.Function, HostFunction function) => function.Type.Equals(module.Spaces.Types[import.TypeIndex]),
        (ExternalKind.Table, Table table) =>
            table.Type.Element == import.Table.Element && import.Table.Limits.Admits((uint)table.Length, table.Type.Limits),
        (ExternalKind.Memory, LinearMemory memory) => import.Memory.Admits((uint)memory.Pages, memory.Limits),
        (ExternalKind.Global, Global global) => global.Type == import.Global,
        _ => false,
    };

    private static Store? StoreOf(object item) => item switch
    {
        Function function => function.Store,
        Table table => table.Store,
        LinearMemory memory => memory.Store,
        Global global => global.Store,
        _ => null,
    };
}
