using Phala.Codec;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Runtime.Interface.Messages;

/// <summary>A cluster's keys, from the gatekeeper.</summary>
[Scale("phala_types::messaging::ClusterKeyMessage")]
public abstract partial record ClusterKeyMessage
{
    private ClusterKeyMessage()
    {
    }

    /// <summary>The public halves of an epoch's keys.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Epoch">The epoch.</param>
    /// <param name="CommandKey">What commands are sealed to.</param>
    /// <param name="IdentityKey">What the cluster's messages to the chain are signed with. The same in every epoch.</param>
    [Variant(0)]
    public sealed record Available(Hash256 Cluster, uint Epoch, X25519PublicKey CommandKey, Sr25519PublicKey IdentityKey) : ClusterKeyMessage;

    /// <summary>The secrets of an epoch for one session.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Epoch">The epoch.</param>
    /// <param name="Session">The session's signing key, which names it.</param>
    /// <param name="Sealed">The secrets, sealed to the session's encryption key.</param>
    [Variant(1)]
    public sealed record Wrapped(Hash256 Cluster, uint Epoch, Sr25519PublicKey Session, Vec<byte> Sealed) : ClusterKeyMessage;
}
