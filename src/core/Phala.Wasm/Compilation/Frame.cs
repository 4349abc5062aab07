using System.Reflection.Emit;
using Phala.Wasm.Execution;

namespace Phala.Wasm.Compilation;

/// <summary>
/// What every compiled function carries: the store, the stack that is left, fuel in a CIL local, the memory's first byte and length in CIL
/// locals; and the cold blocks that its checks branch to.
/// <para>Invariant: outside of calls the fuel local is the truth; at calls and at every end of the run the store's field is.</para>
/// </summary>
internal sealed class Frame
{
    private readonly ILGenerator _il;
    private readonly bool _metered;
    private readonly bool _usesMemory;
    private readonly LocalBuilder _store;
    private readonly LocalBuilder _stack;
    private readonly LocalBuilder? _fuel;
    private readonly LocalBuilder? _memory;
    private readonly LocalBuilder? _memoryLength;
    private readonly SortedDictionary<TrapKind, Label> _traps = [];
    private Label? _belowFloor;
    private Label? _stopped;

    public Frame(ILGenerator il, bool metered, bool usesMemory)
    {
        _il = il;
        _metered = metered;
        _usesMemory = usesMemory;
        _store = il.DeclareLocal(typeof(Store));
        _stack = il.DeclareLocal(typeof(int));
        if (metered) _fuel = il.DeclareLocal(typeof(long));
        if (!usesMemory) return;
        _memory = il.DeclareLocal(typeof(byte).MakeByRefType());
        _memoryLength = il.DeclareLocal(typeof(nuint));
    }

    /// <summary>Opens the function: charges the stack, loads fuel and memory.</summary>
    public void EmitPrologue(int frameCharge)
    {
        Label enough = _il.DefineLabel();
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ldc_I4, frameCharge);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, _stack);

        // One comparison for both guards: the high bits differ when an interval is crossed or the difference is negative.
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ldloc, _stack);
        _il.Emit(OpCodes.Xor);
        _il.Emit(OpCodes.Ldc_I4, Runtime.StackCheckInterval);
        _il.Emit(OpCodes.Blt_Un, enough);
        _il.Emit(OpCodes.Ldloc, _stack);
        _il.Emit(OpCodes.Call, RuntimeMembers.CheckStack);
        _il.MarkLabel(enough);

        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceStore);
        _il.Emit(OpCodes.Stloc, _store);
        EmitReload();
        EmitStopCheck();
    }

    /// <summary>Charges a segment before it runs, and leaves the run where fuel is used up or somebody asked for it. The evaluation stack must be clear.</summary>
    public void EmitCharge(int cost)
    {
        if (!_metered || cost == 0) return;
        _belowFloor ??= _il.DefineLabel();
        _il.Emit(OpCodes.Ldloc, _fuel!);
        _il.Emit(OpCodes.Ldc_I8, (long)cost);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, _fuel!);
        _il.Emit(OpCodes.Ldloc, _fuel!);
        EmitFloor();
        _il.Emit(OpCodes.Blt, _belowFloor.Value);
    }

    /// <summary>Leaves the run if somebody asked for it, in code that is not metered. The evaluation stack must be clear.</summary>
    public void EmitStopCheck()
    {
        if (_metered) return;
        _stopped ??= _il.DefineLabel();
        EmitFloor();
        _il.Emit(OpCodes.Ldc_I8, 0L);
        _il.Emit(OpCodes.Bgt, _stopped.Value);
    }

    /// <summary>Volatile, so that the .NET compiler reads it at each point and not once before a loop.</summary>
    private void EmitFloor()
    {
        _il.Emit(OpCodes.Ldloc, _store);
        _il.Emit(OpCodes.Volatile);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreFuelFloor);
    }

    /// <summary>Writes the fuel back, before anything that reads or changes it outside this frame.</summary>
    public void EmitSaveFuel()
    {
        if (!_metered) return;
        _il.Emit(OpCodes.Ldloc, _store);
        _il.Emit(OpCodes.Ldloc, _fuel!);
        _il.Emit(OpCodes.Stfld, RuntimeMembers.StoreFuel);
    }

    /// <summary>Takes fuel and memory up again, after anything that may have changed them.</summary>
    public void EmitReload()
    {
        EmitReloadFuel();
        if (!_usesMemory) return;
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceMemory);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.MemoryBytes);
        _il.Emit(OpCodes.Call, RuntimeMembers.FirstByte);
        _il.Emit(OpCodes.Stloc, _memory!);
        _il.Emit(OpCodes.Ldarg_0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceMemory);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.MemoryLength);
        _il.Emit(OpCodes.Stloc, _memoryLength!);
    }

    /// <summary>Takes the fuel up again.</summary>
    public void EmitReloadFuel()
    {
        if (!_metered) return;
        _il.Emit(OpCodes.Ldloc, _store);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreFuel);
        _il.Emit(OpCodes.Stloc, _fuel!);
    }

    public void EmitStack() => _il.Emit(OpCodes.Ldloc, _stack);

    public void EmitStore() => _il.Emit(OpCodes.Ldloc, _store);

    public void EmitMemory() => _il.Emit(OpCodes.Ldloc, _memory!);

    public void EmitMemoryLength() => _il.Emit(OpCodes.Ldloc, _memoryLength!);

    /// <summary>Where to branch to for a trap. The evaluation stack must be clear there.</summary>
    public Label TrapLabel(TrapKind kind)
    {
        if (!_traps.TryGetValue(kind, out Label label)) _traps[kind] = label = _il.DefineLabel();
        return label;
    }

    /// <summary>Emits the blocks that end the run, after the function's last instruction.</summary>
    public void EmitColdBlocks()
    {
        foreach ((TrapKind kind, Label label) in _traps)
        {
            _il.MarkLabel(label);
            EmitSaveFuel();
            _il.Emit(OpCodes.Ldc_I4, (int)kind);
            _il.Emit(OpCodes.Call, RuntimeMembers.Trap);
            _il.Emit(OpCodes.Throw);
        }

        if (_belowFloor is { } belowFloor)
        {
            _il.MarkLabel(belowFloor);
            _il.Emit(OpCodes.Ldloc, _store);
            _il.Emit(OpCodes.Ldloc, _fuel!);
            _il.Emit(OpCodes.Call, RuntimeMembers.BelowFloor);
            _il.Emit(OpCodes.Throw);
        }

        if (_stopped is not { } stopped) return;
        _il.MarkLabel(stopped);
        EmitSaveFuel();
        _il.Emit(OpCodes.Call, RuntimeMembers.Stopped);
        _il.Emit(OpCodes.Throw);
    }
}
