using System.Globalization;
using Microsoft.Extensions.Logging;
using Phala.Clusters;
using Phala.Clusters.Snapshots;
using Phala.Codec;
using Phala.Crypto;
using Phala.Runtime.Interface.Messages;
using Phala.Trie;
using Phala.Worker.Files;
using Phala.Worker.Sealing;
using Phala.Worker.Streams;

namespace Phala.Worker.Persistence;

/// <summary>Snapshots of clusters: <c>cluster-&lt;id&gt;-&lt;count&gt;.snap</c>, several of each.</summary>
/// <remarks>
/// They are sealed under a key that follows from the cluster's root secret, never from the machine: after a restart they open when the gatekeeper has wrapped the secrets to the new session, and not before. A
/// snapshot that does not open is passed over; without any, the cluster is executed again from its first entry.
/// </remarks>
internal sealed class ClusterSnapshots(IFileSystem files, string folder, int kept, ILogger log)
{
    private const string Prefix = "cluster-", End = ".snap";

    /// <summary>Writes a snapshot and removes the oldest beyond those that are kept.</summary>
    public void Write(Cluster cluster, RestoredCluster content, byte[] key)
    {
        ClusterFile file = new(
            ClusterFile.Current,
            content.Cursor,
            [.. content.Reports],
            [.. content.Egress.Select(message => new SignedMessage(message.Message, message.Sequence, default))],
            Vec.Create<byte>(ClusterSnapshot.Write(cluster, content.State)));
        using GivenKey given = new(key);
        SealedFile.Write(files, PathOf(cluster.Id, content.Cursor.Head.Count), given, Purpose(cluster), Scale.Encode(file));
        List<ulong> counts = CountsOf(cluster.Id);
        foreach (ulong count in counts.Take(Math.Max(0, counts.Count - kept))) files.Delete(PathOf(cluster.Id, count));
    }

    /// <summary>The newest snapshot that opens; null where none does.</summary>
    public RestoredCluster? TryRead(Cluster cluster, byte[] key)
    {
        using GivenKey given = new(key);
        foreach (ulong count in CountsOf(cluster.Id).AsEnumerable().Reverse())
        {
            string path = PathOf(cluster.Id, count);
            SealError error = SealedFile.TryRead(files, path, given, Purpose(cluster), out SecretBytes? content);
            using (content)
            {
                if (error == SealError.None && TryDecode(cluster, content!, out RestoredCluster? restored)) return restored;
            }

            StreamLog.SnapshotPassedOver(log, cluster.Id, Path.GetFileName(path), (error == SealError.None ? SealError.BadContent : error).ToString());
        }

        return null;
    }

    /// <summary>Removes a cluster's snapshots.</summary>
    public void Clear(in Hash256 cluster)
    {
        foreach (ulong count in CountsOf(cluster)) files.Delete(PathOf(cluster, count));
    }

    private static bool TryDecode(Cluster cluster, SecretBytes content, out RestoredCluster? restored)
    {
        restored = null;
        if (!Scale.Decode<ClusterFile>(content.Span).TryGet(out ClusterFile? file) || file.Version != ClusterFile.Current) return false;
        if (ClusterSnapshot.TryRead(cluster, file.State.ToArray(), out ClusterState? state) != SnapshotError.None || state!.Position != file.Cursor.Head) return false;
        restored = new RestoredCluster(file.Cursor, state, [.. file.Reports], [.. file.Egress.Select(message => new EgressMessage(message.Message, message.Sequence))]);
        return true;
    }

    private static byte[] Purpose(Cluster cluster) => [.. "cluster snapshot"u8, .. cluster.Genesis.AsSpan(), .. cluster.Id.AsSpan()];

    private static string NameOf(in Hash256 cluster) => Prefix + Convert.ToHexStringLower(cluster.AsSpan()) + "-";

    private string PathOf(in Hash256 cluster, ulong count) => Path.Combine(folder, NameOf(cluster) + count.ToString(CultureInfo.InvariantCulture) + End);

    private List<ulong> CountsOf(in Hash256 cluster)
    {
        string name = NameOf(cluster);
        List<ulong> counts = [];
        foreach (string file in files.List(folder))
        {
            if (!file.StartsWith(name, StringComparison.Ordinal) || !file.EndsWith(End, StringComparison.Ordinal)) continue;
            if (ulong.TryParse(file.AsSpan(name.Length, file.Length - name.Length - End.Length), NumberStyles.None, CultureInfo.InvariantCulture, out ulong count)) counts.Add(count);
        }

        counts.Sort();
        return counts;
    }

    /// <summary>Seals under a key that is given.</summary>
    private sealed class GivenKey(byte[] root) : ISealingProvider, IDisposable
    {
        private readonly SecretBytes _root = new(root);

        public string Description => "the cluster's root secret";

        public bool IsInsecure => false;

        public void DeriveKey(ReadOnlySpan<byte> purpose, Span<byte> key) =>
            System.Security.Cryptography.HKDF.DeriveKey(System.Security.Cryptography.HashAlgorithmName.SHA256, _root.Span, key, "phala cluster snapshot v1"u8, purpose);

        public void Dispose() => _root.Dispose();
    }
}
