using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm;

/// <summary>Every limit on modules.</summary>
public static class LimitCases
{
    private static readonly ConstantExpression Zero = ConstantExpression.OfI32(0);

    /// <summary>Limits so tight that small mutants meet them.</summary>
    public static ResourceLimits Tight { get; } = new()
    {
        ModuleBytes = 1_000, Types = 8, Parameters = 4, Results = 3, Imports = 4, Functions = 6, Tables = 2, Globals = 5, Exports = 6, Segments = 3,
        Elements = 8, DataBytes = 64, NameBytes = 16, Locals = 10, FunctionBytes = 100, BranchTableLabels = 5, Nesting = 4, OperandStack = 8,
        MemoryPages = 3, TableElements = 12,
    };

    public static IReadOnlyList<LimitCase> All { get; } =
    [
        new("ModuleBytes", ModuleError.ModuleTooLarge, limits => limits.ModuleBytes, OfSize),
        new("Types", ModuleError.TooManyTypes, limits => limits.Types, n => Write(new() { Types = [.. Repeat(FunctionType.Parse(":"), n)] })),
        new("Parameters", ModuleError.TooManyParameters, limits => limits.Parameters, n => Write(new() { Types = [FunctionType.Parse(new string('i', n) + ":")] })),
        new("Results", ModuleError.TooManyResults, limits => limits.Results, n => Write(new() { Types = [FunctionType.Parse(":" + new string('i', n))] })),
        new("Imports", ModuleError.TooManyImports, limits => limits.Imports, n => Write(new() { Imports = [.. Repeat(new Import("a", "b", ExternalKind.Global), n).Select(AsGlobal)] })),
        new("Functions", ModuleError.TooManyFunctions, limits => limits.Functions, OfFunctions),
        new("Tables", ModuleError.TooManyTables, limits => limits.Tables, n => Write(new() { Tables = [.. Repeat(new TableType(ValueKind.FuncRef, new Limits(1)), n)] })),
        new("Globals", ModuleError.TooManyGlobals, limits => limits.Globals, n => Write(new() { Globals = [.. Repeat(new GlobalDefinition(new GlobalType(ValueKind.I32, false), Zero), n)] })),
        new("Exports", ModuleError.TooManyExports, limits => limits.Exports, n => Write(new() { Memories = [new Limits(1)], Exports = [.. Enumerable.Range(0, n).Select(i => new Export($"{i}", ExternalKind.Memory, 0))] })),
        new("Segments", ModuleError.TooManySegments, limits => limits.Segments, n => Write(new() { Data = [.. Repeat(new DataSegment(SegmentMode.Passive, default, new byte[1]), n)] })),
        new("Elements", ModuleError.TooManyElements, limits => limits.Elements, OfElements),
        new("DataBytes", ModuleError.TooMuchData, limits => limits.DataBytes, n => Write(new() { Data = [new DataSegment(SegmentMode.Passive, default, new byte[n / 2]), new DataSegment(SegmentMode.Passive, default, new byte[n - (n / 2)])] })),
        new("NameBytes", ModuleError.NameTooLong, limits => limits.NameBytes, n => Write(new() { CustomSections = [new CustomSection(new string('x', n), default)] })),
        new("Locals", ModuleError.TooManyLocals, limits => limits.Locals, n => OfLocals("ii:", n - 2)),
        new("FunctionBytes", ModuleError.FunctionTooLarge, limits => limits.FunctionBytes, n => OfCode(":", Code([.. Repeat(Opcode.Nop, n - 1)]))),
        new("BranchTableLabels", ModuleError.BranchTableTooWide, limits => limits.BranchTableLabels, n => OfCode(":", new CodeWriter().I32(0).BranchTable(new uint[n], 0))),
        new("Nesting", ModuleError.NestingTooDeep, limits => limits.Nesting, OfNesting),
        new("OperandStack", ModuleError.OperandStackTooDeep, limits => limits.OperandStack, OfOperands),
        new("MemoryPages", ModuleError.MemoryTooLarge, limits => limits.MemoryPages, n => Write(new() { Memories = [new Limits((uint)n)] })),
        new("TableElements", ModuleError.TableTooLarge, limits => limits.TableElements, n => Write(new() { Tables = [new TableType(ValueKind.FuncRef, new Limits((uint)n))] })),
    ];

    private static byte[] Write(ModuleDefinition module) => ModuleWriter.Write(module);

    private static IEnumerable<T> Repeat<T>(T item, int count) => Enumerable.Repeat(item, count);

    private static Import AsGlobal(Import import) => import with { Global = new GlobalType(ValueKind.I32, false) };

    private static CodeWriter Code(Opcode[] opcodes)
    {
        CodeWriter code = new();
        foreach (Opcode opcode in opcodes) code.Op(opcode);
        return code;
    }

    private static byte[] OfCode(string signature, CodeWriter code) => Write(Modules.Of(signature, code));

    /// <summary>A custom section that fills the module up to its size.</summary>
    private static byte[] OfSize(int size)
    {
        byte[] bytes = Write(new() { CustomSections = [new CustomSection("x", new byte[size - 20])] });
        int missing = size - bytes.Length;
        return Write(new() { CustomSections = [new CustomSection("x", new byte[size - 20 + missing])] });
    }

    private static byte[] OfFunctions(int count) => Write(new()
    {
        Types = [FunctionType.Parse(":")],
        Imports = [new Import("a", "b", ExternalKind.Function)],
        Functions = [.. Repeat(0u, count - 1)],
        Bodies = [.. Repeat(new FunctionBody([], Code([Opcode.End]).ToArray()), count - 1)],
    });

    private static byte[] OfElements(int count)
    {
        ConstantExpression none = new(Opcode.RefNull, (ulong)ValueKind.FuncRef);
        return Write(new()
        {
            Elements =
            [
                new ElementSegment(SegmentMode.Passive, 0, default, ValueKind.FuncRef, [.. Repeat(none, count / 2)]),
                new ElementSegment(SegmentMode.Passive, 0, default, ValueKind.FuncRef, [.. Repeat(none, count - (count / 2))]),
            ],
            // Room where damage does no harm, for mutants that keep the error.
            CustomSections = [new CustomSection("room", new byte[60])],
        });
    }

    private static byte[] OfLocals(string signature, int locals)
    {
        ModuleDefinition module = Modules.Of(signature, new CodeWriter());
        return Write(module with { Bodies = [new FunctionBody([new LocalGroup((uint)locals / 2, ValueKind.I64), new LocalGroup((uint)(locals - (locals / 2)), ValueKind.I32)], module.Bodies[0].Code)] });
    }

    private static byte[] OfNesting(int depth)
    {
        CodeWriter code = new();
        for (int i = 0; i < depth; i++) code.Open(Opcode.Block);
        for (int i = 0; i < depth; i++) code.Op(Opcode.End);
        return OfCode(":", code);
    }

    private static byte[] OfOperands(int height)
    {
        CodeWriter code = new();
        for (int i = 0; i < height; i++) code.I32(i);
        for (int i = 0; i < height; i++) code.Op(Opcode.Drop);
        return OfCode(":", code);
    }
}
