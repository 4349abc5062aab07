using Phala.Chain;
using Phala.Codec;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Worker.Sync;

/// <summary>What a final state says about this worker alone: its registration and session, and which of its messages and reports have arrived.</summary>
/// <remarks><b>Invariant.</b> Nothing that is executed depends on it: members with different facts have equal states.</remarks>
internal sealed class LocalFacts(Sr25519PublicKey self)
{
    private readonly Dictionary<Hash256, ClusterAnchor> _anchors = [];
    private readonly Dictionary<MessageOrigin, ulong> _ingress = [];

    /// <summary>The block whose state said so last; its number is 0 where none did.</summary>
    public BlockId At { get; private set; }

    /// <summary>The registration; null where there is none, or nothing was said of it.</summary>
    public WorkerInfoV2? Registration { get; private set; }

    /// <summary>The session that is recorded; null where there is none, or nothing was said of it.</summary>
    public SessionRecord? Session { get; private set; }

    /// <summary>Whether anything was said of registration and session.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The time of the endpoints that the chain has.</summary>
    public ulong EndpointsSignedAt { get; private set; }

    /// <summary>The storage keys of what the worker wants to know.</summary>
    /// <param name="senders">Whose messages wait.</param>
    /// <param name="clusters">Whose reports wait.</param>
    public Vec<Vec<byte>> Keys(IEnumerable<MessageOrigin> senders, IEnumerable<Hash256> clusters)
    {
        List<Vec<byte>> keys =
        [
            Of(PhalaRegistry.Workers.Key(self)),
            Of(PhalaRegistry.Sessions.Key(self)),
            Of(PhalaRegistry.EndpointsSignedAt.Key(self)),
            .. senders.Select(sender => Of(PhalaMq.OffchainIngress.Key(sender))),
            .. clusters.Select(cluster => Of(PhalaPhatContracts.ClusterAnchors.Key(cluster))),
        ];
        return [.. keys];
    }

    /// <summary>Takes what a proof says. What it does not reveal stays as it was.</summary>
    /// <param name="state">The proof, under the state root of the block.</param>
    /// <param name="block">The block, which is final.</param>
    /// <param name="senders">Whose messages wait.</param>
    /// <param name="clusters">Whose reports wait.</param>
    public void Take(ProvenState state, in BlockId block, IEnumerable<MessageOrigin> senders, IEnumerable<Hash256> clusters)
    {
        if (block.Number < At.Number) return;
        ProvenLookup registration = state.TryRead(PhalaRegistry.Workers, self, out WorkerInfoV2? info);
        ProvenLookup session = state.TryRead(PhalaRegistry.Sessions, self, out SessionRecord? record);
        if (registration is ProvenLookup.Present or ProvenLookup.Absent && session is ProvenLookup.Present or ProvenLookup.Absent)
        {
            (Registration, Session, IsKnown, At) = (info, record, true, block);
        }

        if (state.TryRead(PhalaRegistry.EndpointsSignedAt, self, out ulong signedAt) == ProvenLookup.Present) EndpointsSignedAt = signedAt;
        foreach (MessageOrigin sender in senders)
        {
            if (state.TryRead(PhalaMq.OffchainIngress, sender, out ulong next) == ProvenLookup.Present) _ingress[sender] = Math.Max(next, _ingress.GetValueOrDefault(sender));
        }

        foreach (Hash256 cluster in clusters)
        {
            if (state.TryRead(PhalaPhatContracts.ClusterAnchors, cluster, out ClusterAnchor anchor) == ProvenLookup.Present && anchor.Queue.Count >= _anchors.GetValueOrDefault(cluster).Queue.Count) _anchors[cluster] = anchor;
        }
    }

    /// <summary>The sequence that the chain expects next from a sender; 0 where nothing was said.</summary>
    public ulong NextOf(MessageOrigin sender) => _ingress.GetValueOrDefault(sender);

    /// <summary>The newest anchored report of a cluster.</summary>
    public bool TryGetAnchor(in Hash256 cluster, out ClusterAnchor anchor) => _anchors.TryGetValue(cluster, out anchor);

    private static Vec<byte> Of(byte[] key) => Vec.Create<byte>(key);
}
