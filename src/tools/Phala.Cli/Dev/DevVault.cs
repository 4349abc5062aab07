using Phala.Chain;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;

namespace Phala.Cli.Dev;

/// <summary>The vault of development networks: Alice makes it in the chain's first cluster, and so its id is known before.</summary>
internal static class DevVault
{
    /// <summary>The cluster.</summary>
    public static Hash256 Cluster { get; } = ContractId.OfCluster(1);

    /// <summary>What it is made of.</summary>
    public static ContractInfo Info { get; } = new(Alice(), new CodeIndex.WasmCode(NativeCode.Vault), Vec.Create<byte>("phala dev"u8), Cluster, Vec.Create<byte>(VaultCalls.New()));

    /// <summary>Its id.</summary>
    public static Hash256 Id { get; } = Info.Id();

    private static AccountId Alice()
    {
        using Sr25519KeyPair pair = DevAccounts.Open("Alice");
        return new AccountId(pair.PublicKey);
    }
}
