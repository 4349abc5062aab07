using Phala.Wasm;
using Phala.Wasm.Binary;
using static Phala.Wasm.Binary.ValueKind;

namespace Phala.Fuzz.Targets.Wasm;

/// <summary>For each case of <see cref="ModuleError"/> a small module that is refused for it, under limits that generated modules stay within.</summary>
public static class RefusedModules
{
    private static readonly FunctionType Nothing = new([], []);
    private static readonly Limits OnePage = new(1);

    /// <summary>The limits under which each module is refused for its reason.</summary>
    public static ResourceLimits Limits { get; } = new()
    {
        ModuleBytes = 12_000, Types = 24, Parameters = 8, Results = 6, Imports = 12, Functions = 20, Tables = 4, Globals = 16, Exports = 40, Segments = 8,
        Elements = 100, DataBytes = 400, NameBytes = 24, Locals = 400, FunctionBytes = 6_000, BranchTableLabels = 12, Nesting = 20, OperandStack = 200,
        MemoryPages = 4, TableElements = 60,
    };

    /// <summary>The cases, in the order of the enumeration.</summary>
    public static IReadOnlyList<(ModuleError Error, byte[] Bytes)> All { get; } = [.. Malformed(), .. Unsupported(), .. TooLarge(), .. Invalid(), .. InvalidBodies()];

    private static IEnumerable<(ModuleError, byte[])> Malformed() =>
    [
        (ModuleError.UnexpectedEnd, Raw([1, 1, 1])),
        (ModuleError.BadMagic, [0x00, 0x61, 0x73, 0x6E, 1, 0, 0, 0]),
        (ModuleError.BadVersion, [0x00, 0x61, 0x73, 0x6D, 2, 0, 0, 0]),
        (ModuleError.BadSection, Raw([15, 0])),
        (ModuleError.SectionOutOfOrder, Raw([3, 1, 0, 1, 1, 0])),
        (ModuleError.SizeMismatch, Raw([1, 2, 0, 0])),
        (ModuleError.IntegerTooLong, Raw([1, 6, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00])),
        (ModuleError.IntegerTooLarge, Raw([1, 5, 0x80, 0x80, 0x80, 0x80, 0x10])),
        (ModuleError.BadName, Raw([0, 2, 1, 0xFF])),
        (ModuleError.BadType, Raw([1, 5, 1, 0x60, 1, 0x01, 0])),
        (ModuleError.BadMutability, Raw([6, 6, 1, 0x7F, 2, 0x41, 0, 0x0B])),
        (ModuleError.BadLimits, Raw([5, 3, 1, 8, 0])),
        (ModuleError.BadExternalKind, Raw([7, 4, 1, 0, 5, 0])),
        (ModuleError.BadSegment, Raw([9, 2, 1, 8])),
        (ModuleError.BadInstruction, Code([0x27, 0x0B])),
        (ModuleError.ReservedByte, Code([0x3F, 0x01, 0x1A, 0x0B])),
        (ModuleError.BadNesting, Code([0x05, 0x0B])),
        (ModuleError.FunctionCountMismatch, Raw([1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0])),
        (ModuleError.DataCountMismatch, Raw([12, 1, 1])),
        (ModuleError.DataCountMissing, Write(WithFunction([0xFC, 9, 0, 0x0B]) with { Memories = [OnePage], Data = [Data(1)] })),
    ];

    private static IEnumerable<(ModuleError, byte[])> Unsupported() =>
    [
        (ModuleError.UnsupportedSimd, Code([0xFD, 0x62, 0x0B])),
        (ModuleError.UnsupportedThreads, Raw([5, 4, 1, 3, 1, 1])),
        (ModuleError.UnsupportedTailCalls, Code([0x12, 0, 0x0B])),
        (ModuleError.UnsupportedExceptions, Raw([13, 1, 0])),
        (ModuleError.UnsupportedMultiMemory, Write(new ModuleDefinition { Memories = [OnePage, OnePage] })),
        (ModuleError.UnsupportedMemory64, Raw([5, 3, 1, 4, 1])),
        (ModuleError.UnsupportedGc, Raw([1, 3, 1, 0x5F, 0])),
        (ModuleError.UnsupportedExtendedConstants, Raw([6, 9, 1, 0x7F, 0, 0x41, 1, 0x41, 1, 0x6A, 0x0B])),
        (ModuleError.FloatForbidden, Write(new ModuleDefinition { Types = [new([F64], [])] })),
    ];

    private static IEnumerable<(ModuleError, byte[])> TooLarge() =>
    [
        (ModuleError.ModuleTooLarge, Write(new ModuleDefinition { CustomSections = [new CustomSection("padding", new byte[Limits.ModuleBytes])] })),
        (ModuleError.TooManyTypes, Write(new ModuleDefinition { Types = Repeat(Nothing, Limits.Types) })),
        (ModuleError.TooManyParameters, Write(new ModuleDefinition { Types = [new([.. Repeat(I32, Limits.Parameters)], [])] })),
        (ModuleError.TooManyResults, Write(new ModuleDefinition { Types = [new([], [.. Repeat(I32, Limits.Results)])] })),
        (ModuleError.TooManyImports, Write(new ModuleDefinition { Types = [Nothing], Imports = Repeat(new Import("", "", ExternalKind.Function), Limits.Imports) })),
        (ModuleError.TooManyFunctions, Write(new ModuleDefinition { Types = [Nothing], Functions = Repeat(0u, Limits.Functions), Bodies = Repeat(Body([0x0B]), Limits.Functions) })),
        (ModuleError.TooManyTables, Write(new ModuleDefinition { Tables = Repeat(new TableType(FuncRef, new(1)), Limits.Tables) })),
        (ModuleError.TooManyGlobals, Write(new ModuleDefinition { Globals = Repeat(Global(I32), Limits.Globals) })),
        (ModuleError.TooManyExports, Write(new ModuleDefinition { Memories = [OnePage], Exports = [.. Enumerable.Range(0, Limits.Exports + 1).Select(i => new Export($"{i}", ExternalKind.Memory, 0))] })),
        (ModuleError.TooManySegments, Write(new ModuleDefinition { Memories = [OnePage], Data = Repeat(Data(1), Limits.Segments) })),
        (ModuleError.TooManyElements, Write(WithFunction([0x0B]) with { Elements = [Elements(Limits.Elements / 2), Elements((Limits.Elements / 2) + 1)] })),
        (ModuleError.TooMuchData, Write(new ModuleDefinition { Memories = [OnePage], Data = [Data(Limits.DataBytes / 2), Data((Limits.DataBytes / 2) + 1)] })),
        (ModuleError.NameTooLong, Write(new ModuleDefinition { Memories = [OnePage], Exports = [new Export(new string('n', Limits.NameBytes + 1), ExternalKind.Memory, 0)] })),
        (ModuleError.TooManyLocals, Write(WithFunction([0x0B]) with { Bodies = [new FunctionBody([new LocalGroup((uint)Limits.Locals + 1, I64)], new byte[] { 0x0B })] })),
        (ModuleError.FunctionTooLarge, Code([.. Repeat((byte)0x01, Limits.FunctionBytes), 0x0B])),
        (ModuleError.BranchTableTooWide, Code(new CodeWriter().I32(0).BranchTable([.. Repeat(0u, Limits.BranchTableLabels)], 0).Op(Opcode.End))),
        (ModuleError.NestingTooDeep, Code([.. Enumerable.Repeat(new byte[] { 0x02, 0x40 }, Limits.Nesting + 1).SelectMany(open => open), .. Repeat((byte)0x0B, Limits.Nesting + 1)])),
        (ModuleError.OperandStackTooDeep, Code([.. Enumerable.Repeat(new byte[] { 0x41, 0x00 }, Limits.OperandStack + 1).SelectMany(push => push), .. Repeat((byte)0x1A, Limits.OperandStack), 0x0B])),
        (ModuleError.MemoryTooLarge, Write(new ModuleDefinition { Memories = [new((uint)Limits.MemoryPages + 1)] })),
        (ModuleError.TableTooLarge, Write(new ModuleDefinition { Tables = [new TableType(ExternRef, new((uint)Limits.TableElements + 1))] })),
    ];

    private static IEnumerable<(ModuleError, byte[])> Invalid() =>
    [
        (ModuleError.UnknownType, Write(WithFunction([0x0B]) with { Functions = [9] })),
        (ModuleError.NotConstant, Write(new ModuleDefinition { Globals = [new GlobalDefinition(new GlobalType(I32, false), new ConstantExpression(Opcode.GlobalGet, 0))], Imports = [new Import("", "", ExternalKind.Global, Global: new GlobalType(I32, true))] })),
        (ModuleError.DuplicateExport, Write(new ModuleDefinition { Memories = [OnePage], Exports = [new Export("m", ExternalKind.Memory, 0), new Export("m", ExternalKind.Memory, 0)] })),
        (ModuleError.BadStart, Write(WithFunction([0x0B]) with { Types = [new([I32], [])], Start = 0 })),
        (ModuleError.BadRange, Write(new ModuleDefinition { Memories = [new(2, 1)] })),
        (ModuleError.UnknownMemory, Write(new ModuleDefinition { Data = [Data(1)] })),
        (ModuleError.UnknownTable, Write(WithFunction([0x0B]) with { Elements = [new ElementSegment(SegmentMode.Active, 0, ConstantExpression.OfI32(0), FuncRef, [])] })),
    ];

    private static IEnumerable<(ModuleError, byte[])> InvalidBodies() =>
    [
        (ModuleError.TypeMismatch, Code(new CodeWriter().I64(1).Op(Opcode.I32Eqz).Op(Opcode.Drop).Op(Opcode.End))),
        (ModuleError.UnknownFunction, Code(new CodeWriter().Op(Opcode.Call, 9).Op(Opcode.End))),
        (ModuleError.UnknownGlobal, Code(new CodeWriter().Op(Opcode.GlobalGet, 9).Op(Opcode.Drop).Op(Opcode.End))),
        (ModuleError.UnknownLocal, Code(new CodeWriter().Op(Opcode.LocalGet, 9).Op(Opcode.Drop).Op(Opcode.End))),
        (ModuleError.UnknownLabel, Code(new CodeWriter().Op(Opcode.Br, 9).Op(Opcode.End))),
        (ModuleError.UnknownElement, Code(new CodeWriter().Op(Opcode.ElemDrop, 9).Op(Opcode.End))),
        (ModuleError.UnknownData, Write(WithFunction(new CodeWriter().Op(Opcode.DataDrop, 9).Op(Opcode.End).ToArray()) with { DataCount = 0 })),
        (ModuleError.ImmutableGlobal, Write(WithFunction(new CodeWriter().I32(1).Op(Opcode.GlobalSet, 0).Op(Opcode.End).ToArray()) with { Globals = [Global(I32)] })),
        (ModuleError.AlignmentTooLarge, Write(WithFunction(new CodeWriter().I32(1).Access(Opcode.I32Load, align: 3).Op(Opcode.Drop).Op(Opcode.End).ToArray()) with { Memories = [OnePage] })),
        (ModuleError.UndeclaredReference, Code(new CodeWriter().Op(Opcode.RefFunc, 0).Op(Opcode.Drop).Op(Opcode.End))),
    ];

    private static byte[] Raw(byte[] sections) => [0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0, .. sections];

    /// <summary>With a section that means nothing, so that damage often falls there and the reason remains.</summary>
    private static byte[] Write(ModuleDefinition module) => ModuleWriter.Write(module with { CustomSections = [.. module.CustomSections, new CustomSection("padding", new byte[100])] });

    private static byte[] Code(byte[] code) => Write(WithFunction(code));

    private static byte[] Code(CodeWriter code) => Code(code.ToArray());

    private static ModuleDefinition WithFunction(byte[] code) => new() { Types = [Nothing], Functions = [0], Bodies = [Body(code)] };

    private static FunctionBody Body(byte[] code) => new([], code);

    private static GlobalDefinition Global(ValueKind kind) => new(new GlobalType(kind, false), ConstantExpression.OfI32(0));

    private static DataSegment Data(int length) => new(SegmentMode.Active, ConstantExpression.OfI32(0), new byte[length]);

    private static ElementSegment Elements(int count) => new(SegmentMode.Passive, 0, default, FuncRef, [.. Enumerable.Repeat(ConstantExpression.OfFunction(0), count)]);

    /// <summary>One more than a limit allows.</summary>
    private static T[] Repeat<T>(T item, int limit) => [.. Enumerable.Repeat(item, limit + 1)];
}
