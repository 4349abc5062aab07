namespace Phala.Wasm;

/// <summary>What an embedder provides for a module's imports, by module name and name. The last definition of a name counts.</summary>
/// <param name="others">Where names are looked for that are not among these; null for nowhere. It may serve many at once, as long as nothing is added to it.</param>
public sealed class Imports(Imports? others = null)
{
    private readonly Dictionary<(string Module, string Name), object> _items = [];

    /// <summary>Provides a function of the host.</summary>
    public Imports Add(string module, string name, HostFunction function) => AddItem(module, name, function);

    /// <summary>Provides a function of another instance of the same store.</summary>
    public Imports Add(string module, string name, Function function) => AddItem(module, name, function);

    /// <summary>Provides a memory.</summary>
    public Imports Add(string module, string name, LinearMemory memory) => AddItem(module, name, memory);

    /// <summary>Provides a table.</summary>
    public Imports Add(string module, string name, Table table) => AddItem(module, name, table);

    /// <summary>Provides a global.</summary>
    public Imports Add(string module, string name, Global global) => AddItem(module, name, global);

    /// <summary>Provides all exports of an instance of the same store.</summary>
    public Imports Add(string module, Instance instance)
    {
        foreach ((string name, object item) in instance.Exports) AddItem(module, name, item);
        return this;
    }

    internal object? Find(string module, string name) => _items.GetValueOrDefault((module, name)) ?? others?.Find(module, name);

    private Imports AddItem(string module, string name, object item)
    {
        _items[(module, name)] = item;
        return this;
    }
}
