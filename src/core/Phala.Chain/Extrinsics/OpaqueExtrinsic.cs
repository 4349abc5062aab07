using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Chain.Extrinsics;

/// <summary>An extrinsic as blocks and the network carry it: bytes behind their length. What is in them is for <see cref="Extrinsic"/>.</summary>
/// <param name="Body">The bytes without their length.</param>
[Scale("sp_runtime::OpaqueExtrinsic", Unnamed = true)]
public readonly partial record struct OpaqueExtrinsic(Vec<byte> Body)
{
    /// <summary>BLAKE2b-256 of the bytes <em>with</em> their length: what clients call the transaction's hash. Allocates nothing.</summary>
    public Hash256 Hash()
    {
        Span<byte> prefix = stackalloc byte[5];
        ScaleWriter writer = new(prefix);
        writer.WriteLength(Body.Length);

        Blake2bState state = Blake2bState.Create(Hash256.Size);
        state.Append(writer.Written);
        state.Append(Body.AsSpan());
        Span<byte> hash = stackalloc byte[Hash256.Size];
        state.Finish(hash);
        return new Hash256(hash);
    }
}
