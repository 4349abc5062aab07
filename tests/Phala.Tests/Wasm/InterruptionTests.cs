using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>A run that was asked to stop ends at the first point at which it is charged, and its thread lives on.</summary>
public sealed class InterruptionTests
{
    private const uint Stop = 0, Before = 0, After = 1;

    /// <summary>The points, with the code that leads to them and beyond.</summary>
    private static readonly Dictionary<string, CodeWriter> Points = new()
    {
        ["if"] = Start().I32(1).Open(Opcode.If).Mark(After).Op(Opcode.End),
        ["else"] = Start().I32(0).Open(Opcode.If).Op(Opcode.Else).Mark(After).Op(Opcode.End),
        ["end of if"] = Start().I32(0).Open(Opcode.If).Op(Opcode.End).Mark(After),
        ["end of block"] = new CodeWriter().Open(Opcode.Block).Op(Opcode.Call, Stop).Mark(Before).Op(Opcode.Br, 0).Op(Opcode.End).Mark(After),
        ["br_if"] = Start().I32(0).Op(Opcode.BrIf, 0).Mark(After),
        ["loop"] = Start().Open(Opcode.Loop).Mark(After).Op(Opcode.End),
        ["call"] = Start().Op(Opcode.Call, 2),
        ["call_indirect"] = Start().I32(0).Op(Opcode.CallIndirect, 0, 0),
        ["memory.fill"] = Start().I32(0).I32(7).I32(9).Op(Opcode.MemoryFill, 0).Mark(After),
        ["memory.copy"] = Start().I32(0).I32(7).I32(9).Op(Opcode.MemoryCopy, 0, 0).Mark(After),
        ["memory.grow"] = Start().I32(1).Op(Opcode.MemoryGrow, 0).Op(Opcode.Drop).Mark(After),
        ["table.grow"] = Start().Null(ValueKind.FuncRef).I32(1).Op(Opcode.TableGrow, 0).Op(Opcode.Drop).Mark(After),
        ["table.fill"] = Start().I32(1).Null(ValueKind.FuncRef).I32(1).Op(Opcode.TableFill, 0).Mark(After),
    };

    public static MatrixTheoryData<string, bool> Cases => new(Points.Keys, [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void ARunStopsAtTheFirstPointAndNotBefore(string point, bool optimize)
    {
        Assert.Equal((CallOutcome.Completed, 1, 1), Run(point, optimize, stop: false, out _));
        Assert.Equal((CallOutcome.Stopped, 1, 0), Run(point, optimize, stop: true, out long fuel));
        Assert.InRange(fuel, 1, Guest.Plenty - 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhereFuelIsUsedUpTooTheRunIsOutOfFuel(bool optimize)
    {
        Assert.Equal((CallOutcome.Stopped, 1, 0), Run("loop", optimize, stop: true, out long left));
        long spent = Guest.Plenty - left;
        Assert.Equal((CallOutcome.OutOfFuel, 1, 0), Run("loop", optimize, stop: true, out left, spent - 1));
        Assert.Equal(0, left);
        Assert.Equal((CallOutcome.Stopped, 1, 0), Run("loop", optimize, stop: true, out left, spent));
        Assert.Equal(0, left);
    }

    [Fact]
    public void AfterAStopTheStoreRunsOnAndChargesAsBefore()
    {
        using Store store = new();
        Instance instance = Instantiate("if", optimize: true, store, stop: false);
        Assert.True(Guest.Call(instance, "f", out _).IsCompleted);
        long spent = Guest.Plenty - store.Fuel;
        store.RequestStop();
        Assert.Equal(CallOutcome.Stopped, Guest.Call(instance, "f", out _).Outcome);
        Assert.Equal(CallOutcome.Stopped, instance.Module.Instantiate(store, Imports(stop: false)).Run.Outcome);
        store.ResumeAfterStop();
        Assert.True(Guest.Call(instance, "f", out _).IsCompleted);
        Assert.Equal(spent, Guest.Plenty - store.Fuel);
    }

    private static (CallOutcome Outcome, int Before, int After) Run(string point, bool optimize, bool stop, out long fuel, long given = Guest.Plenty)
    {
        using Store store = new();
        Instance instance = Instantiate(point, optimize, store, stop);
        CallOutcome outcome = Guest.Call(instance, "f", out _, given).Outcome;
        fuel = store.Fuel;
        instance.TryGetGlobal("before", out Global? before);
        instance.TryGetGlobal("after", out Global? after);
        return (outcome, before!.Value.AsI32(), after!.Value.AsI32());
    }

    private static Instance Instantiate(string point, bool optimize, Store store, bool stop)
    {
        GlobalDefinition zero = new(new GlobalType(ValueKind.I32, Mutable: true), ConstantExpression.OfI32(0));
        ModuleDefinition module = new()
        {
            Types = [FunctionType.Parse(":")],
            Imports = [new Import("env", "stop", ExternalKind.Function)],
            Functions = [0, 0],
            Tables = [new TableType(ValueKind.FuncRef, new Limits(4))],
            Memories = [new Limits(1)],
            Globals = [zero, zero],
            Exports = [new Export("f", ExternalKind.Function, 1), new Export("before", ExternalKind.Global, Before), new Export("after", ExternalKind.Global, After)],
            Elements = [new ElementSegment(SegmentMode.Active, 0, ConstantExpression.OfI32(0), ValueKind.FuncRef, [ConstantExpression.OfFunction(2)])],
            Bodies = [new FunctionBody([], (byte[])[.. Points[point].ToArray(), (byte)Opcode.End]), new FunctionBody([], new CodeWriter().Mark(After).Op(Opcode.End).ToArray())],
        };
        return Guest.Instantiate(Guest.Load(module, new ModuleSettings { Optimize = optimize }), store, Imports(stop));
    }

    private static Imports Imports(bool stop) => new Imports().Add("env", "stop", new HostFunction((HostContext context) =>
    {
        if (stop) context.Store.RequestStop();
    }));

    /// <summary>Lets the host ask for the stop, then goes on within the segment.</summary>
    private static CodeWriter Start() => new CodeWriter().Op(Opcode.Call, Stop).Mark(Before);
}
