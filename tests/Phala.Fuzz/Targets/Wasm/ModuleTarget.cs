using Phala.Testing;
using Phala.Testing.Wasm;
using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>Decodes and validates modules under tight limits; what is accepted is written and read back.</summary>
public sealed class ModuleTarget : FuzzTarget
{
    private static readonly ModuleSettings Settings = new() { Limits = LimitCases.Tight with { FunctionBytes = 2_000, ModuleBytes = 4_000 } };

    public override string Name => "wasm-module";

    public override IReadOnlyList<byte[]> Corpus { get; } = MakeCorpus();

    public override IReadOnlyCollection<string> Errors { get; } =
        [.. Enum.GetNames<ModuleError>().Except([nameof(ModuleError.None), nameof(ModuleError.FloatForbidden)])];

    /// <summary>Lists grow with their items, each of at least one byte, to at most some hundred bytes an item; the validator's state is bounded by the limits.</summary>
    public override long AllocationBound(int inputLength) => 60_000 + (600L * inputLength);

    public override FuzzOutcome Run(byte[] input)
    {
        bool loaded = Module.TryLoad(input, Settings, out Module? module, out ModuleError error);
        if (!loaded) return new FuzzOutcome(error is not (ModuleError.BadMagic or ModuleError.BadVersion or ModuleError.ModuleTooLarge), error.ToString());
        byte[] written = ModuleWriter.Write(module!.Definition);
        if (!ModuleDecoder.TryDecode(written, ResourceLimits.Default, out ModuleDefinition? again, out error)) throw new InvalidOperationException($"rewritten, not read: {error}");
        if (!ModuleWriter.Write(again!).AsSpan().SequenceEqual(written)) throw new InvalidOperationException("rewritten differently");
        return new FuzzOutcome(PassedOuter: true, Error: null);
    }

    private static byte[][] MakeCorpus()
    {
        ModuleDefinition full = new()
        {
            Types = [new FunctionType([ValueKind.I32, ValueKind.I64], [ValueKind.I32]), new FunctionType([ValueKind.F32], [ValueKind.F64])],
            Imports = [new Import("env", "f", ExternalKind.Function), new Import("env", "g", ExternalKind.Global, Global: new GlobalType(ValueKind.I32, false))],
            Functions = [0],
            Tables = [new TableType(ValueKind.FuncRef, new Limits(2, 5))],
            Memories = [new Limits(1, 2)],
            Globals = [new GlobalDefinition(new GlobalType(ValueKind.F64, true), new ConstantExpression(Opcode.F64Const, 1))],
            Exports = [new Export("f", ExternalKind.Function, 1), new Export("m", ExternalKind.Memory, 0)],
            Elements = [new ElementSegment(SegmentMode.Active, 0, ConstantExpression.OfI32(0), ValueKind.FuncRef, [ConstantExpression.OfFunction(1)])],
            DataCount = 1,
            Bodies = [new FunctionBody([new LocalGroup(2, ValueKind.I64)], new CodeWriter().Op(Opcode.LocalGet, 0).Open(Opcode.Block).Op(Opcode.Br, 0).Op(Opcode.End).Op(Opcode.End).ToArray())],
            Data = [new DataSegment(SegmentMode.Active, ConstantExpression.OfI32(3), new byte[] { 1, 2, 3 })],
        };
        byte[] valid = ModuleWriter.Write(full);
        IEnumerable<byte[]> limits = LimitCases.All.Select(limit => limit.Make(limit.Limit(Settings.Limits) + 1));
        return [.. Enumerable.Repeat(valid, 20), .. BrokenModules.All.Select(pair => pair.Value), .. limits];
    }
}
