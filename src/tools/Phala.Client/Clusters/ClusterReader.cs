using Phala.Client.Verification;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Client.Clusters;

/// <summary>Reads what a client goes by of a cluster, by proof under a head that it verified itself.</summary>
internal static class ClusterReader
{
    /// <summary>Reads a cluster's facts.</summary>
    /// <param name="verified">The chain as this program verifies it.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="head">The head.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<ClientResult<ClusterFacts>> ReadAsync(VerifiedChain verified, Hash256 cluster, VerifiedHead head, CancellationToken stop)
    {
        byte[][] keys = [PhalaPhatContracts.ClusterWorkers.Key(cluster), PhalaRegistry.ClusterEpochs.Key(cluster), PhalaPhatContracts.ClusterAnchors.Key(cluster), PhalaRegistry.PRuntimeAllowList.Prefix.ToArray()];
        ClientResult<ProvenState> asked = await verified.ReadAsync(head, keys, stop).ConfigureAwait(false);
        if (!asked.TryGet(out ProvenState? state, out ClientFailure? failure)) return failure;
        if (Check(PhalaPhatContracts.ClusterWorkers, state.TryRead(PhalaPhatContracts.ClusterWorkers, cluster, out Vec<Sr25519PublicKey> workers)) is { } noWorkers) return noWorkers;
        ProvenLookup found = state.TryRead(PhalaRegistry.ClusterEpochs, cluster, out uint epoch);
        if (found == ProvenLookup.Absent) return new ClientFailure(ClientError.Missing, $"The chain has no cluster {cluster} with keys.");
        if (Check(PhalaRegistry.ClusterEpochs, found) is { } noEpoch) return noEpoch;
        found = state.TryRead(PhalaPhatContracts.ClusterAnchors, cluster, out ClusterAnchor anchor);
        if (Check(PhalaPhatContracts.ClusterAnchors, found) is { } noAnchor) return noAnchor;
        Option<ClusterAnchor> anchored = found == ProvenLookup.Present ? new(anchor) : Option<ClusterAnchor>.None;
        if (Check(PhalaRegistry.PRuntimeAllowList, state.TryRead(PhalaRegistry.PRuntimeAllowList, out Vec<Measurement> programs)) is { } noPrograms) return noPrograms;

        ClusterEpoch key = new(cluster, epoch);
        asked = await verified.ReadAsync(head, [PhalaRegistry.ClusterKeys.Key(key), .. workers.SelectMany(MemberKeys)], stop).ConfigureAwait(false);
        if (!asked.TryGet(out state, out failure)) return failure;
        found = state.TryRead(PhalaRegistry.ClusterKeys, key, out X25519PublicKey commandKey);
        if (found != ProvenLookup.Present) return Unproven(PhalaRegistry.ClusterKeys, found);
        return ReadMembers(state, head, workers, programs).Then<ClusterFacts>(members => new ClusterFacts(head, epoch, commandKey, members, anchored));
    }

    private static byte[][] MemberKeys(Sr25519PublicKey worker) => [PhalaRegistry.Sessions.Key(worker), PhalaRegistry.Endpoints.Key(worker)];

    /// <summary>The members that can be asked: those whose session counts at the head, by its lease and its program, and that have an address.</summary>
    private static ClientResult<List<ClusterMember>> ReadMembers(ProvenState state, VerifiedHead head, Vec<Sr25519PublicKey> workers, Vec<Measurement> programs)
    {
        List<ClusterMember> members = [];
        foreach (Sr25519PublicKey worker in workers)
        {
            if (Check(PhalaRegistry.Sessions, state.TryRead(PhalaRegistry.Sessions, worker, out SessionRecord? session)) is { } noSession) return noSession;
            if (Check(PhalaRegistry.Endpoints, state.TryRead(PhalaRegistry.Endpoints, worker, out VersionedWorkerEndpoints? endpoints)) is { } noEndpoint) return noEndpoint;
            bool isLive = session is not null && session.LeaseEnd >= head.Block.Number && programs.AsSpan().Contains(session.Measurement);
            if (isLive && AddressOf(endpoints) is { } address) members.Add(new ClusterMember(worker, session!, address));
        }

        return members;
    }

    private static Uri? AddressOf(VersionedWorkerEndpoints? endpoints)
    {
        if (endpoints is not VersionedWorkerEndpoints.V1 v1) return null;
        foreach (string text in v1.Endpoints)
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https") return address;
        }

        return null;
    }

    /// <summary>Why it is not known whether the chain has a value.</summary>
    private static ClientFailure? Check(StorageItem item, ProvenLookup found) => found is ProvenLookup.Present or ProvenLookup.Absent ? null : Unproven(item, found);

    private static ClientFailure Unproven(StorageItem item, ProvenLookup found) => new(ClientError.NotProven, $"The node does not prove {item}: {found}.");
}
