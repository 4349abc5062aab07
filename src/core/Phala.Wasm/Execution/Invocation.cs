using System.Runtime.InteropServices;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Execution;

/// <summary>The border between host and guest: whatever ends a guest's run ends here, as a value.</summary>
internal static class Invocation
{
    // Unsafe: emitted code is called through its address, with exactly the signature that it was emitted with.
    public static unsafe CallResult Run(Function function, ReadOnlySpan<Value> arguments, Span<Value> results)
    {
        ref Value firstArgument = ref MemoryMarshal.GetReference(arguments);
        ref Value firstResult = ref MemoryMarshal.GetReference(results);
        Store store = function.Store;
        State saved = Enter(store);
        try
        {
            Instance target = function._target;
            nint code = Runtime.CodeOf(function);
            // The entry was emitted with exactly this signature.
            nint entry = target.Module.Code.EntryOf(function.Index);
            ((delegate*<nint, Instance, int, ref Value, ref Value, void>)entry)(code, target, store.StackLeft, ref firstArgument, ref firstResult);
            ReadFurtherResults(store, function.Type.Results, results);
            GC.KeepAlive(target);
            return default;
        }
        catch (GuestStop stop)
        {
            return stop.Result;
        }
        catch (Exception fault) when (!store.InHost)
        {
            return new CallResult(CallOutcome.InternalFault, Fault: fault);
        }
        finally
        {
            Leave(store, saved);
        }
    }

    /// <summary>Runs a part of the engine that may stop as a guest does.</summary>
    public static CallResult Guard(Store store, Action action)
    {
        State saved = Enter(store);
        try
        {
            action();
            return default;
        }
        catch (GuestStop stop)
        {
            return stop.Result;
        }
        catch (Exception fault)
        {
            return new CallResult(CallOutcome.InternalFault, Fault: fault);
        }
        finally
        {
            Leave(store, saved);
        }
    }

    private static void ReadFurtherResults(Store store, ReadOnlySpan<ValueKind> kinds, Span<Value> results)
    {
        for (int i = 1; i < kinds.Length; i++)
        {
            long bits = store._resultBits[i];
            results[i] = kinds[i] switch
            {
                ValueKind.I32 or ValueKind.F32 => Value.Of(kinds[i], (uint)bits),
                ValueKind.I64 or ValueKind.F64 => Value.Of(kinds[i], (ulong)bits),
                _ => Value.Of(kinds[i], 0, store._resultReferences[i]),
            };
        }
    }

    private static State Enter(Store store)
    {
        if (store.Running && !(store.InHost && store.MayReenter))
        {
            throw new InvalidOperationException("The store is running, and no host function that may call back is being executed.");
        }

        State saved = new(store.Running, store.InHost, store.MayReenter, store.StackLeft, store.HostFailure, store.HostOutOfFuel);
        store.Running = true;
        store.InHost = false;
        return saved;
    }

    private static void Leave(Store store, State saved)
    {
        (store.Running, store.InHost, store.MayReenter, store.StackLeft, store.HostFailure, store.HostOutOfFuel) = saved;
    }

    private readonly record struct State(bool Running, bool InHost, bool MayReenter, int StackLeft, int? HostFailure, bool HostOutOfFuel);
}
