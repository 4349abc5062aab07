using Phala.Testing.Wasm.Generator;
using Phala.Wasm;

namespace Phala.Testing.Wasm.Differential;

/// <summary>A generated module with what the interpreter made of it, loaded into the engine in two ways.</summary>
internal sealed record DifferentialCase(GeneratedModule Module, RunPlan Plan, OracleRun Oracle, Module Optimized, Module Unoptimized)
{
    public static DifferentialCase Make(int seed, ResourceLimits limits)
    {
        GeneratorOptions options = GeneratorOptions.ForThisProfile(seed);
        GeneratedModule module = ModuleGenerator.Generate(seed, options);
        RunPlan plan = RunPlan.Of(module);
        ModuleSettings settings = new() { Limits = limits, AllowFloats = !options.Integers };
        return new DifferentialCase(module, plan, OracleRun.Of(module, plan, limits), Load(module, settings), Load(module, settings with { Optimize = false }));
    }

    private static Module Load(GeneratedModule module, ModuleSettings settings) => Phala.Wasm.Module.TryLoad(module.Bytes, settings, out Module? loaded, out ModuleError error)
        ? loaded!
        : throw new InvalidOperationException($"The generated module of seed {module.Seed} is refused: {error}.");
}
