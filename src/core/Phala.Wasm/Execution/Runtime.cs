using System.Runtime.CompilerServices;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Execution;

/// <summary>What compiled code calls: the ends of a run, code that is not compiled yet, calls through tables, the border to host functions.</summary>
internal static class Runtime
{
    /// <summary>Stack between two looks at the physical stack; a power of two.</summary>
    public const int StackCheckInterval = 16_384;

    /// <summary>The end of a run by a trap.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Trap(TrapKind kind) => new GuestStop(CallResult.OfTrap(kind));

    /// <summary>The end of a run that cannot pay for the next segment.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception OutOfFuel(Store store)
    {
        store._fuel = 0;
        return new GuestStop(new CallResult(CallOutcome.OutOfFuel));
    }

    /// <summary>The end of a run whose fuel fell below the floor: for want of fuel, or because somebody raised the floor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception BelowFloor(Store store, long fuel)
    {
        if (fuel < 0) return OutOfFuel(store);
        store._fuel = fuel;
        return Stopped();
    }

    /// <summary>The end of a run that somebody asked to stop.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Stopped() => new GuestStop(new CallResult(CallOutcome.Stopped));

    /// <summary>
    /// Called by a function whose frame crosses an interval: ends the run where the charged stack is used up, and where the physical stack is
    /// (the runtime keeps at least 64 KiB free, more than an interval of frames and this engine's own helpers take).
    /// </summary>
    public static void CheckStack(int left)
    {
        if (left < 0) throw Trap(TrapKind.StackExhausted);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new GuestStop(new CallResult(CallOutcome.InternalFault, Fault: new InsufficientExecutionStackException()));
        }
    }

    /// <summary>The address of a function of the same module. <paramref name="place"/> is its entry in the pinned table of the module's code.</summary>
    // Unsafe: emitted code holds the address of its callee's entry, and the table is pinned for as long as the code lives.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe nint CodeAt(nint place, Instance instance, int index)
    {
        nint code = Volatile.Read(ref *(nint*)place);
        return code != 0 ? code : Compile(instance, index);
    }

    /// <summary>The address of a function of any module.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint CodeOf(Function function)
    {
        nint code = function._code;
        return code != 0 ? code : Resolve(function);
    }

    /// <summary>The function at a place of a table, of the type that the call asks for (4.4.8).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Function Indirect(Instance instance, int table, int type, int index)
    {
        Table from = instance._tables[table];
        if ((uint)index >= (uint)from._length) throw Trap(TrapKind.UndefinedElement);
        object? element = from._elements[index];
        if (element is null) throw Trap(TrapKind.UninitializedElement);
        // Tables of functions hold nothing else: the validator and Table.TrySet see to it.
        Function function = Unsafe.As<Function>(element);
        FunctionType expected = instance.Module.Spaces.Types[type];
        if (!ReferenceEquals(function.Type, expected) && !function.Type.Equals(expected)) throw Trap(TrapKind.IndirectCallTypeMismatch);
        if (function._code == 0) Resolve(function);
        return function;
    }

    /// <summary>Prepares the call of a host function.</summary>
    public static HostContext BeginHost(Instance instance, int stack, int import)
    {
        Store store = instance._store;
        store.StackLeft = stack - FrameCharge.HostCall;
        CheckStack(store.StackLeft);
        store.MayReenter = instance.HostFunctionOf(import).MayReenter;
        store.HostFailure = null;
        store.HostOutOfFuel = false;
        store.InHost = true;
        return instance.Context;
    }

    /// <summary>Takes note of how a host function ended.</summary>
    public static void EndHost(Instance instance)
    {
        Store store = instance._store;
        store.InHost = false;
        if (store.HostOutOfFuel) throw OutOfFuel(store);
        if (store.HostFailure is { } code) throw new GuestStop(new CallResult(CallOutcome.HostFailed, HostError: code));
    }

    /// <summary>The delegate behind an import.</summary>
    public static Delegate HostDelegate(Instance instance, int import) => instance.HostFunctionOf(import).Implementation;

    /// <summary>The reference to a function of the module.</summary>
    public static Function FunctionReference(Instance instance, int index) => instance.GetFunction(index);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Compile(Instance instance, int index) => instance.Module.Code.Compile(index);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Resolve(Function function)
    {
        Instance target = function._target;
        int imported = target.Module.Spaces.ImportedFunctions;
        return function._code = function.Index < imported
            ? target.Module.Code.HostThunk(function.Index, target.HostFunctionOf(function.Index).Implementation.GetType())
            : target.Module.Code.Compile(function.Index - imported);
    }
}
