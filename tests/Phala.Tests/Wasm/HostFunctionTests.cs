using Phala.Wasm;
using Phala.Wasm.Binary;
using Xunit;

namespace Phala.Tests.Wasm;

/// <summary>The border between guest and host.</summary>
public sealed class HostFunctionTests
{
    /// <summary>Function 0 is the import; <c>run</c> passes its argument to it, <c>inner</c> adds one.</summary>
    private static ModuleDefinition Caller => new()
    {
        Types = [FunctionType.Parse("i:i")],
        Imports = [new Import("env", "host", ExternalKind.Function, TypeIndex: 0)],
        Functions = [0, 0],
        Memories = [new Limits(1)],
        Exports = [new Export("run", ExternalKind.Function, 1), new Export("inner", ExternalKind.Function, 2), new Export("memory", ExternalKind.Memory, 0)],
        Bodies =
        [
            new FunctionBody([], new CodeWriter().Op(Opcode.LocalGet, 0).Op(Opcode.Call, 0).Op(Opcode.End).ToArray()),
            new FunctionBody([], new CodeWriter().Op(Opcode.LocalGet, 0).I32(1).Op(Opcode.I32Add).Op(Opcode.End).ToArray()),
        ],
    };

    [Fact]
    public void AHostFunctionSeesArgumentsMemoryAndFuel()
    {
        long seen = 0;
        CallResult result = Run((context, x) =>
        {
            seen = context.Store.Fuel;
            Assert.True(context.Memory!.TryWrite(10, [1, 2, 3]));
            Assert.False(context.Memory.TryWrite(65_534, [1, 2, 3]));
            Assert.False(context.Memory.TryGetSpan(uint.MaxValue, uint.MaxValue, out _));
            Assert.True(context.TryCharge(100));
            return x * 2;
        }, out Value[] results, out Store store);
        Assert.True(result.IsCompleted);
        Assert.Equal(42, results[0].AsI32());
        Assert.Equal(1_000 - 1 - FuelCosts.Call, seen);
        Assert.Equal(seen - 100, store.Fuel);
    }

    [Fact]
    public void AHostFunctionFailsWithAValue()
    {
        CallResult result = Run((context, _) =>
        {
            context.Fail(7);
            return 0;
        }, out _, out _);
        Assert.Equal(new CallResult(CallOutcome.HostFailed, HostError: 7), result);
    }

    [Fact]
    public void WorkThatCannotBePaidEndsTheRun()
    {
        CallResult result = Run((context, _) => context.TryCharge(1_000_000) ? 1 : 0, out _, out Store store);
        Assert.Equal(CallOutcome.OutOfFuel, result.Outcome);
        Assert.Equal(0, store.Fuel);
    }

    [Fact]
    public void AnExceptionOfTheHostIsNotTheGuestsEnd() =>
        Assert.Throws<NotSupportedException>(() => Run((_, _) => throw new NotSupportedException(), out _, out _));

    [Fact]
    public void OnlyFunctionsThatMayReenterCallTheGuest()
    {
        int Reenter(HostContext context, int x)
        {
            context.Instance.TryGetFunction("inner", out Function? inner);
            Value[] results = new Value[1];
            Assert.True(inner!.Call([Value.OfI32(x)], results).IsCompleted);
            return results[0].AsI32();
        }

        Assert.Throws<InvalidOperationException>(() => Run(Reenter, out _, out _));
        Assert.True(Run(Reenter, out Value[] values, out _, mayReenter: true).IsCompleted);
        Assert.Equal(22, values[0].AsI32());
    }

    [Fact]
    public void AFailureBeforeReentryIsRemembered()
    {
        int calls = 0;
        CallResult result = Run((context, x) =>
        {
            if (calls++ > 0) return x;
            context.Fail(5);
            context.Instance.TryGetFunction("run", out Function? run);
            Assert.True(run!.Call([Value.OfI32(x)], new Value[1]).IsCompleted);
            return 0;
        }, out _, out _, mayReenter: true);
        Assert.Equal(2, calls);
        Assert.Equal(5, result.HostError);
    }

    [Fact]
    public void MutualRecursionThroughTheHostExhaustsTheStack()
    {
        CallResult last = default;
        Guest.OnThread(8 << 20, () => Run((context, x) =>
        {
            context.Instance.TryGetFunction("run", out Function? run);
            CallResult inner = run!.Call([Value.OfI32(x)], new Value[1]);
            if (!inner.IsCompleted && last == default) last = inner;
            return 0;
        }, out _, out _, mayReenter: true, fuel: Guest.Plenty));
        Assert.Equal(TrapKind.StackExhausted, last.Trap);
    }

    [Fact]
    public void DelegatesOfAnotherFormAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new HostFunction((int x) => x));
        Assert.Throws<ArgumentException>(() => new HostFunction((HostContext _, uint x) => (int)x));
        Assert.Throws<ArgumentException>(() => new HostFunction((EventHandler)((_, _) => { })));
    }

    [Fact]
    public void ImportsMustExistAndFit()
    {
        Module module = Guest.Load(Caller);
        using Store store = new(), other = new();
        store.AddFuel(Guest.Plenty);
        other.AddFuel(Guest.Plenty);
        Assert.Equal(LinkError.UnknownImport, module.Instantiate(store, new Imports()).Link);
        Assert.Equal(LinkError.IncompatibleImport, module.Instantiate(store, new Imports().Add("env", "host", new HostFunction((HostContext _) => { }))).Link);
        Imports host = new Imports().Add("env", "host", new HostFunction((HostContext _, int x) => x));
        Instance foreign = module.Instantiate(other, host).Instance!;
        foreign.TryGetFunction("inner", out Function? function);
        Assert.Equal(LinkError.ForeignStore, module.Instantiate(store, new Imports().Add("env", "host", function!)).Link);
    }

    private static CallResult Run(
        Func<HostContext, int, int> host, out Value[] results, out Store store, bool mayReenter = false, long fuel = 1_000)
    {
        store = new Store();
        Instance instance = Guest.Instantiate(Guest.Load(Caller), store, new Imports().Add("env", "host", new HostFunction(host, mayReenter)));
        return Guest.Call(instance, "run", out results, fuel, Value.OfI32(21));
    }
}
