using Phala.Wasm.Binary;

namespace Phala.Testing.Wasm.Generator;

/// <summary>
/// Makes random valid modules: equal seeds give equal modules. Every module has one memory, two tables of functions and one of host references,
/// globals of every type, segments of every mode, an imported function, and functions that call one another. Exports: <c>f0</c>, <c>f1</c>, ….
/// </summary>
public sealed class RandomModule
{
    internal const int HostFunctions = 1;
    internal const int Tables = 3;
    internal const int TableSize = 6;
    internal const int DataSegments = 2;
    internal const int ElementSegments = 3;

    internal static readonly ValueKind[] Kinds = [ValueKind.I32, ValueKind.I64, ValueKind.F32, ValueKind.F64, ValueKind.FuncRef, ValueKind.ExternRef];

    private readonly Random _random;

    private RandomModule(int seed)
    {
        _random = new Random(seed);
        Types =
        [
            FunctionType.Parse("il:i"), FunctionType.Parse(":"), FunctionType.Parse("i:ii"), FunctionType.Parse("df:d"), FunctionType.Parse("l:lf"),
            .. Enumerable.Range(0, 2).Select(_ => RandomType()),
        ];
        Functions = [0, .. Enumerable.Range(0, 2 + _random.Next(3)).Select(_ => (uint)_random.Next(Types.Length))];
    }

    internal FunctionType[] Types { get; }

    /// <summary>The type index of each function, the imported one first.</summary>
    internal uint[] Functions { get; }

    /// <summary>The module's bytes.</summary>
    public static byte[] Make(int seed) => new RandomModule(seed).Write();

    private byte[] Write() => ModuleWriter.Write(new ModuleDefinition
    {
        Types = Types,
        Imports = [new Import("env", "host", ExternalKind.Function, TypeIndex: 0)],
        Functions = [.. Functions.Skip(HostFunctions)],
        Tables =
        [
            new TableType(ValueKind.FuncRef, new Limits(TableSize, 10)),
            new TableType(ValueKind.FuncRef, new Limits(TableSize)),
            new TableType(ValueKind.ExternRef, new Limits(TableSize, 12)),
        ],
        Memories = [new Limits(1, 3)],
        Globals = [.. Kinds.Select(kind => new GlobalDefinition(new GlobalType(kind, Mutable: true), InitialValue(kind)))],
        Exports = [.. Functions.Select((_, i) => new Export($"f{i}", ExternalKind.Function, (uint)i)), .. MakeExports()],
        Elements =
        [
            new ElementSegment(SegmentMode.Active, 0, ConstantExpression.OfI32(1), ValueKind.FuncRef, [.. RandomFunctions(4)]),
            new ElementSegment(SegmentMode.Passive, 0, default, ValueKind.FuncRef, [.. RandomFunctions(3), new ConstantExpression(Opcode.RefNull, (ulong)ValueKind.FuncRef)]),
            new ElementSegment(SegmentMode.Declarative, 0, default, ValueKind.FuncRef, [.. RandomFunctions(2)]),
        ],
        DataCount = DataSegments,
        Bodies = [.. Functions.Skip(HostFunctions).Select(type => new RandomBody(_random, this, Types[type]).Make())],
        Data =
        [
            new DataSegment(SegmentMode.Active, ConstantExpression.OfI32(_random.Next(60_000)), RandomBytes(64)),
            new DataSegment(SegmentMode.Passive, default, RandomBytes(40)),
        ],
    });

    private static IEnumerable<Export> MakeExports()
    {
        yield return new Export("memory", ExternalKind.Memory, 0);
        for (uint i = 0; i < Kinds.Length; i++) yield return new Export($"g{i}", ExternalKind.Global, i);
        for (uint i = 0; i < Tables; i++) yield return new Export($"t{i}", ExternalKind.Table, i);
    }

    private FunctionType RandomType()
    {
        ValueKind[] parameters = [.. Enumerable.Range(0, _random.Next(5)).Select(_ => Kinds[_random.Next(4)])];
        ValueKind[] results = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Kinds[_random.Next(4)])];
        return new FunctionType(parameters, results);
    }

    private ConstantExpression InitialValue(ValueKind kind) => kind switch
    {
        ValueKind.I32 => ConstantExpression.OfI32((int)RandomBits.Integer(_random)),
        ValueKind.I64 => new ConstantExpression(Opcode.I64Const, RandomBits.Integer(_random)),
        ValueKind.F32 => new ConstantExpression(Opcode.F32Const, RandomBits.F32(_random)),
        ValueKind.F64 => new ConstantExpression(Opcode.F64Const, RandomBits.F64(_random)),
        _ => new ConstantExpression(Opcode.RefNull, (ulong)kind),
    };

    private IEnumerable<ConstantExpression> RandomFunctions(int count) =>
        Enumerable.Range(0, count).Select(_ => ConstantExpression.OfFunction((uint)_random.Next(Functions.Length)));

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
