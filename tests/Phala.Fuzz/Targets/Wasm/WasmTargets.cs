using Phala.Testing;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>The WebAssembly engine under hostile modules, and against the interpreter.</summary>
public static class WasmTargets
{
    /// <summary>All targets of this library.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [new ModuleTarget(), new DifferentialTarget()];
}
