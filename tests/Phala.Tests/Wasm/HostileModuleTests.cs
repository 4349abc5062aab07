using Phala.Testing.Wasm;
using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>Modules made to take the worker's time, memory or stack.</summary>
public sealed class HostileModuleTests
{
    [Fact]
    public void AStartFunctionThatLoopsRunsOutOfFuel()
    {
        ModuleDefinition module = Modules.Of(":", new CodeWriter().Open(Opcode.Loop).Op(Opcode.Br, 0).Op(Opcode.End)) with { Start = 0 };
        using Store store = new();
        store.AddFuel(10_000_000);
        InstantiationResult result = Guest.Load(module).Instantiate(store, new Imports());
        Assert.Equal(CallOutcome.OutOfFuel, result.Run.Outcome);
        Assert.Null(result.Instance);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AStopRequestEndsALoopAndARecursion(bool optimize)
    {
        CodeWriter loop = new CodeWriter().Op(Opcode.Call, 0).Open(Opcode.Loop).Op(Opcode.Br, 0).Op(Opcode.End);
        ModuleDefinition module = new()
        {
            Types = [FunctionType.Parse(":")],
            Imports = [new Import("env", "stop", ExternalKind.Function)],
            Functions = [0, 0],
            Exports = [new Export("loop", ExternalKind.Function, 1), new Export("call", ExternalKind.Function, 2)],
            Bodies = [new FunctionBody([], loop.Op(Opcode.End).ToArray()), new FunctionBody([], new CodeWriter().Op(Opcode.Call, 0).Op(Opcode.Call, 2).Op(Opcode.End).ToArray())],
        };
        using Store store = new();
        Imports imports = new Imports().Add("env", "stop", new HostFunction((HostContext context) => context.Store.RequestStop()));
        Instance instance = Guest.Instantiate(Guest.Load(module, new ModuleSettings { Optimize = optimize, Metered = false }), store, imports);
        foreach (string name in new[] { "loop", "call" })
        {
            store.ResumeAfterStop();
            Assert.Equal(CallOutcome.Stopped, Guest.Call(instance, name, out _).Outcome);
        }

        Assert.True(store.IsStopRequested);
    }

    [Fact]
    public void AStopRequestFromAnotherThreadEndsAnUnmeteredLoop()
    {
        ModuleDefinition module = Modules.Of(":", new CodeWriter().Open(Opcode.Loop).Op(Opcode.Br, 0).Op(Opcode.End));
        using Store store = new();
        Instance instance = Guest.Instantiate(Guest.Load(module, new ModuleSettings { Metered = false }), store);
        using Timer timer = new(_ => store.RequestStop(), null, 50, Timeout.Infinite);
        Assert.Equal(CallOutcome.Stopped, Guest.Call(instance, "f", out _).Outcome);
    }

    [Fact]
    public void GreedForMemoryEndsAtTheLimit()
    {
        CodeWriter code = new CodeWriter().Open(Opcode.Loop).I32(1).Op(Opcode.MemoryGrow, 0).I32(-1).Op(Opcode.I32Ne).Op(Opcode.BrIf, 0).Op(Opcode.End).Op(Opcode.MemorySize, 0);
        Assert.True(Guest.Run(Guest.Define((":i", code)), out Value[] results).IsCompleted);
        Assert.Equal(ResourceLimits.Default.MemoryPages, results[0].AsI32());
    }

    [Fact]
    public void GreedForTablesEndsAtTheLimit()
    {
        CodeWriter code = new CodeWriter().Open(Opcode.Loop).Null(ValueKind.FuncRef).I32(1_000).Op(Opcode.TableGrow, 0).I32(-1).Op(Opcode.I32Ne).Op(Opcode.BrIf, 0).Op(Opcode.End).Op(Opcode.TableSize, 0);
        Assert.True(Guest.Run(Guest.Define((":i", code)), out Value[] results).IsCompleted);
        Assert.InRange(results[0].AsI32(), ResourceLimits.Default.TableElements - 1_000, ResourceLimits.Default.TableElements);
    }

    [Fact]
    public void FiftyThousandLocalsInTenThousandFunctionsAreRefused()
    {
        FunctionBody body = new([new LocalGroup(50_000, ValueKind.I64)], new CodeWriter().Op(Opcode.End).ToArray());
        ModuleDefinition module = Modules.Of(":", new CodeWriter()) with { Functions = [.. Enumerable.Repeat(0u, 10_000)], Bodies = [.. Enumerable.Repeat(body, 10_000)] };
        Assert.Equal(ModuleError.TooManyLocals, Guest.ErrorOf(module));
        Assert.Equal(ModuleError.None, Guest.ErrorOf(module with { Bodies = [.. Enumerable.Repeat(body with { Locals = [new LocalGroup(4_096, ValueKind.I64)] }, 10_000)] }));
    }

    [Fact]
    public void ALocalCountThatOverflowsIsRefused()
    {
        LocalGroup[] groups = [new LocalGroup(uint.MaxValue, ValueKind.I32), new LocalGroup(uint.MaxValue, ValueKind.I64), new LocalGroup(2, ValueKind.I64)];
        ModuleDefinition module = Modules.Of(":", new CodeWriter()) with { Bodies = [new FunctionBody(groups, new CodeWriter().Op(Opcode.End).ToArray())] };
        Assert.Equal(ModuleError.TooManyLocals, Guest.ErrorOf(module));
    }

    [Fact]
    public void LargeFunctionsAreCompiledWithoutOptimization()
    {
        Module small = Guest.Load(CompileBomb(10, 10)), bomb = Guest.Load(CompileBomb(900, 900));
        Assert.True(small.Code.SizeOf(0).MayOptimize);
        Assert.False(bomb.Code.SizeOf(0).MayOptimize);
        using Store store = new();
        Assert.True(Guest.Call(Guest.Instantiate(bomb, store), "f0", out Value[] results, Guest.Plenty, Value.OfI32(1)).IsCompleted);
        Assert.Equal(900, results[0].AsI32());
    }

    [Fact]
    public void DeepNestingAndWideBranchTablesCompileAtTheirLimits()
    {
        foreach (string property in new[] { "Nesting", "BranchTableLabels", "OperandStack", "Locals", "FunctionBytes", "Parameters" })
        {
            LimitCase limit = LimitCases.All.Single(candidate => candidate.Property == property);
            Assert.True(Module.TryLoad(limit.Make(limit.Limit(ResourceLimits.Default)), ModuleSettings.Default, out Module? module, out _));
            using Store store = new();
            if (!Guest.Instantiate(module!, store).TryGetFunction("f", out Function? function)) continue;
            store.AddFuel(Guest.Plenty);
            CallResult result = function!.Call([.. function.Type.Parameters.ToArray().Select(kind => Value.Of(kind, 0))], []);
            Assert.True(result.IsCompleted || result.Trap == TrapKind.StackExhausted, $"{property}: {result}");
        }
    }

    [Fact]
    public void ALongChainOfOperationsDoesNotRecurseInTheCompiler()
    {
        CodeWriter code = new CodeWriter().Op(Opcode.LocalGet, 0);
        for (int i = 0; i < 6_000; i++) code.I32(i).Op(i % 2 == 0 ? Opcode.I32Add : Opcode.I32Xor);
        Guest.OnThread((2 << 20) + (1 << 20), () =>
        {
            Assert.True(Guest.Run(Guest.Define(("i:i", code)), out Value[] results, null, Guest.Plenty, Value.OfI32(5)).IsCompleted);
            int expected = 5;
            for (int i = 0; i < 6_000; i++) expected = i % 2 == 0 ? expected + i : expected ^ i;
            Assert.Equal(expected, results[0].AsI32());
        });
    }

    /// <summary>Many locals that are alive over many blocks: what the .NET optimizer takes longest over.</summary>
    private static ModuleDefinition CompileBomb(int locals, int blocks)
    {
        CodeWriter code = new();
        for (uint i = 0; i < blocks; i++)
        {
            uint local = 1 + (i % (uint)locals);
            code.Op(Opcode.LocalGet, 0).Open(Opcode.If).Op(Opcode.LocalGet, local).I32(1).Op(Opcode.I32Add).Op(Opcode.LocalSet, local).Op(Opcode.End);
        }

        code.I32(0);
        for (uint i = 1; i <= locals; i++) code.Op(Opcode.LocalGet, i).Op(Opcode.I32Add);
        ModuleDefinition module = Guest.Define(("i:i", code));
        return module with { Bodies = [new FunctionBody([new LocalGroup((uint)locals, ValueKind.I32)], module.Bodies[0].Code)] };
    }
}
