using Phala.Clusters.Wasm.Functions;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Clusters.Wasm;

/// <summary>All that a WebAssembly contract can ask of its host: the functions that ink! 3, 4 and 5 call.</summary>
/// <remarks>
/// Functions of modules <c>seal0</c> and <c>seal1</c> have a second name, with <c>seal_</c> before it: ink! 3 uses it. Where a later version of ink! wanted something else of a function, it is in the next module.
/// </remarks>
internal sealed class HostAbi
{
    private static readonly HostAbi Standard = new();
    private readonly Dictionary<(string Module, string Name), HostFunction> _functions = [];
    private readonly Imports _imports = new();

    private HostAbi()
    {
        StorageFunctions.Register(this);
        CallFunctions.Register(this);
        ContextFunctions.Register(this);
        CryptoFunctions.Register(this);
        OutputFunctions.Register(this);
        ExtensionFunctions.Register(this);
        foreach (((string module, string name), HostFunction function) in _functions) _imports.Add(module, name, function);
    }

    /// <summary>The functions, for a module to be linked with.</summary>
    internal static Imports Imports => Standard._imports;

    /// <summary>All functions.</summary>
    internal static IReadOnlyDictionary<(string Module, string Name), HostFunction> Functions => Standard._functions;

    /// <summary>Whether there is what a module asks for, of the type that it asks for.</summary>
    internal static bool Provides(ModuleDefinition module, Import import) =>
        import.Kind == ExternalKind.Function && Functions.TryGetValue((import.Module, import.Name), out HostFunction? function) && function.Type.Equals(module.Types[(int)import.TypeIndex]);

    /// <summary>Adds a function, under its second name as well where it has one.</summary>
    internal void Add(string module, string name, Delegate function)
    {
        HostFunction made = new(function);
        _functions.Add((module, name), made);
        if (module != "seal2" && !name.StartsWith("seal_", StringComparison.Ordinal)) _functions.Add((module, "seal_" + name), made);
    }
}
