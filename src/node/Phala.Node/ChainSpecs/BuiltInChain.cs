using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Runtime.Genesis;
using Phala.Runtime.Interface;
using Phala.Trie.Storage;

namespace Phala.Node.ChainSpecs;

/// <summary>Chains that the program knows without a file, all with accounts whose secrets everybody knows: <c>dev</c> with one validator, <c>local</c> with two.</summary>
public static class BuiltInChain
{
    /// <summary>What each development account begins with.</summary>
    private static readonly UInt128 Endowment = (UInt128)10_000_000 * Balances.Pha;

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dev", "local"];

    /// <summary>What a chain begins with.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="slotDuration">The length of a slot in milliseconds; null for the usual.</param>
    public static GenesisConfig Genesis(string name, ulong? slotDuration) => new()
    {
        Validators = name == "dev" ? [Validator("Alice")] : [Validator("Alice"), Validator("Bob")],
        Balances = [.. DevAccounts.Names.SelectMany(account => (bool[])[false, true], Account).Select(account => (account, Endowment))],
        Sudo = Account("Alice", stash: false),
        AllowInsecureDev = true,
        SlotDuration = slotDuration ?? (name == "dev" ? 1000ul : 3000),
    };

    /// <summary>The specification.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="config">What the chain begins with.</param>
    /// <param name="lightCode">The code for light clients, for a spec version.</param>
    public static ChainSpec Spec(string name, GenesisConfig config, Func<uint, byte[]> lightCode)
    {
        GenesisError error = GenesisBuilder.TryBuild(config, lightCode, out StateSnapshot? state);
        if (error != GenesisError.None) throw new InvalidOperationException($"A built-in chain has no genesis: {error}.");
        return new ChainSpec
        {
            Name = name == "dev" ? "Phala Development" : "Phala Local Testnet",
            Id = name == "dev" ? "dev" : "local_testnet",
            ChainType = name == "dev" ? "Development" : "Local",
            Properties = Properties(),
            Genesis = state,
        };
    }

    /// <summary>What wallets show.</summary>
    public static JsonObject Properties() => new() { ["ss58Format"] = FrameSystem.Ss58Prefix, ["tokenDecimals"] = 12, ["tokenSymbol"] = "PHA" };

    private static (AccountId Account, SessionKeys Keys) Validator(string name)
    {
        SecretUri.TryParse(DevAccounts.Uri(name), out SecretUri uri);
        uri.TryDeriveEd25519(out Ed25519KeyPair? grandpa);
        using Ed25519KeyPair disposed = grandpa!;
        AccountId account = Account(name, stash: false);
        return (Account(name, stash: true), new SessionKeys(new AuraAuthorityId(account.AsSpan()), new GrandpaAuthorityId(disposed.PublicKey)));
    }

    private static AccountId Account(string name, bool stash)
    {
        using Sr25519KeyPair pair = DevAccounts.Open(name, stash);
        return new AccountId(pair.PublicKey);
    }
}
