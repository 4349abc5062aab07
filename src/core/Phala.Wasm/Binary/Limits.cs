namespace Phala.Wasm.Binary;

/// <summary>The size range of a memory (in pages of 65,536 bytes) or table (in elements), specification 2.3.7.</summary>
/// <param name="Minimum">The size at the start.</param>
/// <param name="Maximum">The size that growth must not exceed, or null for none.</param>
public readonly record struct Limits(uint Minimum, uint? Maximum = null)
{
    /// <summary>Whether something of size <paramref name="size"/> and range <paramref name="other"/> may be imported where this range is asked for (3.2.9).</summary>
    internal bool Admits(uint size, Limits other) =>
        size >= Minimum && (Maximum is not { } most || (other.Maximum is { } otherMost && otherMost <= most));
}
