using Phala.Clusters.State;
using Phala.Codec;
using Phala.Crypto.Signatures;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Clusters.Execution;

/// <summary>Tells the chain of contracts that came into being: each has an identity.</summary>
internal sealed class ContractAnnouncer(in Hash256 cluster, ClusterStorage storage, ClusterSecrets root, EntryOutput output)
{
    private readonly Hash256 _cluster = cluster;

    /// <summary>Tells of contracts, in order.</summary>
    /// <param name="index">The message that made them.</param>
    /// <param name="made">The contracts.</param>
    internal void Announce(uint index, IReadOnlyList<MadeContract> made)
    {
        foreach (MadeContract contract in made)
        {
            using Sr25519KeyPair identity = root.DeriveContractIdentity(contract.Id);
            ContractRegistryEvent available = new ContractRegistryEvent.PubkeyAvailable(contract.Id, new(identity.PublicKey), new Hash256(contract.Deployer.AsSpan()));
            Message message = new(new MessageOrigin.Cluster(_cluster), Topics.ContractRegistryEvent, Vec.Create<byte>(Scale.Encode(available)));
            output.Egress.Add(new EgressMessage(message, storage.NextEgress()));
            output.Log.Add(new LogRecord(index, LogKind.Instantiated, contract.Id));
        }
    }
}
