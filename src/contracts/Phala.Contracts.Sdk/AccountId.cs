using System.Runtime.InteropServices;

namespace Phala.Contracts;

/// <summary>An account, or a contract: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct AccountId : IEquatable<AccountId>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = Bytes32.Size;

    private readonly Bytes32 _bytes;

    /// <summary>Takes 32 bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public AccountId(byte[] bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException("An account has 32 bytes.");
        _bytes = new Bytes32(bytes);
    }

    /// <summary>Whether all bytes are zero: nobody.</summary>
    public bool IsZero => _bytes.IsZero;

    /// <summary>Compares bytes.</summary>
    public static bool operator ==(AccountId left, AccountId right) => Bytes32.AreSame(left._bytes, right._bytes);

    /// <summary>Compares bytes.</summary>
    public static bool operator !=(AccountId left, AccountId right) => !(left == right);

    /// <summary>The bytes.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <inheritdoc/>
    public bool Equals(AccountId other) => this == other;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AccountId other && this == other;

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.HashCode;

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => Words.ToHex(ToArray());
}
