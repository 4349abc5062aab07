using System.Buffers.Binary;
using Phala.Chain;
using Phala.Clusters.Execution;
using Phala.Trie;
using Phala.Wasm;

namespace Phala.Clusters.Wasm;

/// <summary>A call of a WebAssembly contract while it runs: what host functions work on.</summary>
/// <remarks>
/// <para><b>Concept.</b> A host function enters the frame, does its work in a straight line, and leaves. What fails on the way is noted; everything after it does nothing and finds nothing; leaving ends the run.</para>
/// <para><b>Invariant.</b> Gas is counted once: while the guest runs as the engine's fuel, while the host works by the meter of the whole run.</para>
/// </remarks>
internal sealed class WasmFrame
{
    /// <summary>Instead of a place for an output: none is wanted.</summary>
    private const uint Nowhere = uint.MaxValue;

    private readonly byte[] _input;
    private HostContext? _host;
    private Store? _store;
    private ulong _rest;
    private bool _isInputGone;
    private Execution.CallResult? _result;

    internal WasmFrame(CallContext call, ReadOnlySpan<byte> input) => (Call, _input) = (call, input.ToArray());

    /// <summary>The call.</summary>
    internal CallContext Call { get; }

    /// <summary>What the guest runs as part of.</summary>
    internal CallEngine Engine => Call.Engine;

    /// <summary>Enters the frame of the guest that calls.</summary>
    internal static WasmFrame Enter(HostContext host)
    {
        WasmFrame frame = (WasmFrame)host.Store.Owner!;
        frame._host = host;
        frame.TakeFuel(host.Store);
        return frame;
    }

    /// <summary>Goes back to the guest, or ends its run.</summary>
    internal void Leave()
    {
        HostContext host = _host!;
        if (Engine.Fuel.IsExhausted) host.TryCharge(long.MaxValue);
        else GiveFuel(host.Store);
        if (Call.Failure is not null || _result is not null) host.Fail(1);
    }

    /// <summary>Goes back to the guest with a result, or ends its run.</summary>
    internal int Leave(int result)
    {
        Leave();
        return result;
    }

    /// <summary>Goes back to the guest with a result, or ends its run.</summary>
    internal int Leave(ReturnCode result) => Leave((int)result);

    /// <summary>Begins the run.</summary>
    internal void Begin(Store store)
    {
        _store = store;
        GiveFuel(store);
    }

    /// <summary>Ends the run.</summary>
    /// <exception cref="InvalidOperationException">The engine or the machine gave out.</exception>
    internal Execution.CallResult End(in Phala.Wasm.CallResult run)
    {
        TakeFuel(_store!);
        switch (run.Outcome)
        {
            case CallOutcome.Completed:
                return Execution.CallResult.Return(default);
            case CallOutcome.OutOfFuel:
                Engine.Fuel.Exhaust();
                return Execution.CallResult.Fail(CallStatus.OutOfGas);
            case CallOutcome.HostFailed when _result is { } result && Call.Failure is null:
                return result;
            case CallOutcome.Stopped:
                return Execution.CallResult.Fail(CallStatus.Stopped);
            case CallOutcome.HostFailed or CallOutcome.Trapped:
                return Execution.CallResult.Fail(Call.Failure ?? CallStatus.Trapped);
            default:
                throw new InvalidOperationException($"The engine ended a run as {run.Outcome}.", run.Fault);
        }
    }

    /// <summary>Ends the guest's run with a result.</summary>
    internal void Finish(in Execution.CallResult result) => _result = result;

    /// <summary>The input, while the guest has it.</summary>
    internal ReadOnlySpan<byte> Input(bool keeps)
    {
        if (_isInputGone) Call.Fail(CallStatus.InputForwarded);
        _isInputGone |= !keeps;
        return Call.IsStopped ? default : _input;
    }

    /// <summary>The guest's bytes; none where it names memory that it does not have. Good until the guest goes on.</summary>
    internal ReadOnlySpan<byte> Read(int pointer, int length)
    {
        if (Call.IsStopped) return default;
        if (!Call.TrySpend(Fuel.CopyByte * (uint)length)) return default;
        if (_host!.Memory!.TryGetSpan((uint)pointer, (uint)length, out Span<byte> bytes)) return bytes;
        Call.Fail(CallStatus.OutOfBounds);
        return default;
    }

    /// <summary>So many of the guest's bytes; zeros where it does not have them.</summary>
    internal ReadOnlySpan<byte> ReadExactly(int pointer, int length)
    {
        ReadOnlySpan<byte> bytes = Read(pointer, length);
        return bytes.Length == length ? bytes : new byte[length];
    }

    internal AccountId ReadAccount(int pointer) => new(ReadExactly(pointer, AccountId.Size));

    internal Hash256 ReadHash(int pointer) => new(ReadExactly(pointer, Hash256.Size));

    internal UInt128 ReadAmount(int pointer) => BinaryPrimitives.ReadUInt128LittleEndian(ReadExactly(pointer, 16));

    /// <summary>Writes to the guest's memory.</summary>
    internal void Write(int pointer, ReadOnlySpan<byte> bytes)
    {
        if (!Call.TrySpend(Fuel.CopyByte * (uint)bytes.Length)) return;
        if (!_host!.Memory!.TryWrite((uint)pointer, bytes)) Call.Fail(CallStatus.OutOfBounds);
    }

    /// <summary>Writes an output: the guest says how much room there is, and is told the output's length in its place.</summary>
    /// <param name="pointer">The room.</param>
    /// <param name="lengthPointer">Where its length stands.</param>
    /// <param name="bytes">The output.</param>
    /// <param name="isOptional">Whether the guest may say that it wants none.</param>
    internal void WriteOutput(int pointer, int lengthPointer, ReadOnlySpan<byte> bytes, bool isOptional = false)
    {
        if (isOptional && (uint)pointer == Nowhere) return;
        uint room = BinaryPrimitives.ReadUInt32LittleEndian(ReadExactly(lengthPointer, sizeof(uint)));
        if (Call.IsStopped) return;
        if (room < bytes.Length)
        {
            Call.Fail(CallStatus.NoRoom);
            return;
        }

        Write(pointer, bytes);
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        Write(lengthPointer, length);
    }

    private void GiveFuel(Store store)
    {
        ulong gas = Engine.Fuel.Left;
        long wanted = (long)(gas / Fuel.WasmFuel);
        _rest = gas % Fuel.WasmFuel;
        if (wanted > store.Fuel) store.AddFuel(wanted - store.Fuel);
        else store.TryCharge(store.Fuel - wanted);
    }

    private void TakeFuel(Store store) => Engine.Fuel.LeaveOnly(((ulong)store.Fuel * Fuel.WasmFuel) + _rest);
}
