using System.Security.Cryptography;
using Phala.Codec;
using Phala.Crypto;
using Phala.Crypto.Signatures;
using Phala.Trie;
using Phala.Worker.Files;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Sealing;

namespace Phala.Worker.Keys;

/// <summary>What a gatekeeper knows: the master key and the secrets of clusters. Sealed, and sealed before anything of it is sent.</summary>
/// <remarks>Only gatekeepers seal what opens recorded ciphertext: without them a network that is switched off as a whole would have lost its clusters.</remarks>
internal sealed class GatekeeperKeys : IDisposable
{
    /// <summary>The sealed file's name.</summary>
    public const string FileName = "gatekeeper.seal";

    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly ISealingProvider _sealing;
    private readonly Dictionary<Hash256, ClusterSecrets> _clusters = [];
    private GatekeeperRecord _record;
    private Sr25519KeyPair? _master;

    private GatekeeperKeys(IFileSystem files, string path, ISealingProvider sealing, GatekeeperRecord record)
    {
        (_files, _path, _sealing, _record) = (files, path, sealing, record);
        Load();
    }

    /// <summary>The master key; null before there is one.</summary>
    public Sr25519KeyPair? Master => _master;

    private static ReadOnlySpan<byte> Purpose => "gatekeeper keys"u8;

    /// <summary>Opens the keys of a folder, or begins with none.</summary>
    public static SealError TryOpen(IFileSystem files, string folder, ISealingProvider sealing, out GatekeeperKeys? keys)
    {
        keys = null;
        string path = Path.Combine(folder, FileName);
        SealError error = SealedFile.TryRead(files, path, sealing, Purpose, out SecretBytes? content);
        if (error == SealError.Missing)
        {
            keys = new GatekeeperKeys(files, path, sealing, new GatekeeperRecord(GatekeeperRecord.Current, default, default));
            return SealError.None;
        }

        if (error != SealError.None) return error;
        using (content)
        {
            if (!Scale.Decode<GatekeeperRecord>(content!.Span).TryGet(out GatekeeperRecord? record) || record.Version != GatekeeperRecord.Current) return SealError.BadContent;
            keys = new GatekeeperKeys(files, path, sealing, record);
            return SealError.None;
        }
    }

    /// <summary>The secrets of a cluster; null where they are not known. They end with this object.</summary>
    public ClusterSecrets? SecretsOf(in Hash256 cluster) => _clusters.GetValueOrDefault(cluster);

    /// <summary>Draws the master key and seals it.</summary>
    public Sr25519KeyPair MakeMaster()
    {
        Write(_record with { Master = new Option<KeyBytes>(Draw()) });
        return _master!;
    }

    /// <summary>Draws the secrets of a cluster and seals them.</summary>
    public ClusterSecrets MakeCluster(in Hash256 cluster)
    {
        Write(_record with { Clusters = [.. _record.Clusters, new SealedCluster(cluster, 0, Draw(), Draw())] });
        return _clusters[cluster];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _master?.Dispose();
        foreach (ClusterSecrets secrets in _clusters.Values) secrets.Dispose();
    }

    private static KeyBytes Draw() => new(RandomNumberGenerator.GetBytes(KeyBytes.Size));

    private void Write(GatekeeperRecord record)
    {
        using SecretBytes content = new(Scale.EncodedLength(record));
        _ = Scale.TryEncode(record, content.Span, out _);
        SealedFile.Write(_files, _path, _sealing, Purpose, content.Span);
        _record = record;
        Load();
    }

    private void Load()
    {
        if (_master is null && _record.Master.TryGet(out KeyBytes seed)) _master = Sr25519KeyPair.FromSeed(seed.AsSpan());
        foreach (SealedCluster cluster in _record.Clusters)
        {
            if (!_clusters.ContainsKey(cluster.Cluster)) _clusters.Add(cluster.Cluster, new ClusterSecrets(cluster.Epoch, cluster.CommandKey.AsSpan(), cluster.Root.AsSpan()));
        }
    }
}
