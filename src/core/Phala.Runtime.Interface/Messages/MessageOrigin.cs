using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Messages;

/// <summary>Who sent a message.</summary>
/// <remarks>The chain vouches for it: a pallet and an account by dispatch, everybody else by a signature that was checked with the message's sequence.</remarks>
[Scale("phala_types::messaging::MessageOrigin")]
public abstract partial record MessageOrigin
{
    private MessageOrigin()
    {
    }

    /// <summary>Whether it sends from outside the chain, signed and numbered.</summary>
    public bool IsOffchain => this is Contract or Worker or Gatekeeper or Cluster;

    /// <summary>A pallet of the chain.</summary>
    /// <param name="Name">Its name in metadata.</param>
    [Variant(0, Unnamed = true)]
    public sealed record Pallet(Vec<byte> Name) : MessageOrigin;

    /// <summary>A confidential contract.</summary>
    /// <param name="Id">Its id.</param>
    [Variant(1, Unnamed = true)]
    public sealed record Contract(Hash256 Id) : MessageOrigin;

    /// <summary>A worker.</summary>
    /// <param name="Identity">Its identity key.</param>
    [Variant(2, Unnamed = true)]
    public sealed record Worker(Sr25519PublicKey Identity) : MessageOrigin;

    /// <summary>An account of the chain.</summary>
    /// <param name="Account">The account.</param>
    [Variant(3, Unnamed = true)]
    public sealed record AccountId(Chain.AccountId Account) : MessageOrigin;

    /// <summary>A place on another chain. Nothing sends as such a place here.</summary>
    /// <param name="Location">Its encoding.</param>
    [Variant(4, Unnamed = true)]
    public sealed record MultiLocation(Vec<byte> Location) : MessageOrigin;

    /// <summary>The gatekeepers, who share one key.</summary>
    [Variant(5)]
    public sealed record Gatekeeper : MessageOrigin;

    /// <summary>A cluster.</summary>
    /// <param name="Id">Its id.</param>
    [Variant(6, Unnamed = true)]
    public sealed record Cluster(Hash256 Id) : MessageOrigin;

    /// <summary>Nobody. Signed content that is no message begins with its index, so that no signature of one is a signature of the other.</summary>
    [Variant(255)]
    public sealed record Reserved : MessageOrigin;
}
