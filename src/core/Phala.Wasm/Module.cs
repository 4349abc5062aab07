using Phala.Wasm.Binary;
using Phala.Wasm.Compilation;
using Phala.Wasm.Execution;
using Phala.Wasm.Validation;

namespace Phala.Wasm;

/// <summary>
/// A WebAssembly module, checked and ready to be instantiated any number of times, on any number of threads.
/// <para>The way of a call: <see cref="TryLoad"/> decodes and validates; <see cref="Instantiate"/> links and copies segments;
/// <see cref="Function.Call"/> enters the guest; a function's code is compiled to CIL when it is first called and shared by all instances.</para>
/// <para>Invariant: a module that loads can do nothing but compute, touch its own memory, tables and globals, and call what it was linked with.</para>
/// <para>Trust: the validator, the bounds checks in the emitted code, and the .NET runtime that executes it.</para>
/// </summary>
public sealed class Module
{
    private Module(IndexSpaces spaces, ModuleSettings settings, FunctionMeasure[] measures, int size)
    {
        Spaces = spaces;
        Settings = settings;
        Size = size;
        InstantiationFuel = FuelCosts.OfInstantiation(spaces);
        BytesToCompile = FuelCosts.CompiledBytes(spaces, measures);
        Code = new ModuleCode(spaces, settings, measures);
    }

    /// <summary>How it was checked and is compiled.</summary>
    public ModuleSettings Settings { get; }

    /// <summary>Bytes of the binary format.</summary>
    public int Size { get; }

    /// <summary>The fuel that an instantiation costs before the start function runs.</summary>
    public long InstantiationFuel { get; }

    /// <summary>What compiling all of it counts as, in bytes: at most 4 ms for 1,024 of them on the processors of today. Who embeds the engine charges for it: code is compiled once, when it is first called.</summary>
    public long BytesToCompile { get; }

    /// <summary>The module's sections.</summary>
    public ModuleDefinition Definition => Spaces.Module;

    internal IndexSpaces Spaces { get; }

    internal ModuleCode Code { get; }

    /// <summary>Decodes and validates a module.</summary>
    /// <param name="bytes">The binary format; it is copied.</param>
    /// <param name="settings">How to check and compile.</param>
    /// <param name="module">The module, or null.</param>
    /// <param name="error">Why there is none.</param>
    /// <returns>Whether the bytes are a module that this engine runs.</returns>
    public static bool TryLoad(ReadOnlySpan<byte> bytes, ModuleSettings settings, out Module? module, out ModuleError error)
    {
        module = null;
        if (bytes.Length > settings.Limits.ModuleBytes)
        {
            error = ModuleError.ModuleTooLarge;
            return false;
        }

        if (!ModuleDecoder.TryDecode(bytes.ToArray(), settings.Limits, out ModuleDefinition? definition, out error)) return false;
        IndexSpaces spaces = new(definition!);
        error = ModuleValidator.Validate(spaces, settings, out FunctionMeasure[] measures);
        if (error == ModuleError.None) module = new Module(spaces, settings, measures, bytes.Length);
        return module is not null;
    }

    /// <summary>Links the module, copies its segments and runs its start function.</summary>
    /// <param name="store">The world to live in. Its fuel pays <see cref="InstantiationFuel"/> and the start function.</param>
    /// <param name="imports">What the module may use.</param>
    public InstantiationResult Instantiate(Store store, Imports imports)
    {
        if (Linker.TryLink(this, store, imports, out LinkedImports linked) is var error and not LinkError.None)
        {
            return new InstantiationResult(null, error, default);
        }

        Instance? instance = null;
        CallResult run = Invocation.Guard(store, () =>
        {
            if (Settings.Metered) store.ChargeOrStop(InstantiationFuel);
            Instance made = new(this, store, linked);
            made.Initialize();
            instance = made;
        });
        if (run.IsCompleted && Spaces.Module.Start is { } start) run = instance!.GetFunction((int)start).Call([], []);
        return new InstantiationResult(run.IsCompleted ? instance : null, LinkError.None, run);
    }
}
