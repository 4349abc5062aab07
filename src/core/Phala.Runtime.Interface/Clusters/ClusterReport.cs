using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>What a cluster made of one entry of the queue. Equal on all members.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Queue">The position after the entry.</param>
/// <param name="Previous">The state's root in the report before; zeros in the first.</param>
/// <param name="StateRoot">The state's root after the entry.</param>
/// <param name="ReceiptsRoot">The root of the ordered trie of the receipts' encodings.</param>
/// <param name="Receipts">One for each command of the entry, in order.</param>
[Scale("phala_types::receipt::ClusterReport")]
public sealed partial record ClusterReport(Hash256 Cluster, QueueHead Queue, Hash256 Previous, Hash256 StateRoot, Hash256 ReceiptsRoot, Vec<Receipt> Receipts)
{
    /// <summary>What a session signs: <c>ff 10 ‖ blake2_256(SCALE(report))</c>. No message of the queue begins so.</summary>
    public byte[] SigningBytes() => [0xFF, 0x10, .. Hash().AsSpan()];

    /// <summary>The root that receipts have: of the trie that holds the encoding of receipt i under SCALE compact i, in state version 1.</summary>
    public static Hash256 RootOf(Vec<Receipt> receipts)
    {
        ReadOnlyMemory<byte>[] items = new ReadOnlyMemory<byte>[receipts.Length];
        for (int index = 0; index < items.Length; index++) items[index] = Scale.Encode(receipts[index]);
        return TrieRoot.ComputeOrdered(items, StateVersion.V1);
    }

    /// <summary>The BLAKE2b-256 hash of the report's encoding.</summary>
    public Hash256 Hash()
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(Scale.Encode(this), hash);
        return new Hash256(hash);
    }
}
