using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Chain;

/// <summary>A block's header: what all that follows commits to.</summary>
/// <remarks>
/// <para><b>Concept.</b> The BLAKE2b-256 hash of a header's encoding is the block's hash. Through it a header commits to its ancestors, to the state after the block and to
/// the block's extrinsics; the digest carries what consensus adds.</para>
/// <para><b>Invariant.</b> A header has one encoding, so two headers with equal hashes are equal. Number 0 is the genesis, whose parent hash is 32 zero bytes.</para>
/// <para><b>Trust.</b> A decoded header says nothing: that an author was entitled to it is for <see cref="Aura.AuraSeal"/>, that it is final for
/// <see cref="Grandpa.Justification.Verify(Grandpa.AuthoritySet, BlockId?)"/>, that its roots are true for who executes the block.</para>
/// </remarks>
/// <param name="ParentHash">The hash of the header before.</param>
/// <param name="Number">The height: the genesis has 0, every other block one more than its parent.</param>
/// <param name="StateRoot">The root of the state after the block.</param>
/// <param name="ExtrinsicsRoot">The root of the block's extrinsics; see <see cref="Extrinsics.ExtrinsicsRoot"/>.</param>
/// <param name="Digest">What consensus needs.</param>
[Scale("sp_runtime::generic::header::Header")]
public readonly partial record struct Header(
    Hash256 ParentHash,
    [Compact] uint Number,
    Hash256 StateRoot,
    Hash256 ExtrinsicsRoot,
    Digest Digest)
{
    /// <summary>The header of block 0, which has no parent, extrinsics or digest.</summary>
    public static Header Genesis(in Hash256 stateRoot) => new(default, 0, stateRoot, TrieRoot.Empty, default);

    /// <summary>The block's hash. Allocates nothing.</summary>
    public Hash256 Hash() => HashOf(this, Digest.Logs.Length);

    /// <summary>The hash that an author seals: of the header without its last digest item. Allocates nothing.</summary>
    /// <exception cref="InvalidOperationException">The digest is empty.</exception>
    public Hash256 PreSealHash() =>
        Digest.Logs.Length == 0 ? throw new InvalidOperationException("There is no seal.") : HashOf(this, Digest.Logs.Length - 1);

    private static Hash256 HashOf(in Header header, int logs)
    {
        ScaleWriter writer = ScaleWriter.Pooled(512);
        try
        {
            Hash256.Encode(ref writer, header.ParentHash);
            writer.WriteCompact(header.Number);
            Hash256.Encode(ref writer, header.StateRoot);
            Hash256.Encode(ref writer, header.ExtrinsicsRoot);
            writer.WriteLength(logs);
            foreach (DigestItem item in header.Digest.Logs.AsSpan()[..logs]) DigestItem.Encode(ref writer, item);

            Span<byte> hash = stackalloc byte[Hash256.Size];
            Blake2b.Hash256(writer.Written, hash);
            return new Hash256(hash);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
