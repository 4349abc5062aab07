using Phala.Codec;

namespace Phala.Worker.Contracts;

/// <summary>A value that is remembered.</summary>
/// <param name="Shelf">For whom.</param>
/// <param name="Key">Its key.</param>
/// <param name="Value">The value.</param>
/// <param name="Size">What it takes of its contract's share.</param>
/// <param name="End">The timestamp from which on it is not found.</param>
/// <param name="Order">Which of those that end at once was stored first; no two are equal.</param>
internal sealed record CacheEntry(CacheShelf Shelf, Vec<byte> Key, Vec<byte> Value, long Size, long End, ulong Order) : IComparable<CacheEntry>
{
    /// <inheritdoc/>
    public int CompareTo(CacheEntry? other) => other is null ? 1 : (End, Order).CompareTo((other.End, other.Order));
}
