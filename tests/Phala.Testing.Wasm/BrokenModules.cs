using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm;

/// <summary>For every error that does not depend on limits or settings, a module with just this error.</summary>
public static class BrokenModules
{
    public static IReadOnlyList<KeyValuePair<ModuleError, byte[]>> All { get; } = [.. Malformed(), .. Unsupported(), .. Invalid()];

    private static KeyValuePair<ModuleError, byte[]> Case(ModuleError error, byte[] bytes) => new(error, bytes);

    private static KeyValuePair<ModuleError, byte[]> Raw(ModuleError error, params ReadOnlySpan<byte> sections) => new(error, Modules.Raw(sections));

    private static KeyValuePair<ModuleError, byte[]> Case(ModuleError error, ModuleDefinition module) => new(error, ModuleWriter.Write(module));

    private static KeyValuePair<ModuleError, byte[]> Body(ModuleError error, params byte[] code) => Case(error, Modules.Of(":", code));

    private static KeyValuePair<ModuleError, byte[]> Body(ModuleError error, CodeWriter code) => Case(error, Modules.Of(":", code));

    private static KeyValuePair<ModuleError, byte[]>[] Malformed() =>
    [
        Raw(ModuleError.UnexpectedEnd, 0x01, 0x05, 0x01, 0x60),
        Case(ModuleError.BadMagic, [0x00, 0x61, 0x73, 0x6E, 0x01, 0x00, 0x00, 0x00]),
        Case(ModuleError.BadVersion, [0x00, 0x61, 0x73, 0x6D, 0x02, 0x00, 0x00, 0x00]),
        Raw(ModuleError.BadSection, 0x0E, 0x00),
        Raw(ModuleError.SectionOutOfOrder, 0x05, 0x03, 0x01, 0x00, 0x01, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00),
        Raw(ModuleError.SizeMismatch, 0x01, 0x05, 0x01, 0x60, 0x00, 0x00, 0x00),
        Raw(ModuleError.IntegerTooLong, 0x01, 0x06, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00),
        Raw(ModuleError.IntegerTooLarge, 0x01, 0x05, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F),
        Raw(ModuleError.BadName, 0x00, 0x02, 0x01, 0xFF),
        Raw(ModuleError.BadType, 0x01, 0x05, 0x01, 0x60, 0x01, 0x00, 0x00),
        Raw(ModuleError.BadMutability, 0x06, 0x06, 0x01, 0x7F, 0x02, 0x41, 0x00, 0x0B),
        Raw(ModuleError.BadLimits, 0x05, 0x03, 0x01, 0x08, 0x01),
        Raw(ModuleError.BadExternalKind, 0x07, 0x05, 0x01, 0x01, 0x61, 0x05, 0x00),
        Raw(ModuleError.BadSegment, 0x09, 0x02, 0x01, 0x08),
        Body(ModuleError.BadInstruction, 0x16, 0x0B),
        Body(ModuleError.ReservedByte, 0x3F, 0x01, 0x1A, 0x0B),
        Body(ModuleError.BadNesting, 0x01),
        Body(ModuleError.BadNesting, 0x05, 0x0B),
        Raw(ModuleError.FunctionCountMismatch, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00),
        Case(ModuleError.DataCountMismatch, new ModuleDefinition { DataCount = 1 }),
        Case(ModuleError.DataCountMissing, Modules.Of(":", Init()) with { Data = [new DataSegment(SegmentMode.Passive, default, new byte[1])] }),
    ];

    private static KeyValuePair<ModuleError, byte[]>[] Unsupported() =>
    [
        Body(ModuleError.UnsupportedSimd, 0xFD, 0x0C, 0x0B),
        Body(ModuleError.UnsupportedThreads, 0xFE, 0x03, 0x00, 0x0B),
        Body(ModuleError.UnsupportedTailCalls, 0x12, 0x00, 0x0B),
        Body(ModuleError.UnsupportedExceptions, 0x06, 0x40, 0x0B, 0x0B),
        Case(ModuleError.UnsupportedMultiMemory, new ModuleDefinition { Memories = [new Limits(1), new Limits(1)] }),
        Raw(ModuleError.UnsupportedMemory64, 0x05, 0x03, 0x01, 0x04, 0x01),
        Body(ModuleError.UnsupportedGc, 0xFB, 0x00, 0x0B),
        Raw(ModuleError.UnsupportedExtendedConstants, 0x06, 0x09, 0x01, 0x7F, 0x00, 0x41, 0x01, 0x41, 0x02, 0x6A, 0x0B),
    ];

    private static KeyValuePair<ModuleError, byte[]>[] Invalid() =>
    [
        Body(ModuleError.TypeMismatch, new CodeWriter().I32(0)),
        Body(ModuleError.TypeMismatch, new CodeWriter().I64(0).Op(Opcode.I32Eqz).Op(Opcode.Drop)),
        Body(ModuleError.TypeMismatch, new CodeWriter().Op(Opcode.Drop)),
        Body(ModuleError.TypeMismatch, new CodeWriter().I32(0).Open(Opcode.If, ValueKind.I32).I32(1).Op(Opcode.End).Op(Opcode.Drop)),
        Body(ModuleError.TypeMismatch, new CodeWriter().I32(0).Op(Opcode.Drop).Open(Opcode.Block).Op(Opcode.Drop).Op(Opcode.End)),
        Body(ModuleError.TypeMismatch, new CodeWriter().Null(ValueKind.FuncRef).Null(ValueKind.FuncRef).I32(0).Op(Opcode.Select).Op(Opcode.Drop)),
        Body(ModuleError.TypeMismatch, new CodeWriter().Open(Opcode.Block, ValueKind.I32).Open(Opcode.Block).I32(0).BranchTable([1], 0).Op(Opcode.End).I32(0).Op(Opcode.End).Op(Opcode.Drop)),
        Case(ModuleError.UnknownType, Modules.Of(":", new CodeWriter()) with { Functions = [3] }),
        Body(ModuleError.UnknownFunction, new CodeWriter().Op(Opcode.Call, 9)),
        Body(ModuleError.UnknownTable, new CodeWriter().Op(Opcode.TableSize, 1).Op(Opcode.Drop)),
        Case(ModuleError.UnknownMemory, Modules.Of(":", new CodeWriter().I32(0).Access(Opcode.I32Load).Op(Opcode.Drop)) with { Memories = [] }),
        Body(ModuleError.UnknownGlobal, new CodeWriter().Op(Opcode.GlobalGet, 0).Op(Opcode.Drop)),
        Body(ModuleError.UnknownLocal, new CodeWriter().Op(Opcode.LocalGet, 0).Op(Opcode.Drop)),
        Body(ModuleError.UnknownLabel, new CodeWriter().Op(Opcode.Br, 1)),
        Body(ModuleError.UnknownData, Init()),
        Body(ModuleError.UnknownElement, new CodeWriter().Op(Opcode.ElemDrop, 0)),
        Case(ModuleError.ImmutableGlobal, Modules.Of(":", new CodeWriter().I32(1).Op(Opcode.GlobalSet, 0)) with
        {
            Globals = [new GlobalDefinition(new GlobalType(ValueKind.I32, false), ConstantExpression.OfI32(0))],
        }),
        Body(ModuleError.AlignmentTooLarge, new CodeWriter().I32(0).Access(Opcode.I32Load, 0, 3).Op(Opcode.Drop)),
        Raw(ModuleError.NotConstant, 0x06, 0x05, 0x01, 0x7F, 0x00, 0x01, 0x0B),
        Case(ModuleError.DuplicateExport, new ModuleDefinition
        {
            Memories = [new Limits(1)],
            Exports = [new Export("a", ExternalKind.Memory, 0), new Export("a", ExternalKind.Memory, 0)],
        }),
        Case(ModuleError.BadStart, Modules.Of("i:", new CodeWriter()) with { Start = 0 }),
        Case(ModuleError.UndeclaredReference, Modules.Of(":", new CodeWriter().Op(Opcode.RefFunc, 0).Op(Opcode.Drop)) with { Exports = [] }),
        Case(ModuleError.BadRange, new ModuleDefinition { Memories = [new Limits(2, 1)] }),
        Case(ModuleError.BadRange, new ModuleDefinition { Memories = [new Limits(0, 65_537)] }),
    ];

    private static CodeWriter Init() => new CodeWriter().I32(0).I32(0).I32(0).Op(Opcode.MemoryInit, 0, 0);
}
