using Phala.Codec;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Clusters.Snapshots;

/// <summary>A cluster's state as bytes, for a member's own disk. Whoever holds them reads every secret of the cluster: they are sealed before they leave the program.</summary>
/// <remarks><b>Invariant.</b> A state that is read has the root that was written, and continues as the one that was written would.</remarks>
public static class ClusterSnapshot
{
    private static ReadOnlySpan<byte> Magic => "PHALACL1"u8;

    /// <summary>How long a state's snapshot is at most, in bytes. What is written has to fit one array.</summary>
    /// <param name="state">The state.</param>
    public static long BoundOf(ClusterState state)
    {
        const int header = 256, perEntry = 16;
        long bytes = header;
        TrieCursor cursor = new(state.Content.Main);
        while (cursor.MoveNext()) bytes += perEntry + cursor.Key.Length + cursor.Value.Length;
        return bytes;
    }

    /// <summary>Writes a state.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="state">The state.</param>
    public static byte[] Write(Cluster cluster, ClusterState state)
    {
        SnapshotHeader header = new(cluster.Genesis, cluster.Id, state.Position, state.BlockNumber, state.BlockTime, state.Reported, state.Root);
        List<TrieChange> entries = new(state.Content.Main.Count);
        TrieCursor cursor = new(state.Content.Main);
        while (cursor.MoveNext()) entries.Add(TrieChange.Set(cursor.Key.ToArray(), cursor.Value));
        byte[] content = StateDelta.Create(TrieDelta.Create([.. entries])).Encode();
        return [.. Magic, .. Scale.Encode(header), .. content];
    }

    /// <summary>Reads a state. Any bytes give a state or an error. They are not copied: they must not change afterwards.</summary>
    /// <param name="cluster">The cluster that it should be of.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="state">The state, where there is no error.</param>
    public static SnapshotError TryRead(Cluster cluster, ReadOnlyMemory<byte> bytes, out ClusterState? state)
    {
        state = null;
        if (!bytes.Span.StartsWith(Magic)) return SnapshotError.NoSnapshot;
        ScaleReader reader = new(bytes.Span[Magic.Length..]);
        if (!SnapshotHeader.TryDecode(ref reader, out SnapshotHeader header)) return SnapshotError.Malformed;
        if (header.Genesis != cluster.Genesis || header.Cluster != cluster.Id) return SnapshotError.WrongCluster;
        if (!StateDelta.TryDecode(bytes[^reader.Rest.Length..], out StateDelta? delta, out _) || delta.Children.Count != 0) return SnapshotError.Malformed;
        foreach (TrieChange change in delta.Main.Changes)
        {
            if (change.IsRemoval) return SnapshotError.Malformed;
        }

        StateSnapshot content = StateSnapshot.Empty(ClusterState.Version).Apply(delta);
        if (content.Root != header.Root) return SnapshotError.WrongRoot;
        state = new ClusterState(header.Position, header.BlockNumber, header.BlockTime, header.Reported, content);
        return SnapshotError.None;
    }
}
