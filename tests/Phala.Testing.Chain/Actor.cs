using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;

namespace Phala.Testing.Chain;

/// <summary>One of the development accounts, who signs.</summary>
public sealed class Actor
{
    private static readonly byte[] Entropy = new byte[32];

    private readonly Sr25519KeyPair _keys;

    private Actor(string name)
    {
        Name = name;
        _keys = DevAccounts.Open(name);
        Account = new AccountId(_keys.PublicKey);
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
    public OpaqueExtrinsic Sign(RuntimeCall call, in TransactionExtensions extensions, in ImpliedData implied)
    {
        byte[] encodedCall = Scale.Encode(call), encodedExtensions = Scale.Encode(extensions);
        Span<byte> payload = stackalloc byte[SigningPayload.MaxLength];
        int length = SigningPayload.Write(encodedCall, encodedExtensions, Scale.Encode(implied), payload);
        Span<byte> signature = stackalloc byte[Sr25519.SignatureLength];
        _keys.Sign(payload[..length], Entropy, signature);
        return Extrinsic.Signed(Address, new MultiSignature(SignatureScheme.Sr25519, signature), encodedExtensions, encodedCall);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
