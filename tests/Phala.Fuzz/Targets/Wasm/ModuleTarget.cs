using Phala.Testing;
using Phala.Testing.Wasm.Generator;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>
/// The decoder and validator. An input is a <see cref="FramedModule"/>, so that damage within a section does not stop at its length. The
/// outermost check is the header with the numbers, order and lengths of the sections.
/// </summary>
public sealed class ModuleTarget : FuzzTarget
{
    private const int FewestBytes = 256 << 10, BytesPerByte = 600;

    private static readonly ModuleError[] OuterErrors =
        [ModuleError.BadMagic, ModuleError.BadVersion, ModuleError.BadSection, ModuleError.SectionOutOfOrder, ModuleError.ModuleTooLarge];

    /// <inheritdoc/>
    public override string Name => "wasm-module";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. Enumerable.Range(1, 40).Select(seed => FramedModule.Of(ModuleGenerator.Generate(seed, GeneratorOptions.ForThisProfile(seed)).Bytes, allowFloats: true)),
        .. RefusedModules.All.Select(refused => FramedModule.Of(refused.Bytes, refused.Error != ModuleError.FloatForbidden)),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = [.. Enum.GetValues<ModuleError>().Where(error => error != ModuleError.None).Select(error => error.ToString())];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => FewestBytes + ((long)BytesPerByte * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        byte[] bytes = FramedModule.ToModule(input, out bool framed, out bool allowFloats);
        ModuleSettings settings = new() { Limits = RefusedModules.Limits, AllowFloats = allowFloats };
        bool loads = Module.TryLoad(bytes, settings, out Module? module, out ModuleError error);
        if (loads) CheckAccepted(module!);
        bool outer = framed ? !OuterErrors.Contains(error) : loads || error > ModuleError.SizeMismatch && error != ModuleError.ModuleTooLarge;
        return new FuzzOutcome(outer, loads ? null : error.ToString());
    }

    /// <summary>What was accepted is written, read and accepted again, and is then written as the same bytes.</summary>
    private static void CheckAccepted(Module module)
    {
        byte[] written = ModuleWriter.Write(module.Definition);
        ModuleSettings settings = module.Settings with { Limits = module.Settings.Limits with { ModuleBytes = int.MaxValue } };
        if (!Module.TryLoad(written, settings, out Module? again, out ModuleError error)) throw new InvalidOperationException($"An accepted module is refused when written again: {error}.");
        if (!ModuleWriter.Write(again!.Definition).AsSpan().SequenceEqual(written)) throw new InvalidOperationException("A module that was written and read is written differently.");
    }
}
