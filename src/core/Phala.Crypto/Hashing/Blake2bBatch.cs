using System.Runtime.Intrinsics.X86;

namespace Phala.Crypto.Hashing;

/// <summary>
/// BLAKE2b-256 of many messages at once: what a trie needs, whose levels hold many short nodes. Eight messages go through one
/// core side by side with AVX-512, four with AVX2; without either they are hashed in turn.
/// </summary>
/// <remarks>A lane takes the next message as soon as its own is done, so that lengths may be mixed freely; long messages are best put first.</remarks>
public static class Blake2bBatch
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int DigestLength = 32;

    /// <summary>Hashes each message to 32 bytes.</summary>
    /// <param name="buffer">Holds all messages; they may overlap.</param>
    /// <param name="messages">Where the messages lie.</param>
    /// <param name="digests">Receives the digest of message i at 32·i; 32 bytes for each message.</param>
    /// <exception cref="ArgumentOutOfRangeException">A message lies outside of the buffer, or the digests have another length.</exception>
    public static void Hash256(ReadOnlySpan<byte> buffer, ReadOnlySpan<BatchMessage> messages, Span<byte> digests)
    {
        Check(buffer, messages, digests);
        if (Avx512F.IsSupported) Blake2bLanes<Blake2bAvx512Kernel>.Hash(buffer, messages, digests);
        else if (Avx2.IsSupported) Blake2bLanes<Blake2bAvx2Kernel>.Hash(buffer, messages, digests);
        else HashInTurn(buffer, messages, digests);
    }

    /// <summary>The portable path.</summary>
    internal static void HashInTurn(ReadOnlySpan<byte> buffer, ReadOnlySpan<BatchMessage> messages, Span<byte> digests)
    {
        for (int index = 0; index < messages.Length; index++)
        {
            BatchMessage message = messages[index];
            Blake2b.Hash256(buffer.Slice(message.Offset, message.Length), digests.Slice(DigestLength * index, DigestLength));
        }
    }

    private static void Check(ReadOnlySpan<byte> buffer, ReadOnlySpan<BatchMessage> messages, Span<byte> digests)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(digests.Length, (long)DigestLength * messages.Length, nameof(digests));
        foreach (BatchMessage message in messages)
        {
            if ((uint)message.Offset > (uint)buffer.Length || (uint)message.Length > (uint)(buffer.Length - message.Offset))
            {
                throw new ArgumentOutOfRangeException(nameof(messages), message, "The message lies outside of the buffer.");
            }
        }
    }
}
