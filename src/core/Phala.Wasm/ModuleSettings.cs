namespace Phala.Wasm;

/// <summary>How modules are checked and compiled. Equal settings and equal bytes give equal results, fuel and traps everywhere.</summary>
public sealed record ModuleSettings
{
    /// <summary>Floating point allowed, metered, optimized, default limits.</summary>
    public static ModuleSettings Default { get; } = new();

    /// <summary>The limits.</summary>
    public ResourceLimits Limits { get; init; } = ResourceLimits.Default;

    /// <summary>Whether floating-point types and instructions are allowed. Where they are, results that are NaN are canonical.</summary>
    public bool AllowFloats { get; init; } = true;

    /// <summary>Whether fuel is charged. Without it a run ends only by itself or by <see cref="Store.RequestStop"/>: for code that is trusted.</summary>
    public bool Metered { get; init; } = true;

    /// <summary>
    /// Whether functions are compiled with optimization. Results, fuel and traps do not depend on it. Functions beyond the thresholds of
    /// <see cref="Compilation.FunctionSize"/> are compiled without it in any case.
    /// </summary>
    public bool Optimize { get; init; } = true;
}
