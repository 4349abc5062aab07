using System.Collections.Concurrent;
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
/// snapshot that does not open, or can't be read, is passed over; without any, the cluster is executed again from its first entry. A state that is too long for a snapshot is said to be, and the older ones stay.
/// </remarks>
/// <param name="files">The file system.</param>
/// <param name="folder">The folder.</param>
/// <param name="kept">How many are kept of each cluster.</param>
/// <param name="log">The log.</param>
/// <param name="longest">The longest state that is written, in bytes. With reports and messages it has to fit one array.</param>
internal sealed class ClusterSnapshots(IFileSystem files, string folder, int kept, ILogger log, long longest = ClusterSnapshots.LongestState)
{
    /// <summary>The longest state that is written unless tests want less: 1 GiB.</summary>
    public const long LongestState = 1 << 30;

    private const string Prefix = "cluster-", End = ".snap";

    private readonly ConcurrentDictionary<Hash256, bool> _refused = [];

    /// <summary>How many clusters have a state that is too long for a snapshot.</summary>
    public int Refused => _refused.Count;

    /// <summary>Writes a snapshot and removes the oldest beyond those that are kept.</summary>
    public void Write(Cluster cluster, RestoredCluster content, byte[] key)
    {
        long length = ClusterSnapshot.BoundOf(content.State);
        if (length > longest)
        {
            StreamLog.SnapshotTooLong(log, cluster.Id, content.Cursor.Head.Count, length);
            _refused[cluster.Id] = true;
            return;
        }

        _refused.TryRemove(cluster.Id, out _);
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
        foreach (ulong count in CountsFound(cluster.Id).AsEnumerable().Reverse())
        {
            string path = PathOf(cluster.Id, count);
            string reason = TryRead(cluster, path, given, out RestoredCluster? restored);
            if (restored is not null) return restored;
            StreamLog.SnapshotPassedOver(log, cluster.Id, Path.GetFileName(path), reason);
        }

        return null;
    }

    /// <summary>Removes a cluster's snapshots, as far as that is possible: who has what stays has nothing without the cluster's secrets.</summary>
    /// <remarks>It happens while an entry is applied, which is neither undone nor stopped by a disk's faults.</remarks>
    public void Clear(in Hash256 cluster)
    {
        _refused.TryRemove(cluster, out _);
        foreach (ulong count in CountsFound(cluster))
        {
            try
            {
                files.Delete(PathOf(cluster, count));
            }
            catch (IOException failure)
            {
                StreamLog.SnapshotNotRemoved(log, cluster, Path.GetFileName(PathOf(cluster, count)), failure.GetType().Name);
            }
        }
    }

    /// <summary>Reads a snapshot, or says why it can't be.</summary>
    private string TryRead(Cluster cluster, string path, GivenKey given, out RestoredCluster? restored)
    {
        restored = null;
        try
        {
            SealError error = SealedFile.TryRead(files, path, given, Purpose(cluster), out SecretBytes? content);
            using (content) return error == SealError.None && TryDecode(cluster, content!, out restored) ? "" : (error == SealError.None ? SealError.BadContent : error).ToString();
        }
        catch (IOException failure)
        {
            return failure.GetType().Name;
        }
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

    /// <summary>The counts of a cluster's snapshots; none where the folder can't be read.</summary>
    private List<ulong> CountsFound(in Hash256 cluster)
    {
        try
        {
            return CountsOf(cluster);
        }
        catch (IOException failure)
        {
            StreamLog.SnapshotPassedOver(log, cluster, folder, failure.GetType().Name);
            return [];
        }
    }

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
