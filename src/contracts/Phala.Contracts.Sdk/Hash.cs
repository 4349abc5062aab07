using System.Runtime.InteropServices;

namespace Phala.Contracts;

/// <summary>A hash, or any 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash : IEquatable<Hash>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = Bytes32.Size;

    private readonly Bytes32 _bytes;

    /// <summary>Takes 32 bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Hash(byte[] bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("A hash has 32 bytes.");
        _bytes = new Bytes32(bytes);
    }

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => _bytes.IsZero;

    /// <summary>Compares bytes.</summary>
    public static bool operator ==(Hash left, Hash right) => Bytes32.AreSame(left._bytes, right._bytes);

    /// <summary>Compares bytes.</summary>
    public static bool operator !=(Hash left, Hash right) => !(left == right);

    /// <summary>The bytes.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <inheritdoc/>
    public bool Equals(Hash other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.HashCode;

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => Words.ToHex(ToArray());
}
