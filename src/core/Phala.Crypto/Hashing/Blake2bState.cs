using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Phala.Crypto.Hashing;

/// <summary>
/// A BLAKE2b hash of a message that arrives in parts. A value: a copy goes its own way, so that many messages with a common beginning share its cost.
/// </summary>
public struct Blake2bState
{
    private Blake2bChain _h;
    private Blake2bBlock _block;

    // How many bytes have been compressed. Spans count in int, so that 2^64 bytes are out of reach and the counter's upper word stays zero.
    private ulong _compressed;
    private int _buffered;
    private int _digestLength;

    /// <summary>The hash of nothing yet.</summary>
    /// <param name="digestLength">1 to 64 bytes.</param>
    /// <param name="key">At most 64 bytes; none makes a plain hash.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is outside of these bounds.</exception>
    public static Blake2bState Create(int digestLength, ReadOnlySpan<byte> key = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(digestLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digestLength, Blake2b.MaxDigestLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, Blake2b.MaxKeyLength, nameof(key));

        Blake2bState state = default;
        Blake2bCompression.Initialize(out state._h, digestLength, key.Length);
        state._digestLength = digestLength;
        if (!key.IsEmpty)
        {
            key.CopyTo(state._block);
            state._buffered = Blake2b.BlockLength;
        }

        return state;
    }

    /// <summary>Adds the next part of the message.</summary>
    /// <exception cref="InvalidOperationException">The state was not made by <see cref="Create"/>.</exception>
    public void Append(ReadOnlySpan<byte> part)
    {
        ThrowIfDefault();
        if (part.IsEmpty) return;

        Span<byte> block = _block;
        if (_buffered > 0)
        {
            int taken = Math.Min(part.Length, Blake2b.BlockLength - _buffered);
            part[..taken].CopyTo(block[_buffered..]);
            _buffered += taken;
            part = part[taken..];
            if (part.IsEmpty) return;

            Compress(block);
            _buffered = 0;
        }

        // A full block waits until more is known to follow: the last one is compressed with its flag, by Finish.
        int whole = (part.Length - 1) / Blake2b.BlockLength * Blake2b.BlockLength;
        if (whole > 0) Compress(part[..whole]);
        part[whole..].CopyTo(block);
        _buffered = part.Length - whole;
    }

    /// <summary>Writes the digest of all that was appended so far. The state stays as it is and may be continued.</summary>
    /// <param name="digest">As many bytes as given to <see cref="Create"/>.</param>
    /// <exception cref="InvalidOperationException">The state was not made by <see cref="Create"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The digest has another length.</exception>
    public readonly void Finish(Span<byte> digest)
    {
        ThrowIfDefault();
        ArgumentOutOfRangeException.ThrowIfNotEqual(digest.Length, _digestLength, nameof(digest));

        Blake2bState last = this;
        Span<byte> block = last._block;
        block[_buffered..].Clear();
        Blake2bCompression.Compress(ref last._h, block, _compressed + (ulong)_buffered, Blake2bCompression.Last);
        Blake2bCompression.Write(in last._h, digest);
        last.Clear();
    }

    /// <summary>Overwrites the state with zeros, for one that holds a key or a secret message.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(new Span<Blake2bState>(ref this)));

    private void Compress(ReadOnlySpan<byte> blocks)
    {
        Blake2bCompression.Compress(ref _h, blocks, _compressed + Blake2b.BlockLength, flag: 0);
        _compressed += (ulong)blocks.Length;
    }

    private readonly void ThrowIfDefault()
    {
        if (_digestLength == 0) throw new InvalidOperationException("A Blake2bState is made by Create.");
    }
}
