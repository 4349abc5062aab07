using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Benchmarks.Wasm;

/// <summary>The kernels, loaded.</summary>
public static class KernelModule
{
    /// <summary>Where the kernels lie, beside the program.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Wasm", "Kernels", "kernels.wasm");

    /// <summary>A kernel's function in an instance of its own, with fuel for ever.</summary>
    public static Function Instantiate(Kernel kernel, bool metered)
    {
        Module module = Load(File.ReadAllBytes(Path), ModuleSettings.Default with { Metered = metered });
        Store store = new();
        store.AddFuel(1L << 61);
        InstantiationResult made = module.Instantiate(store, new Imports());
        return made.Instance!.TryGetFunction($"run_{kernel.Name}", out Function? function) ? function! : throw new KeyNotFoundException(kernel.Name);
    }

    /// <summary>A module that does the little work of one kernel in a function without parameters, for programs that call those only.</summary>
    public static byte[] WithoutParameters(Kernel kernel)
    {
        ModuleDecoder.TryDecode(File.ReadAllBytes(Path), ResourceLimits.Default, out ModuleDefinition? kernels, out _);
        uint function = kernels!.Exports.Single(export => export.Name == $"run_{kernel.Name}").Index;
        byte[] code = new CodeWriter().I32(kernel.LittleWork).Op(Opcode.Call, function).Op(Opcode.End).ToArray();
        return ModuleWriter.Write(kernels with
        {
            Types = [.. kernels.Types, new FunctionType([], [ValueKind.I64])],
            Functions = [.. kernels.Functions, (uint)kernels.Types.Count],
            Bodies = [.. kernels.Bodies, new FunctionBody([], code)],
            Exports = [new Export("run", ExternalKind.Function, (uint)kernels.Functions.Count)],
        });
    }

    /// <summary>Loads a module that is known to load.</summary>
    public static Module Load(byte[] bytes, ModuleSettings settings) =>
        Module.TryLoad(bytes, settings, out Module? module, out ModuleError error) ? module! : throw new InvalidOperationException($"The module is refused: {error}.");
}
