using Phala.Fuzz.CompileTime;
using Phala.Testing;
using Phala.Wasm;
using Phala.Wasm.Binary;
using Phala.Wasm.Compilation;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>
/// No function keeps the .NET compiler busy for long. The bound is 4 ms for each KB that a compilation is charged as, on an idle core; the search
/// that the thresholds come from is a command of <c>tests/Phala.Fuzz</c>. Here decisions are asserted, and times only at ten times the bound.
/// </summary>
public sealed class CompileTimeTests(ITestOutputHelper output)
{
    private const double Bound = 4, Generosity = 10;

    public static TheoryData<int> Refused => [.. Enumerable.Range(0, WorstShapes.Refused.Count)];

    public static TheoryData<int> Optimized => [.. Enumerable.Range(0, WorstShapes.Optimized.Count)];

    [Theory]
    [MemberData(nameof(Refused))]
    public void WhatTakesTheOptimizerLongIsNotOptimizedAndTakesNotLong(int index) => AssertDecision(WorstShapes.Refused[index], optimized: false);

    [Theory]
    [MemberData(nameof(Optimized))]
    public void WhatIsOptimizedTakesNotLong(int index) => AssertDecision(WorstShapes.Optimized[index], optimized: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AShortSearchFindsNothingThatTakesLong(bool optimize)
    {
        CompileSearch.Measure(WorstShapes.Optimized[0]);
        (CodeShape shape, double score) = CompileSearch.Worst(optimize, climbs: 2, seed: 11);
        output.WriteLine($"{score:f2} ms/KB: {shape}");
        // Where another process shares the core, one attempt of the search may count what is not the compiler's.
        if (score > Bound * Generosity) score = CompileSearch.Measure(shape);
        Assert.InRange(score, 0.01, Bound * Generosity);
    }

    [Fact]
    public void EachMeasureAloneForbidsOptimization()
    {
        int locals = (int)(FunctionSize.MostProduct / FunctionSize.MostBlocks);
        Assert.True(new FunctionSize(locals, FunctionSize.MostBlocks, FunctionSize.MostLoops, FunctionSize.MostCodeBytes).MayOptimize);
        Assert.False(new FunctionSize(locals + 1, FunctionSize.MostBlocks, 0, 0).MayOptimize);
        Assert.False(new FunctionSize(1, FunctionSize.MostBlocks + 1, 0, 0).MayOptimize);
        Assert.False(new FunctionSize(1, 1, FunctionSize.MostLoops + 1, 0).MayOptimize);
        Assert.False(new FunctionSize(1, 1, 0, FunctionSize.MostCodeBytes + 1).MayOptimize);
    }

    [Theory]
    [InlineData(FunctionSize.MostLoops, true)]
    [InlineData(FunctionSize.MostLoops + 1, false)]
    public void LoopsAreCounted(int loops, bool optimized)
    {
        CodeWriter code = new();
        for (int i = 0; i < loops; i++) code.Open(Opcode.Loop).Op(Opcode.End);
        Assert.Equal(optimized, Guest.Load(Guest.Define((":", code))).Code.SizeOf(0).MayOptimize);
    }

    [Theory]
    [InlineData("return", 2)]
    [InlineData("unreachable", 2)]
    [InlineData("call", 8)]
    [InlineData("select", 3)]
    [InlineData("memory.fill", 4)]
    [InlineData("division", 2)]
    [InlineData("float", 1)]
    public void InstructionsCountAsTheBlocksThatTheCompilerMakesOfThem(string instruction, int blocks)
    {
        Assert.Equal(blocks, BlocksOf(instruction, 2) - BlocksOf(instruction, 1));
        Assert.Equal(100 * blocks, BlocksOf(instruction, 101) - BlocksOf(instruction, 1));
    }

    /// <summary>The blocks of a function with so many copies of an instruction, each in a branch of its own, less those of as many empty branches.</summary>
    private static int BlocksOf(string instruction, int copies)
    {
        CodeWriter code = new(), empty = new();
        for (int i = 0; i < copies; i++)
        {
            Append(code.I32(1).Open(Opcode.If), instruction).Op(Opcode.End);
            empty.I32(1).Open(Opcode.If).Op(Opcode.End);
        }

        return Guest.Load(Guest.Define((":", code))).Code.SizeOf(0).Blocks - Guest.Load(Guest.Define((":", empty))).Code.SizeOf(0).Blocks;
    }

    private static CodeWriter Append(CodeWriter code, string instruction) => instruction switch
    {
        "return" => code.Op(Opcode.Return),
        "unreachable" => code.Op(Opcode.Unreachable),
        "call" => code.Op(Opcode.Call, 0),
        "select" => code.I32(1).I32(2).I32(3).Op(Opcode.Select).Op(Opcode.Drop),
        "memory.fill" => code.I32(0).I32(0).I32(0).Op(Opcode.MemoryFill, 0),
        "division" => code.I32(6).I32(3).Op(Opcode.I32DivU).Op(Opcode.Drop),
        "float" => code.I32(6).Op(Opcode.F64ConvertI32S).Op(Opcode.Drop),
        _ => throw new ArgumentOutOfRangeException(nameof(instruction)),
    };

    [Theory]
    [InlineData("bench/Phala.Benchmarks/Wasm/Kernels/kernels.wasm", 8)]
    [InlineData("tests/Phala.Tests/Wasm/Contracts/ledger.wasm", 2)]
    [InlineData("tests/Phala.Tests/Wasm/Contracts/poll.wasm", 58)]
    public void WhatToolChainsEmitIsOptimized(string path, int functions)
    {
        Assert.True(Module.TryLoad(File.ReadAllBytes(Repository.Path(path)), ModuleSettings.Default, out Module? module, out _));
        Assert.Equal(functions, module!.Definition.Bodies.Count);
        Assert.All(Enumerable.Range(0, functions), index => Assert.True(module.Code.SizeOf(index).MayOptimize, $"{index}: {module.Code.SizeOf(index)}"));
    }

    private void AssertDecision(CodeShape shape, bool optimized)
    {
        Module module = Guest.Load(ShapeModule.Of(shape));
        Assert.Equal(optimized, module.Code.SizeOf(0).MayOptimize);
        double score = CompileSearch.Measure(shape);
        output.WriteLine($"{score:f2} ms/KB, {module.Code.SizeOf(0)}, charged as {module.Code.CompiledBytesOf(0)} bytes");
        Assert.InRange(score, 0, Bound * Generosity);
    }
}
