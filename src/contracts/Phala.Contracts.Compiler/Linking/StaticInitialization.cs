using Phala.Contracts.Compiler.Code;
using Phala.Contracts.Compiler.Encoding;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>
/// Runs static initializers while compiling, in the engine that will run the contract, and keeps the memory that they leave: at run time they cost nothing.
/// </summary>
internal static class StaticInitialization
{
    private const long Fuel = 1L << 28;

    /// <summary>Runs them.</summary>
    /// <param name="module">A module that exports <c>initialize</c> and the top of its heap.</param>
    /// <param name="plan">Takes the memory afterwards.</param>
    /// <param name="stack">The stack, whose content is dropped.</param>
    /// <returns>What kept them from ending, or null.</returns>
    public static Diagnostic? Run(byte[] module, MemoryPlan plan, DataSymbol stack)
    {
        if (!Module.TryLoad(module, ModuleSettings.Default, out Module? loaded, out ModuleError error)) throw new InvalidOperationException($"the engine refuses what the compiler made: {error}");
        using Store store = new(ModuleSettings.Default.Limits);
        store.AddFuel(Fuel);
        Imports imports = new();
        LinearMemory memory = new(store, loaded!.Definition.Imports.Single(static import => import.Kind == ExternalKind.Memory).Memory);
        imports.Add("env", "memory", memory);
        InstantiationResult made = loaded.Instantiate(store, imports);
        if (made.Instance is null || !made.Instance.TryGetFunction("initialize", out Function? initialize)) throw new InvalidOperationException($"static initializers cannot be linked: {made}");
        CallResult result = initialize!.Call([], []);
        if (!result.IsCompleted)
        {
            return new Diagnostic(
                DiagnosticIds.StaticInitializer, $"static fields are computed while building, where there is no host, and that ended early ({result.Outcome}): initialize them with constants and with what is computed from constants", null, 0, 0);
        }

        made.Instance.TryGetGlobal("heap", out Global? heap);
        if (!memory.TryGetSpan(0, (uint)(memory.Pages * LinearMemory.PageBytes), out Span<byte> bytes)) throw new InvalidOperationException("the memory cannot be read");
        plan.Take(bytes, heap!.Value.AsI32(), stack);
        return null;
    }
}
