using Phala.Clusters;
using Phala.Codec;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Keys;
using Phala.Worker.Streams;

namespace Phala.Worker.Sync;

/// <summary>The program's own failures, signed by the session: the last for each cluster.</summary>
internal sealed class FaultBook(Hash256 genesis, Sr25519PublicKey worker, BootSession session, Measurement measurement)
{
    private readonly Dictionary<Hash256, SignedFaultReport> _reports = [];

    /// <summary>The reports.</summary>
    public Vec<SignedFaultReport> Reports => [.. _reports.Values];

    /// <summary>Notes a failure.</summary>
    public void Add(ClusterStream cluster, VerifiedEntry entry, InternalFault fault)
    {
        FaultReport report = new(genesis, worker, cluster.Id, cluster.Cursor.Head, entry.Entry.Hash(), measurement, cluster.Attempts, fault.Description);
        _reports[cluster.Id] = new SignedFaultReport(report, session.SigningKey, session.Sign(report.SigningBytes()));
    }
}
