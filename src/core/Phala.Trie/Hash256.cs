using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Phala.Trie;

/// <summary>A 32-byte digest, such as a state root. The default value is 32 zero bytes.</summary>
[InlineArray(Size)]
public struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private byte _first;

    /// <summary>Copies a digest out of 32 bytes.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public static Hash256 From(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));
        return MemoryMarshal.Read<Hash256>(bytes);
    }

    /// <summary>The 32 bytes, in place.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in _first, Size);

    /// <inheritdoc/>
    public readonly bool Equals(Hash256 other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    /// <summary>The first four bytes: a digest is already as random as a hash code can be.</summary>
    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(Bytes);

    /// <summary>Lower-case hexadecimal with 0x.</summary>
    public override readonly string ToString() => "0x" + Convert.ToHexStringLower(Bytes);

    /// <summary>Whether all bytes are equal.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Whether any byte differs.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
