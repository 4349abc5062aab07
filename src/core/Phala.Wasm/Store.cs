using Phala.Wasm.Execution;

namespace Phala.Wasm;

/// <summary>
/// One run's world: fuel, the stop flag, the stack that is left, and the memories of the instances in it. Instances of one store may be linked
/// with one another; those of different stores cannot.
/// <para>Threads: a store belongs to the thread that calls into it; only <see cref="RequestStop"/> may come from another. The engine starts no
/// threads. The embedder calls guests on a thread whose stack is at least twice <see cref="ResourceLimits.StackBytes"/> plus what its own host
/// functions need — <c>new Thread(run, maxStackSize: 2 * StackBytes + 1 MiB)</c> — so that the deterministic limit is met before the physical
/// one; where it is not, the call ends as <see cref="CallOutcome.InternalFault"/>, never as a crash.</para>
/// </summary>
public sealed class Store : IDisposable
{
    // Compiled code reads and writes these fields.
    internal long _fuel;

    /// <summary>What fuel must not fall below: 0, or more than there ever is when the run is to stop. One comparison at each metering point serves both.</summary>
    internal long _fuelFloor;

    internal readonly long[] _resultBits;
    internal readonly object?[] _resultReferences;

    private readonly MemoryPool _pool;
    private readonly List<LinearMemory> _memories = [];

    /// <summary>Makes a world.</summary>
    /// <param name="limits">What memories, tables and the stack may use; the defaults if null.</param>
    /// <param name="pool">Where memories come from and go to; none if null.</param>
    public Store(ResourceLimits? limits = null, MemoryPool? pool = null)
    {
        Limits = limits ?? ResourceLimits.Default;
        _pool = pool ?? MemoryPool.None;
        _resultBits = new long[Limits.Results];
        _resultReferences = new object?[Limits.Results];
        StackLeft = Limits.StackBytes;
    }

    /// <summary>The limits.</summary>
    public ResourceLimits Limits { get; }

    /// <summary>What the embedder attaches to the run: its host functions find it here.</summary>
    public object? Owner { get; init; }

    /// <summary>The fuel that is left, in the units of <see cref="FuelCosts"/>. Current while a host function runs and between calls.</summary>
    public long Fuel => _fuel;

    /// <summary>Whether <see cref="RequestStop"/> was called.</summary>
    public bool IsStopRequested => Volatile.Read(ref _fuelFloor) != 0;

    /// <summary>The stack that calls may still use, in bytes of <see cref="FrameCharge"/>.</summary>
    internal int StackLeft { get; set; }

    /// <summary>Whether a guest is being run.</summary>
    internal bool Running { get; set; }

    /// <summary>Whether a host function is running on behalf of the guest.</summary>
    internal bool InHost { get; set; }

    /// <summary>Whether the host function that is running may call the guest.</summary>
    internal bool MayReenter { get; set; }

    /// <summary>The code that the host function that is running failed with, or null.</summary>
    internal int? HostFailure { get; set; }

    /// <summary>Whether the host function that is running could not pay for its work.</summary>
    internal bool HostOutOfFuel { get; set; }

    /// <summary>Adds fuel. The sum must not exceed 2^62.</summary>
    public void AddFuel(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, (1L << 62) - _fuel);
        _fuel += amount;
    }

    /// <summary>Takes fuel, or takes nothing and returns false if there is not so much.</summary>
    public bool TryCharge(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (amount > _fuel) return false;
        _fuel -= amount;
        return true;
    }

    /// <summary>
    /// Asks the run to stop at the next point at which it is charged fuel, from any thread: before the next segment of code or the next operation
    /// that costs by size. Without metering it stops at the next function entry or loop iteration. Calls end as <see cref="CallOutcome.Stopped"/>
    /// until <see cref="ResumeAfterStop"/>; the fuel of the segment that was not run any more may be gone.
    /// </summary>
    public void RequestStop() => Volatile.Write(ref _fuelFloor, long.MaxValue);

    /// <summary>Takes the request back.</summary>
    public void ResumeAfterStop() => Volatile.Write(ref _fuelFloor, 0);

    /// <summary>Returns the memories to the pool. Nothing of this store may be used afterwards.</summary>
    public void Dispose()
    {
        foreach (LinearMemory memory in _memories) memory.Release(_pool);
        _memories.Clear();
    }

    internal byte[] RentMemory(LinearMemory memory, long bytes)
    {
        _memories.Add(memory);
        return _pool.Rent(bytes);
    }

    /// <summary>Takes fuel for an instruction whose cost depends on its operands.</summary>
    internal void ChargeOrStop(long amount)
    {
        if (!TryCharge(amount)) throw Runtime.OutOfFuel(this);
        if (IsStopRequested) throw Runtime.Stopped();
    }
}
