using System.Runtime.InteropServices;

namespace Phala.Contracts;

/// <summary>A hash, or any 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash : IEquatable<Hash>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes 32 bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public Hash(byte[] bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("A hash has 32 bytes.");
        (_a, _b, _c, _d) = (Words.Read(bytes, 0), Words.Read(bytes, 8), Words.Read(bytes, 16), Words.Read(bytes, 24));
    }

    /// <summary>Whether all bytes are zero.</summary>
    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>Compares bytes.</summary>
    public static bool operator ==(Hash left, Hash right) => left._a == right._a && left._b == right._b && left._c == right._c && left._d == right._d;

    /// <summary>Compares bytes.</summary>
    public static bool operator !=(Hash left, Hash right) => !(left == right);

    /// <summary>The bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        Words.Write(bytes, 0, _a);
        Words.Write(bytes, 8, _b);
        Words.Write(bytes, 16, _c);
        Words.Write(bytes, 24, _d);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Hash other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Hash other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)_a;

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => Words.ToHex(ToArray());
}
