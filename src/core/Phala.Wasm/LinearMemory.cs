using Phala.Wasm.Binary;

namespace Phala.Wasm;

/// <summary>
/// A guest's memory. It is an ordinary managed array: compiled code reaches it through a reference that the garbage collector knows, so that
/// even a stale reference leads to bytes of this guest and of nobody else.
/// </summary>
public sealed class LinearMemory
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 65_536;

    // Compiled code reads these fields. The array may be longer than the memory.
    internal byte[] _bytes;
    internal nuint _length;

    private readonly int _mostPages;

    /// <summary>Makes a memory.</summary>
    /// <param name="store">The world that it belongs to, whose limits apply.</param>
    /// <param name="limits">Its size range in pages.</param>
    public LinearMemory(Store store, Limits limits)
    {
        _mostPages = Math.Min(store.Limits.MemoryPages, 16_384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.Minimum, (uint)_mostPages, nameof(limits));
        Store = store;
        Limits = limits;
        _length = (nuint)limits.Minimum * PageBytes;
        _bytes = store.RentMemory(this, (long)_length);
    }

    /// <summary>The size range that it was made with.</summary>
    public Limits Limits { get; }

    /// <summary>The size in pages.</summary>
    public int Pages => (int)(_length / PageBytes);

    internal Store Store { get; }

    /// <summary>The bytes from <paramref name="offset"/>, or false if the memory does not reach so far. The span is valid until the guest runs again.</summary>
    public bool TryGetSpan(uint offset, uint length, out Span<byte> span)
    {
        span = default;
        if ((ulong)offset + length > _length) return false;
        span = _bytes.AsSpan((int)offset, (int)length);
        return true;
    }

    /// <summary>Copies bytes out, or returns false if the memory does not reach so far.</summary>
    public bool TryRead(uint offset, Span<byte> destination)
    {
        if (!TryGetSpan(offset, (uint)destination.Length, out Span<byte> source)) return false;
        source.CopyTo(destination);
        return true;
    }

    /// <summary>Copies bytes in, or returns false if the memory does not reach so far.</summary>
    public bool TryWrite(uint offset, ReadOnlySpan<byte> source)
    {
        if (!TryGetSpan(offset, (uint)source.Length, out Span<byte> destination)) return false;
        source.CopyTo(destination);
        return true;
    }

    /// <summary>Whether the memory may grow by this many pages.</summary>
    public bool MayGrow(uint pages)
    {
        ulong target = (ulong)Pages + pages;
        return target <= (ulong)_mostPages && target <= (Limits.Maximum ?? uint.MaxValue);
    }

    /// <summary>Grows; the new pages are zero. Returns the former size in pages, or -1 where <see cref="MayGrow"/> says no. Charges no fuel.</summary>
    public int Grow(uint pages)
    {
        if (!MayGrow(pages)) return -1;
        int before = Pages;
        nuint length = (nuint)(before + pages) * PageBytes;
        if ((ulong)_bytes.Length < length)
        {
            long most = Math.Min(_mostPages, (long)(Limits.Maximum ?? uint.MaxValue)) * PageBytes;
            byte[] larger = new byte[Math.Min(most, Math.Max((long)length, 2L * _bytes.Length))];
            _bytes.AsSpan(0, (int)_length).CopyTo(larger);
            // The former array is left to the garbage collector: frames further up and spans of the host may still refer to it.
            _bytes = larger;
        }

        _length = length;
        return before;
    }

    internal void Release(MemoryPool pool)
    {
        byte[] bytes = _bytes;
        _bytes = [];
        _length = 0;
        pool.Return(bytes);
    }
}
