using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Runtime.Interface.Queue;

/// <summary>A position in the queue: how many entries there are, and a hash of them all.</summary>
/// <remarks>
/// <para><b>Concept.</b> The chain appends one entry after the other; the head commits to all of them and to their order, so that whoever knows a head believes no one about entries.
/// The chain keeps it in its state and writes it into the header of each block that appends.</para>
/// <para><b>Invariant.</b> <c>head' = blake2_256("phala-mq" ‖ head ‖ blake2_256(SCALE(entry)))</c> and <c>count' = count + 1</c>; before the first entry 0 and 32 zero bytes.</para>
/// <para><b>Trust.</b> A head is as good as where it came from: a finalized header's digest, or a read proof under its state root.</para>
/// </remarks>
/// <param name="Count">How many entries.</param>
/// <param name="Hash">The head.</param>
[Scale("phala_mq::QueueHead")]
public readonly partial record struct QueueHead(ulong Count, Hash256 Hash)
{
    /// <summary>The position before the first entry.</summary>
    public static QueueHead Empty => default;

    /// <summary>The position after one more entry.</summary>
    /// <param name="entry">The hash of its encoding.</param>
    public QueueHead Append(in Hash256 entry)
    {
        Span<byte> bytes = stackalloc byte[8 + (2 * Hash256.Size)];
        "phala-mq"u8.CopyTo(bytes);
        Hash.AsSpan().CopyTo(bytes[8..]);
        entry.AsSpan().CopyTo(bytes[(8 + Hash256.Size)..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(bytes, hash);
        return new QueueHead(Count + 1, new Hash256(hash));
    }

    /// <summary>The position after more entries.</summary>
    /// <param name="entries">The hashes of their encodings, in order.</param>
    public QueueHead Append(ReadOnlySpan<Hash256> entries)
    {
        QueueHead head = this;
        foreach (ref readonly Hash256 entry in entries) head = head.Append(entry);
        return head;
    }

    /// <summary>How a header says it.</summary>
    public DigestItem.Consensus ToDigestItem() => new(EngineId.MessageQueue, Vec.Create<byte>(Scale.Encode(this)));

    /// <summary>Reads what a header says.</summary>
    /// <param name="digest">The header's digest.</param>
    /// <param name="head">The position, where there is exactly one, well formed.</param>
    public static QueueDigestError Read(in Digest digest, out QueueHead? head)
    {
        head = null;
        foreach (DigestItem item in digest.Logs)
        {
            if (item is not DigestItem.Consensus consensus || consensus.Engine != EngineId.MessageQueue) continue;
            if (head is not null)
            {
                head = null;
                return QueueDigestError.Second;
            }

            DecodeResult<QueueHead> decoded = Scale.Decode<QueueHead>(consensus.Data.AsSpan());
            if (!decoded.IsOk) return QueueDigestError.Malformed;
            head = decoded.Value;
        }

        return QueueDigestError.None;
    }
}
