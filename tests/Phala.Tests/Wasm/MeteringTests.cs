using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Fuel is charged by segment before it runs, and by size where the work depends on operands.</summary>
public sealed class MeteringTests
{
    public static TheoryData<bool> Modes => [true, false];

    private static ModuleDefinition Loop => Guest.Define(("i:", new CodeWriter()
        .Open(Opcode.Loop).Op(Opcode.LocalGet, 0).I32(1).Op(Opcode.I32Sub).Op(Opcode.LocalTee, 0).Op(Opcode.BrIf, 0).Op(Opcode.End)));

    [Theory]
    [MemberData(nameof(Modes))]
    public void ALoopIsChargedOncePerIteration(bool optimize)
    {
        using Store store = new();
        Instance instance = Guest.Instantiate(Guest.Load(Loop, new ModuleSettings { Optimize = optimize }), store);
        Assert.True(Guest.Call(instance, "f0", out _, 1_000, Value.OfI32(7)).IsCompleted);
        Assert.Equal(1_000 - (7 * 5), store.Fuel);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void OneUnitLessThanNeededIsOutOfFuelAndLeavesNothing(bool optimize)
    {
        using Store store = new();
        Instance instance = Guest.Instantiate(Guest.Load(Loop, new ModuleSettings { Optimize = optimize }), store);
        Assert.True(Guest.Call(instance, "f0", out _, 35, Value.OfI32(7)).IsCompleted);
        Assert.Equal(0, store.Fuel);
        Assert.Equal(CallOutcome.OutOfFuel, Guest.Call(instance, "f0", out _, 34, Value.OfI32(7)).Outcome);
        Assert.Equal(0, store.Fuel);
    }

    [Fact]
    public void AnEndlessLoopEnds()
    {
        ModuleDefinition endless = Guest.Define((":", new CodeWriter().Open(Opcode.Loop).Op(Opcode.Br, 0).Op(Opcode.End)));
        Assert.Equal(CallOutcome.OutOfFuel, Guest.Run(endless, out _, fuel: 1_000_000).Outcome);
    }

    [Fact]
    public void TheBranchThatIsNotTakenIsNotCharged()
    {
        ModuleDefinition choice = Guest.Define(("i:", new CodeWriter().Op(Opcode.LocalGet, 0)
            .Open(Opcode.If).I32(1).Op(Opcode.Drop).Op(Opcode.Else).I32(1).Op(Opcode.Drop).I32(2).Op(Opcode.Drop).Op(Opcode.End)));
        Assert.Equal(2 + 2, Spent(choice, Value.OfI32(1)));
        Assert.Equal(2 + 4, Spent(choice, Value.OfI32(0)));
    }

    [Fact]
    public void CodeThatCannotBeReachedIsFree()
    {
        ModuleDefinition early = Guest.Define((":", new CodeWriter().Op(Opcode.Return).I32(1).Op(Opcode.Drop).I32(1).Op(Opcode.Drop)));
        Assert.Equal(1, Spent(early));
    }

    [Fact]
    public void BulkInstructionsPayBySize()
    {
        ModuleDefinition fill = Guest.Define(("i:", new CodeWriter().I32(0).I32(7).Op(Opcode.LocalGet, 0).Op(Opcode.MemoryFill, 0)));
        Assert.Equal(3 + FuelCosts.Bulk, Spent(fill, Value.OfI32(0)));
        Assert.Equal(3 + FuelCosts.Bulk + 1, Spent(fill, Value.OfI32(8)));
        Assert.Equal(3 + FuelCosts.Bulk + 2, Spent(fill, Value.OfI32(9)));
        Assert.Equal(3 + FuelCosts.Bulk + 8_192, Spent(fill, Value.OfI32(65_536)));
        using Store store = new();
        Instance instance = Guest.Instantiate(Guest.Load(fill), store);
        Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Call(instance, "f0", out _, 1_000, Value.OfI32(65_537)).Trap);
        Assert.Equal(1_000 - 3 - FuelCosts.Bulk, store.Fuel);
    }

    [Fact]
    public void GrowthPaysByPageAndOnlyWhenItHappens()
    {
        ModuleDefinition grow = Guest.Define(("i:i", new CodeWriter().Op(Opcode.LocalGet, 0).Op(Opcode.MemoryGrow, 0)));
        Assert.Equal(1 + FuelCosts.Bulk + (3L * FuelCosts.GrowPage), Spent(grow, Value.OfI32(3)));
        Assert.Equal(1 + FuelCosts.Bulk, Spent(grow, Value.OfI32(-1)));
    }

    [Fact]
    public void LocalsPayForBeingCleared()
    {
        ModuleDefinition plain = Guest.Define((":", new CodeWriter().Op(Opcode.Return)));
        ModuleDefinition many = plain with { Bodies = [new FunctionBody([new LocalGroup(9, ValueKind.I64)], plain.Bodies[0].Code)] };
        Assert.Equal(1, Spent(plain));
        Assert.Equal(1 + 3, Spent(many));
    }

    [Fact]
    public void InstantiationPaysForMemoryTablesAndSegments()
    {
        ModuleDefinition definition = Guest.Define((":", new CodeWriter().Op(Opcode.Nop))) with
        {
            Data = [new DataSegment(SegmentMode.Active, ConstantExpression.OfI32(0), new byte[17])],
        };
        Module module = Guest.Load(definition);
        long expected = FuelCosts.GrowPage + (10L * FuelCosts.TableElement) + 3;
        Assert.Equal(expected, module.InstantiationFuel);
        using Store store = new();
        store.AddFuel(expected - 1);
        Assert.Equal(CallOutcome.OutOfFuel, module.Instantiate(store, new Imports()).Run.Outcome);
        store.AddFuel(expected);
        Assert.True(module.Instantiate(store, new Imports()).Run.IsCompleted);
        Assert.Equal(0, store.Fuel);
    }

    [Fact]
    public void CompilationCountsWhatCodeImplies()
    {
        long Bytes(ModuleDefinition module) => Guest.Load(module with { Tables = [new TableType(ValueKind.FuncRef, new Limits(0))], Memories = [] }).BytesToCompile;

        ModuleDefinition plain = Guest.Define((":", new CodeWriter().Op(Opcode.Nop))) with { Exports = [] };
        Assert.Equal(FuelCosts.CompiledFunction + 2, Bytes(plain));
        Assert.Equal(FuelCosts.CompiledFunction + 2 + 1_000, Bytes(plain with { Bodies = [new FunctionBody([new LocalGroup(1_000, ValueKind.I64)], plain.Bodies[0].Code)] }));

        CodeWriter call = new CodeWriter().Op(Opcode.LocalGet, 0).Op(Opcode.LocalGet, 1).Op(Opcode.Call, 0);
        Assert.Equal(FuelCosts.CompiledFunction + 7 + FuelCosts.CompiledCall + (3 * FuelCosts.CompiledValue), Bytes(Guest.Define(("il:d", call)) with { Exports = [] }));
        CodeWriter indirect = new CodeWriter().Op(Opcode.LocalGet, 0).Op(Opcode.LocalGet, 1).I32(0).Op(Opcode.CallIndirect, 0, 0);
        Assert.Equal(FuelCosts.CompiledFunction + 10 + FuelCosts.CompiledCall + (3 * FuelCosts.CompiledValue), Bytes(Guest.Define(("il:d", indirect)) with { Exports = [] }));
        CodeWriter global = new CodeWriter().Op(Opcode.GlobalGet, 0).Op(Opcode.GlobalSet, 0);
        GlobalDefinition counter = new(new GlobalType(ValueKind.I32, Mutable: true), ConstantExpression.OfI32(0));
        Assert.Equal(FuelCosts.CompiledFunction + 5 + (2 * FuelCosts.CompiledValue), Bytes(Guest.Define((":", global)) with { Exports = [], Globals = [counter] }));
        CodeWriter branches = new CodeWriter().I32(1).I32(2).I32(0).Op(Opcode.BrIf, 0).I32(0).BranchTable([0, 0], 0);
        Assert.Equal(FuelCosts.CompiledFunction + 16 + ((2 + 6) * FuelCosts.CompiledValue), Bytes(Guest.Define((":ii", branches)) with { Exports = [] }));
    }

    [Fact]
    public void WithoutMeteringNothingIsCharged()
    {
        ModuleDefinition grow = Guest.Define(("i:i", new CodeWriter().Op(Opcode.LocalGet, 0).Op(Opcode.MemoryGrow, 0)));
        Assert.True(Guest.Run(grow, out Value[] results, new ModuleSettings { Metered = false }, 0, Value.OfI32(3)).IsCompleted);
        Assert.Equal(1, results[0].AsI32());
    }

    private static long Spent(ModuleDefinition definition, params Value[] arguments)
    {
        using Store store = new();
        Instance instance = Guest.Instantiate(Guest.Load(definition), store);
        Assert.True(Guest.Call(instance, "f0", out _, Guest.Plenty, arguments).IsCompleted);
        return Guest.Plenty - store.Fuel;
    }
}
