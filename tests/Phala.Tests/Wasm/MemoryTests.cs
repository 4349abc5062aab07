using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Memory is bounded, zero at the start, and nobody else's.</summary>
public sealed class MemoryTests
{
    public static TheoryData<Opcode, bool> Accesses
    {
        get
        {
            TheoryData<Opcode, bool> data = [];
            foreach (Opcode opcode in Enum.GetValues<Opcode>().Where(opcode => opcode is >= Opcode.I32Load and <= Opcode.I64Store32))
            {
                data.Add(opcode, true);
                data.Add(opcode, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Accesses))]
    public void TheLastPlaceThatFitsIsReachedAndTheNextIsNot(Opcode opcode, bool optimize)
    {
        InstructionInfo info = InstructionSet.Find(opcode)!;
        bool load = info.Type!.Results.Length == 1;
        foreach (uint offset in new uint[] { 0, 5, 40_000 })
        {
            CodeWriter code = new CodeWriter().Op(Opcode.LocalGet, 0);
            if (!load) Zero(code, info.Type.Parameters[1]);
            code.Access(opcode, offset);
            if (load) code.Op(Opcode.Drop);
            ModuleDefinition module = Guest.Define(("i:", code));
            ModuleSettings settings = new() { Optimize = optimize };
            int last = 65_536 - info.Width - (int)offset;
            Assert.True(Guest.Run(module, out _, settings, Guest.Plenty, Value.OfI32(last)).IsCompleted);
            Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Run(module, out _, settings, Guest.Plenty, Value.OfI32(last + 1)).Trap);
            Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Run(module, out _, settings, Guest.Plenty, Value.OfI32(-1)).Trap);
        }
    }

    [Fact]
    public void AnEarlierComparisonCoversNoLargerEnd()
    {
        // The first access compares less than the second needs; the third is covered by the second.
        CodeWriter code = new CodeWriter().Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop)
            .Op(Opcode.LocalGet, 0).Access(Opcode.I32Load, 8).Op(Opcode.Drop)
            .Op(Opcode.LocalGet, 0).Access(Opcode.I32Load, 4);
        ModuleDefinition module = Guest.Define(("i:i", code));
        Assert.True(Guest.Run(module, out _, null, Guest.Plenty, Value.OfI32(65_536 - 12)).IsCompleted);
        Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Run(module, out _, null, Guest.Plenty, Value.OfI32(65_536 - 11)).Trap);
    }

    [Fact]
    public void AnAssignmentForgetsTheComparison()
    {
        CodeWriter code = new CodeWriter().Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop)
            .Op(Opcode.LocalGet, 0).I32(65_536).Op(Opcode.I32Add).Op(Opcode.LocalSet, 0).Op(Opcode.LocalGet, 0).Access(Opcode.I32Load);
        Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Run(Guest.Define(("i:i", code)), out _, null, Guest.Plenty, Value.OfI32(0)).Trap);
    }

    [Fact]
    public void AComparisonInOneBranchDoesNotServeTheOther()
    {
        CodeWriter code = new CodeWriter().Op(Opcode.LocalGet, 1)
            .Open(Opcode.If).Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop)
            .Op(Opcode.Else).Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop).Op(Opcode.End);
        ModuleDefinition both = Guest.Define(("ii:", code));
        Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Run(both, out _, null, Guest.Plenty, Value.OfI32(-4), Value.OfI32(0)).Trap);
        CodeWriter after = new CodeWriter().Op(Opcode.LocalGet, 1)
            .Open(Opcode.If).Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop).Op(Opcode.End)
            .Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop);
        Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Run(Guest.Define(("ii:", after)), out _, null, Guest.Plenty, Value.OfI32(-4), Value.OfI32(0)).Trap);
    }

    [Fact]
    public void ALoopThatMovesTheAddressComparesEveryTime()
    {
        CodeWriter code = new CodeWriter().Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop)
            .Open(Opcode.Loop).Op(Opcode.LocalGet, 0).Access(Opcode.I32Load).Op(Opcode.Drop)
            .Op(Opcode.LocalGet, 0).I32(4).Op(Opcode.I32Add).Op(Opcode.LocalSet, 0).Op(Opcode.Br, 0).Op(Opcode.End);
        Assert.Equal(TrapKind.MemoryOutOfBounds, Guest.Run(Guest.Define(("i:", code)), out _, null, Guest.Plenty, Value.OfI32(0)).Trap);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AfterGrowthInACalleeTheCallerSeesTheNewMemory(bool optimize)
    {
        CodeWriter caller = new CodeWriter().I32(0).I32(1).Access(Opcode.I32Store)
            .Op(Opcode.Call, 1).I32(0).I32(7).Access(Opcode.I32Store)
            .Op(Opcode.LocalGet, 0).I32(9).Access(Opcode.I32Store)
            .Op(Opcode.Call, 2);
        CodeWriter grow = new CodeWriter().I32(1).Op(Opcode.MemoryGrow, 0).Op(Opcode.Drop);
        CodeWriter read = new CodeWriter().I32(0).Access(Opcode.I32Load);
        ModuleDefinition module = Guest.Define(("i:i", caller), (":", grow), (":i", read));
        Assert.True(Guest.Run(module, out Value[] results, new ModuleSettings { Optimize = optimize }, Guest.Plenty, Value.OfI32(100_000)).IsCompleted);
        Assert.Equal(7, results[0].AsI32());
    }

    [Fact]
    public void GrowthStopsAtTheMaximumAndAtTheLimit()
    {
        using Store store = new(new ResourceLimits { MemoryPages = 4 });
        LinearMemory bounded = new(store, new Limits(1, 3)), free = new(store, new Limits(1));
        Assert.Equal(1, bounded.Grow(2));
        Assert.Equal(-1, bounded.Grow(1));
        Assert.Equal(3, bounded.Pages);
        Assert.Equal(1, free.Grow(3));
        Assert.Equal(-1, free.Grow(1));
        Assert.Equal(-1, free.Grow(uint.MaxValue));
        Assert.Equal(4, free.Pages);
    }

    [Fact]
    public void ATableGrowsToItsLimit()
    {
        using Store store = new(new ResourceLimits { TableElements = 4 });
        Table table = new(store, new TableType(ValueKind.ExternRef, new Limits(1)));
        Assert.True(table.MayGrow(3));
        Assert.False(table.MayGrow(4));
        Assert.False(table.MayGrow(uint.MaxValue));
    }

    [Fact]
    public void APooledMemoryShowsNothingOfItsFormerGuest()
    {
        MemoryPool pool = new(1 << 20);
        for (int round = 0; round < 3; round++)
        {
            using Store store = new(pool: pool);
            LinearMemory memory = new(store, new Limits(2));
            Assert.True(memory.TryGetSpan(0, 131_072, out Span<byte> bytes));
            Assert.Equal(-1, bytes.IndexOfAnyExcept((byte)0));
            bytes.Fill(0xA5);
            Assert.Equal(0, pool.HeldBytes);
            store.Dispose();
            Assert.Equal(131_072, pool.HeldBytes);
        }
    }

    [Fact]
    public void ThePoolKeepsToItsBudget()
    {
        MemoryPool pool = new(100_000);
        using (Store store = new(pool: pool))
        {
            _ = new LinearMemory(store, new Limits(1));
            _ = new LinearMemory(store, new Limits(1));
            _ = new LinearMemory(store, new Limits(2));
        }

        Assert.Equal(65_536, pool.HeldBytes);
    }

    private static void Zero(CodeWriter code, ValueKind kind)
    {
        switch (kind)
        {
            case ValueKind.I32:
                code.I32(0);
                break;
            case ValueKind.I64:
                code.I64(0);
                break;
            case ValueKind.F32:
                code.F32(0);
                break;
            default:
                code.F64(0);
                break;
        }
    }
}
