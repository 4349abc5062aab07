using Phala.Crypto.Hashing;
using Phala.Trie;

namespace Phala.Runtime.Interface.Clusters;

/// <summary>The code hashes of contracts that are part of the worker's program.</summary>
public static class NativeCode
{
    /// <summary>The system contract: a cluster's drivers, administrators and balances.</summary>
    public static Hash256 SystemContract { get; } = Of("phala native system contract 1"u8);

    /// <summary>The vault: accounts store secrets and let others read them.</summary>
    public static Hash256 Vault { get; } = Of("phala native vault 1"u8);

    private static Hash256 Of(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(name, hash);
        return new Hash256(hash);
    }
}
