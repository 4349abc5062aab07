using Phala.Contracts.Compiler.Code;

namespace Phala.Contracts.Compiler.Encoding;

/// <summary>Numbers of functions, types and globals in a module.</summary>
internal sealed class ModuleIndices
{
    private readonly Dictionary<FunctionShape, uint> _types = [];
    private readonly Dictionary<GlobalSlot, uint> _globals = [];
    private readonly Dictionary<FunctionUnit, uint> _functions = [];

    public List<FunctionShape> Types { get; } = [];

    public List<GlobalSlot> Globals { get; } = [];

    public uint Type(FunctionShape shape)
    {
        if (_types.TryGetValue(shape, out uint known)) return known;
        Types.Add(shape);
        return _types[shape] = (uint)Types.Count - 1;
    }

    public uint Global(GlobalSlot global)
    {
        if (_globals.TryGetValue(global, out uint known)) return known;
        Globals.Add(global);
        return _globals[global] = (uint)Globals.Count - 1;
    }

    public void Add(FunctionUnit function, uint index) => _functions[function] = index;

    public uint Function(FunctionUnit function) => _functions.TryGetValue(function, out uint index) ? index : throw new InvalidOperationException($"{function} is not in the module");
}
