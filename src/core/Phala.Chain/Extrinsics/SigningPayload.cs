using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Chain.Extrinsics;

/// <summary>What the signature of a signed extrinsic covers: call ‖ extensions ‖ what the extensions imply, or its BLAKE2b-256 hash where that is longer than 256 bytes.</summary>
public static class SigningPayload
{
    /// <summary>The longest payload in bytes that is signed as it is.</summary>
    public const int MaxLength = 256;

    /// <summary>Writes the payload. Allocates nothing.</summary>
    /// <param name="call">The encoded call.</param>
    /// <param name="extensions">The encoded extensions, as they stand in the extrinsic.</param>
    /// <param name="implied">What both sides know without sending it: versions, genesis hash, the hash of the era's first block.</param>
    /// <param name="destination">Room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes are to be signed.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Write(ReadOnlySpan<byte> call, ReadOnlySpan<byte> extensions, ReadOnlySpan<byte> implied, Span<byte> destination)
    {
        if (destination.Length < MaxLength) throw new ArgumentException($"The payload may take {MaxLength} bytes.", nameof(destination));
        long length = (long)call.Length + extensions.Length + implied.Length;
        if (length <= MaxLength)
        {
            call.CopyTo(destination);
            extensions.CopyTo(destination[call.Length..]);
            implied.CopyTo(destination[(call.Length + extensions.Length)..]);
            return (int)length;
        }

        Blake2bState state = Blake2bState.Create(Hash256.Size);
        state.Append(call);
        state.Append(extensions);
        state.Append(implied);
        state.Finish(destination[..Hash256.Size]);
        return Hash256.Size;
    }
}
