using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Keys;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Worker.Streams;

/// <summary>The public halves of a cluster's keys, as the chain has them.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="CommandKey">What commands are sealed to.</param>
/// <param name="IdentityKey">What the cluster's messages are signed with.</param>
[Scale]
internal readonly partial record struct AnnouncedKeys(uint Epoch, X25519PublicKey CommandKey, Sr25519PublicKey IdentityKey)
{
    /// <summary>Whether they are those of secrets. Others are not the cluster's, whoever gives them.</summary>
    public bool AreOf(ClusterSecrets secrets)
    {
        using Sr25519KeyPair cluster = secrets.DeriveClusterIdentity();
        return secrets.Epoch == Epoch && secrets.CommandKey.PublicKey.SequenceEqual(CommandKey.AsSpan()) && cluster.PublicKey.SequenceEqual(IdentityKey.AsSpan());
    }
}
