using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Bulk instructions reach the last place of what they read and write, and nothing beyond: not even where place and count together pass 32 bits.</summary>
public sealed class BulkBoundsTests
{
    private const int PageSize = 65_536, SegmentLength = 5, TableLength = 7;

    /// <summary>The instructions that take a place to write, a place to read and a count, with the lengths of both sides.</summary>
    private static readonly Dictionary<string, (int To, int From, TrapKind Trap, CodeWriter Code)> Instructions = new()
    {
        ["memory.fill"] = (PageSize, int.MaxValue, TrapKind.MemoryOutOfBounds, Operands().Op(Opcode.MemoryFill, 0)),
        ["memory.copy"] = (PageSize, PageSize, TrapKind.MemoryOutOfBounds, Operands().Op(Opcode.MemoryCopy, 0, 0)),
        ["memory.init"] = (PageSize, SegmentLength, TrapKind.MemoryOutOfBounds, Operands().Op(Opcode.MemoryInit, 0, 0)),
        ["table.fill"] = (TableLength, int.MaxValue, TrapKind.TableOutOfBounds, new CodeWriter().Op(Opcode.LocalGet, 0).Null(ValueKind.FuncRef).Op(Opcode.LocalGet, 2).Op(Opcode.TableFill, 0)),
        ["table.copy"] = (TableLength, TableLength, TrapKind.TableOutOfBounds, Operands().Op(Opcode.TableCopy, 0, 0)),
        ["table.init"] = (TableLength, SegmentLength, TrapKind.TableOutOfBounds, Operands().Op(Opcode.TableInit, 0, 0)),
    };

    public static MatrixTheoryData<string, bool> Cases => new(Instructions.Keys, [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheLastPlaceIsReachedAndTheNextIsNot(string name, bool optimize)
    {
        (int to, int from, TrapKind trap, _) = Instructions[name];
        foreach (int count in new[] { 0, 1, 2, SegmentLength })
        {
            Completes(name, optimize, to - count, 0, count);
            Traps(name, optimize, trap, to - count + 1, 0, count);
            Traps(name, optimize, trap, -count - 1, 0, count + 1);
            Traps(name, optimize, trap, -1, 0, count);
            if (from == int.MaxValue) continue;
            Completes(name, optimize, 0, from - count, count);
            Traps(name, optimize, trap, 0, from - count + 1, count);
            Traps(name, optimize, trap, 0, -count - 1, count + 1);
            Traps(name, optimize, trap, 0, -1, count);
        }

        Traps(name, optimize, trap, 0, 0, -1);
        Traps(name, optimize, trap, 1, 1, -1);
    }

    private static void Completes(string name, bool optimize, int to, int from, int count) => Assert.True(Run(name, optimize, to, from, count).IsCompleted, $"{name} {to} {from} {count}");

    private static void Traps(string name, bool optimize, TrapKind trap, int to, int from, int count) => Assert.Equal((name, to, from, count, trap), (name, to, from, count, Run(name, optimize, to, from, count).Trap));

    private static CallResult Run(string name, bool optimize, int to, int from, int count)
    {
        using Store store = new();
        Instance instance = Guest.Instantiate(Guest.Load(Module(name), new ModuleSettings { Optimize = optimize }), store);
        return Guest.Call(instance, "f", out _, Guest.Plenty, Value.OfI32(to), Value.OfI32(from), Value.OfI32(count));
    }

    private static ModuleDefinition Module(string name) => new()
    {
        Types = [FunctionType.Parse("iii:")],
        Functions = [0],
        Tables = [new TableType(ValueKind.FuncRef, new Limits(TableLength))],
        Memories = [new Limits(1)],
        Exports = [new Export("f", ExternalKind.Function, 0)],
        Elements = [new ElementSegment(SegmentMode.Passive, 0, default, ValueKind.FuncRef, [.. Enumerable.Repeat(ConstantExpression.OfFunction(0), SegmentLength)])],
        DataCount = 1,
        Bodies = [new FunctionBody([], (byte[])[.. Instructions[name].Code.ToArray(), (byte)Opcode.End])],
        Data = [new DataSegment(SegmentMode.Passive, default, new byte[SegmentLength])],
    };

    private static CodeWriter Operands() => new CodeWriter().Op(Opcode.LocalGet, 0).Op(Opcode.LocalGet, 1).Op(Opcode.LocalGet, 2);
}
