using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>The code hashes of contracts that are part of the worker. They name a program, not bytes: <c>blake2_256</c> of a text.</summary>
public static class NativeCode
{
    /// <summary>The system contract: <c>blake2_256("phala native system contract 1")</c>.</summary>
    public static Hash256 System { get; } = Of("phala native system contract 1"u8);

    /// <summary>The vault: <c>blake2_256("phala native vault 1")</c>.</summary>
    public static Hash256 Vault { get; } = Of("phala native vault 1"u8);

    private static Hash256 Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(name, hash);
        return new Hash256(hash);
    }
}
