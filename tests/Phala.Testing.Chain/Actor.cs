using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client.Transactions;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Testing.Chain;

/// <summary>One of the development accounts, who signs.</summary>
public sealed class Actor
{
    private readonly Sr25519KeyPair _keys;
    private readonly AccountSigner _signer;

    private Actor(string name)
    {
        Name = name;
        _keys = DevAccounts.Open(name);
        _signer = AccountSigner.Of(_keys, static entropy => entropy.Clear());
        Account = _signer.Account;
    }

    /// <summary>All of them, by name.</summary>
    public static Actor Alice { get; } = new("Alice");

    /// <summary>Another.</summary>
    public static Actor Bob { get; } = new("Bob");

    /// <summary>Another.</summary>
    public static Actor Charlie { get; } = new("Charlie");

    /// <summary>Another.</summary>
    public static Actor Dave { get; } = new("Dave");

    /// <summary>Another.</summary>
    public static Actor Eve { get; } = new("Eve");

    /// <summary>Another.</summary>
    public static Actor Ferdie { get; } = new("Ferdie");

    /// <summary>All six.</summary>
    public static IReadOnlyList<Actor> All { get; } = [Alice, Bob, Charlie, Dave, Eve, Ferdie];

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The account.</summary>
    public AccountId Account { get; }

    /// <summary>The address of the account.</summary>
    public MultiAddress Address => MultiAddress.Id(Account);

    /// <summary>The keys.</summary>
    public Sr25519KeyPair Keys => _keys;

    /// <summary>A signed transaction.</summary>
    public OpaqueExtrinsic Sign(RuntimeCall call, in TransactionExtensions extensions, in ImpliedData implied) => SignedTransaction.Create(_signer, call, extensions, implied);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
