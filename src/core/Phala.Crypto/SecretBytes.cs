using System.Security.Cryptography;

namespace Phala.Crypto;

/// <summary>
/// Bytes that must not outlive their use: keys, seeds, nonces, entropy. They lie in memory that the collector never moves, so that no
/// copy stays behind, and are overwritten with zeros on <see cref="Dispose"/> and, should that be forgotten, by the finalizer.
/// </summary>
/// <remarks>
/// <para>Invariant: the bytes exist in one place, which this object owns; a view of them never appears in text or in a comparison whose duration depends on them.</para>
/// <para>Trust: checking this file tells that the memory handed out by <see cref="Span"/> is cleared. Copies that a caller makes are the caller's.
/// A view does not keep its owner alive: hold the object, as <c>using</c> does, for as long as the view is used.</para>
/// </remarks>
public sealed class SecretBytes : IDisposable
{
    private readonly byte[] _bytes;
    private bool _disposed;

    /// <summary>Zeros to be filled in through <see cref="Span"/>.</summary>
    /// <param name="length">How many bytes; not negative.</param>
    public SecretBytes(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _bytes = GC.AllocateArray<byte>(length, pinned: true);
    }

    /// <summary>A copy of <paramref name="source"/>; clearing the source remains the caller's.</summary>
    public SecretBytes(ReadOnlySpan<byte> source)
        : this(source.Length) => source.CopyTo(_bytes);

    /// <summary>Zeroes what a caller forgot to dispose of.</summary>
    ~SecretBytes() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>How many bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes themselves.</summary>
    /// <exception cref="ObjectDisposedException">They have been disposed of.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>Whether both hold equal bytes, in a time that depends on the length alone.</summary>
    public bool FixedTimeEquals(SecretBytes other) => FixedTimeEquals(other.Span);

    /// <inheritdoc cref="FixedTimeEquals(SecretBytes)"/>
    public bool FixedTimeEquals(ReadOnlySpan<byte> other) => CryptographicOperations.FixedTimeEquals(Span, other);

    /// <summary>The length, never the bytes.</summary>
    public override string ToString() => $"SecretBytes({_bytes.Length})";

    /// <summary>Overwrites the bytes with zeros. Views taken earlier see the zeros.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        _disposed = true;
        GC.SuppressFinalize(this);
    }
}
