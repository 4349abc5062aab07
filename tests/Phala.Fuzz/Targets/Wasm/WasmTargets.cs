using Phala.Testing;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>The decoder, the validator and the compiler of Phala.Wasm.</summary>
public static class WasmTargets
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [new ModuleTarget(), new DifferentialTarget()];
}
