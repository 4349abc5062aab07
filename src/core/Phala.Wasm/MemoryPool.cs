namespace Phala.Wasm;

/// <summary>
/// Keeps the arrays behind memories from one instance to the next, up to a budget of bytes. Arrays are cleared when they come back, so that no
/// guest sees another's bytes. Safe for use from several threads.
/// </summary>
public sealed class MemoryPool
{
    private readonly Dictionary<long, Stack<byte[]>> _free = [];
    private readonly Lock _lock = new();
    private readonly long _budget;
    private long _held;

    /// <summary>Makes a pool.</summary>
    /// <param name="budgetBytes">The most bytes to keep.</param>
    public MemoryPool(long budgetBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budgetBytes);
        _budget = budgetBytes;
    }

    /// <summary>Keeps nothing.</summary>
    public static MemoryPool None { get; } = new(0);

    /// <summary>The bytes that are kept now.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_lock) return _held;
        }
    }

    /// <summary>An array of exactly this length, all zero.</summary>
    internal byte[] Rent(long bytes)
    {
        lock (_lock)
        {
            if (_free.TryGetValue(bytes, out Stack<byte[]>? stack) && stack.TryPop(out byte[]? array))
            {
                _held -= bytes;
                return array;
            }
        }

        return new byte[bytes];
    }

    /// <summary>Takes an array that nobody refers to any more.</summary>
    internal void Return(byte[] array)
    {
        if (array.Length == 0 || array.Length > _budget) return;
        Array.Clear(array);
        lock (_lock)
        {
            if (_held + array.Length > _budget) return;
            _held += array.Length;
            if (!_free.TryGetValue(array.Length, out Stack<byte[]>? stack)) _free[array.Length] = stack = new Stack<byte[]>();
            stack.Push(array);
        }
    }
}
