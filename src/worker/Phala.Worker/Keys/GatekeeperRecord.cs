using Phala.Codec;
using Phala.Crypto;
using Phala.Crypto.Signatures;
using Phala.Trie;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Worker.Keys;

/// <summary>What <c>gatekeeper.seal</c> holds, read and written where nothing is left behind.</summary>
/// <remarks>
/// <b>Encoding.</b> Version 1, the master key's seed as an option, and a list of clusters, each the id and <see cref="ClusterSecrets"/> as a wrap has them. <b>Invariant.</b> The secrets exist in memory that is wiped, and nowhere
/// else: not in values, which are copied.
/// </remarks>
internal static class GatekeeperRecord
{
    private const byte Version = 1;

    private const int ClusterLength = Hash256.Size + ClusterSecrets.EncodedLength;

    /// <summary>Reads a record.</summary>
    /// <param name="content">The bytes. Wiping them is the caller's.</param>
    /// <param name="seed">The master key's seed; null where there is none.</param>
    /// <param name="clusters">The clusters' secrets.</param>
    /// <returns>False where they are no record: then nothing is given. Any bytes give an answer.</returns>
    public static bool TryRead(ReadOnlySpan<byte> content, out SecretBytes? seed, out Dictionary<Hash256, ClusterSecrets> clusters)
    {
        (seed, clusters) = (null, []);
        ScaleReader reader = new(content);
        if (!reader.TryReadByte(out byte version) || version != Version || !reader.TryReadOption(out bool hasMaster)) return false;
        ReadOnlySpan<byte> master = default;
        if (hasMaster && !reader.TryReadSpan(Sr25519.SeedLength, out master)) return false;
        if (!reader.TryReadLength(ClusterLength, out int count) || reader.Rest.Length != count * ClusterLength) return false;
        for (ReadOnlySpan<byte> rest = reader.Rest; !rest.IsEmpty; rest = rest[ClusterLength..])
        {
            Hash256 id = new(rest[..Hash256.Size]);
            if (!clusters.ContainsKey(id)) clusters.Add(id, ClusterSecrets.Read(rest[Hash256.Size..ClusterLength]));
        }

        if (hasMaster) seed = new SecretBytes(master);
        return true;
    }

    /// <summary>Writes a record.</summary>
    /// <param name="seed">The master key's seed; null where there is none.</param>
    /// <param name="clusters">The clusters' secrets.</param>
    /// <returns>The bytes. Disposing of them is the caller's.</returns>
    public static SecretBytes Write(SecretBytes? seed, IReadOnlyDictionary<Hash256, ClusterSecrets> clusters)
    {
        const int longestCount = 5;
        using SecretBytes room = new(2 + Sr25519.SeedLength + longestCount + (clusters.Count * ClusterLength));
        ScaleWriter writer = new(room.Span);
        writer.WriteByte(Version);
        writer.WriteByte(seed is null ? (byte)0 : (byte)1);
        if (seed is not null) seed.Span.CopyTo(writer.Take(seed.Length));
        writer.WriteCompact((uint)clusters.Count);
        foreach ((Hash256 id, ClusterSecrets secrets) in clusters)
        {
            id.AsSpan().CopyTo(writer.Take(Hash256.Size));
            secrets.Write(writer.Take(ClusterSecrets.EncodedLength));
        }

        return new SecretBytes(room.Span[..writer.Length]);
    }
}
