using Phala.Clusters.Execution;
using Phala.Wasm;
using Phala.Wasm.Binary;
using CallResult = Phala.Clusters.Execution.CallResult;
using MemoryLimits = Phala.Wasm.Binary.Limits;

namespace Phala.Clusters.Wasm;

/// <summary>A contract that is a WebAssembly module in the way of ink!: <c>deploy</c> is its constructor, <c>call</c> answers messages, everything else it does through functions of the host.</summary>
/// <remarks>
/// <b>Invariant.</b> A module reaches nothing but its own memory and the functions that <see cref="HostAbi"/> lists. Each call has a memory of its own that begins as the module says.
/// </remarks>
internal sealed class WasmContract : ContractCode
{
    /// <summary>The most memory of a call, in pages of 64 KiB.</summary>
    internal const int MostPages = 64;

    private const string Constructor = "deploy", Message = "call", MemoryModule = "env", MemoryName = "memory";

    /// <summary>Calls inside of each other together stay below the stack of a thread: see <see cref="Store"/>.</summary>
    private static readonly ResourceLimits Limits = ResourceLimits.Default with { MemoryPages = MostPages, StackBytes = 512 * 1024 };

    /// <summary>Where memories of calls come from and go back to, cleared.</summary>
    internal static MemoryPool Pool { get; } = new(64 * 1024 * 1024);

    private readonly Module _module;
    private readonly MemoryLimits _memory;

    private WasmContract(Module module, MemoryLimits memory) => (_module, _memory) = (module, memory);

    /// <summary>What compiling it counts as, in bytes.</summary>
    internal uint Work => (uint)Math.Min(_module.BytesToCompile, uint.MaxValue);

    /// <summary>Reads and checks code.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="isDeterministic">Whether it has to compute the same on every machine: floating point is refused then.</param>
    /// <param name="optimizes">Whether it is compiled with optimization.</param>
    /// <param name="contract">The contract's code.</param>
    /// <param name="module">What the engine says of the module.</param>
    internal static CodeRefusal TryLoad(ReadOnlySpan<byte> bytes, bool isDeterministic, bool optimizes, out WasmContract? contract, out ModuleError module)
    {
        contract = null;
        if (!Module.TryLoad(bytes, new ModuleSettings { Limits = Limits, AllowFloats = !isDeterministic, Optimize = optimizes }, out Module? loaded, out module)) return CodeRefusal.BadModule;
        ModuleDefinition definition = loaded!.Definition;
        if (definition.Start is not null) return CodeRefusal.HasStart;
        if (!TryFindMemory(definition, out MemoryLimits memory)) return CodeRefusal.BadMemory;
        foreach (Import import in definition.Imports)
        {
            if (import.Kind != ExternalKind.Memory && !HostAbi.Provides(definition, import)) return CodeRefusal.UnknownImport;
        }

        if (!IsEntry(definition, Constructor) || !IsEntry(definition, Message)) return CodeRefusal.MissingEntry;
        contract = new WasmContract(loaded, memory);
        return CodeRefusal.None;
    }

    /// <inheritdoc/>
    public override CallResult Construct(CallContext call, ReadOnlySpan<byte> input) => Run(call, input, Constructor);

    /// <inheritdoc/>
    public override CallResult Call(CallContext call, ReadOnlySpan<byte> input) => Run(call, input, Message);

    private CallResult Run(CallContext call, ReadOnlySpan<byte> input, string entry)
    {
        if (!call.TrySpend(Fuel.Page * _memory.Minimum)) return CallResult.Fail(CallStatus.OutOfGas);
        WasmFrame frame = new(call, input);
        using Store store = new(Limits, Pool) { Owner = frame };
        frame.Begin(store);
        call.Engine.Begin(store);
        Imports imports = new Imports(HostAbi.Imports).Add(MemoryModule, MemoryName, new LinearMemory(store, _memory));
        InstantiationResult made = _module.Instantiate(store, imports);
        Phala.Wasm.CallResult run = made.Run;
        if (made.Instance is { } instance && instance.TryGetFunction(entry, out Function? function)) run = function!.Call([], []);
        call.Engine.End(store);
        return frame.End(run);
    }

    /// <summary>The one memory: imported, with a largest size that contracts may have.</summary>
    private static bool TryFindMemory(ModuleDefinition module, out MemoryLimits memory)
    {
        memory = default;
        Import[] found = [.. module.Imports.Where(import => import.Kind == ExternalKind.Memory)];
        if (found is not [{ Module: MemoryModule, Name: MemoryName } only] || only.Memory.Maximum is not <= MostPages) return false;
        memory = only.Memory;
        return true;
    }

    private static bool IsEntry(ModuleDefinition module, string name)
    {
        uint imported = (uint)module.Imports.Count(import => import.Kind == ExternalKind.Function);
        foreach (Export export in module.Exports)
        {
            if (export.Name != name || export.Kind != ExternalKind.Function || export.Index < imported) continue;
            FunctionType type = module.Types[(int)module.Functions[(int)(export.Index - imported)]];
            return type.Parameters.Length == 0 && type.Results.Length == 0;
        }

        return false;
    }
}
