using System.Security.Cryptography;
using Phala.Crypto;
using Phala.Crypto.Encryption;
using Phala.Crypto.Signatures;
using Phala.Trie;
using Phala.Worker.Files;
using Phala.Worker.Interface.Envelopes;
using Phala.Worker.Sealing;

namespace Phala.Worker.Keys;

/// <summary>What a gatekeeper knows: the master key and the secrets of clusters. Sealed, and sealed before anything of it is sent.</summary>
/// <remarks>
/// Only gatekeepers seal what opens recorded ciphertext: without them a network that is switched off as a whole would have lost its clusters. <b>Invariant.</b> Secrets lie in memory that is wiped by <see cref="Dispose"/>.
/// </remarks>
internal sealed class GatekeeperKeys : IDisposable
{
    /// <summary>The sealed file's name.</summary>
    public const string FileName = "gatekeeper.seal";

    private readonly IFileSystem _files;
    private readonly string _path;
    private readonly ISealingProvider _sealing;
    private readonly Dictionary<Hash256, ClusterSecrets> _clusters;
    private SecretBytes? _seed;
    private Sr25519KeyPair? _master;

    private GatekeeperKeys(IFileSystem files, string path, ISealingProvider sealing, SecretBytes? seed, Dictionary<Hash256, ClusterSecrets> clusters)
    {
        (_files, _path, _sealing, _seed, _clusters) = (files, path, sealing, seed, clusters);
        if (seed is not null) _master = Sr25519KeyPair.FromSeed(seed.Span);
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
            keys = new GatekeeperKeys(files, path, sealing, null, []);
            return SealError.None;
        }

        if (error != SealError.None) return error;
        using (content)
        {
            if (!GatekeeperRecord.TryRead(content!.Span, out SecretBytes? seed, out Dictionary<Hash256, ClusterSecrets> clusters)) return SealError.BadContent;
            keys = new GatekeeperKeys(files, path, sealing, seed, clusters);
            return SealError.None;
        }
    }

    /// <summary>The secrets of a cluster; null where they are not known. They end with this object.</summary>
    public ClusterSecrets? SecretsOf(in Hash256 cluster) => _clusters.GetValueOrDefault(cluster);

    /// <summary>Draws the master key and seals it.</summary>
    public Sr25519KeyPair MakeMaster()
    {
        SecretBytes seed = Draw(Sr25519.SeedLength);
        Write(seed, _clusters);
        _seed?.Dispose();
        _master?.Dispose();
        _seed = seed;
        return _master = Sr25519KeyPair.FromSeed(seed.Span);
    }

    /// <summary>Draws the secrets of a cluster and seals them; those that are known stay.</summary>
    public ClusterSecrets MakeCluster(in Hash256 cluster)
    {
        if (SecretsOf(cluster) is { } known) return known;
        using SecretBytes drawn = Draw(X25519.KeyLength + ClusterSecrets.RootLength);
        ClusterSecrets secrets = new(0, drawn.Span[..X25519.KeyLength], drawn.Span[X25519.KeyLength..]);
        Write(_seed, new Dictionary<Hash256, ClusterSecrets>(_clusters) { [cluster] = secrets });
        _clusters.Add(cluster, secrets);
        return secrets;
    }

    /// <summary>Wipes all of it.</summary>
    public void Dispose()
    {
        _seed?.Dispose();
        _master?.Dispose();
        foreach (ClusterSecrets secrets in _clusters.Values) secrets.Dispose();
        _clusters.Clear();
    }

    private static SecretBytes Draw(int length)
    {
        SecretBytes drawn = new(length);
        RandomNumberGenerator.Fill(drawn.Span);
        return drawn;
    }

    /// <summary>Only what is sealed is known: where this fails, nothing has changed.</summary>
    private void Write(SecretBytes? seed, IReadOnlyDictionary<Hash256, ClusterSecrets> clusters)
    {
        using SecretBytes content = GatekeeperRecord.Write(seed, clusters);
        SealedFile.Write(_files, _path, _sealing, Purpose, content.Span);
    }
}
