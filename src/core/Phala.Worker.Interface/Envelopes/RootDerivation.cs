using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Phala.Worker.Interface.Envelopes;

/// <summary>Secrets that follow from a cluster's root secret: HKDF-SHA256 under a fixed salt, each part of the info behind its length, so that no two purposes have the same bytes.</summary>
internal static class RootDerivation
{
    private const int LongestInfo = 256;

    private static ReadOnlySpan<byte> Salt => "phala cluster root v1"u8;

    /// <summary>What all derivations from a root secret begin with: 32 bytes, as secret as the root is.</summary>
    internal static void Extract(ReadOnlySpan<byte> root, Span<byte> key) => HKDF.Extract(HashAlgorithmName.SHA256, root, Salt, key);

    /// <summary>Fills a span.</summary>
    /// <param name="key">What <see cref="Extract"/> gave.</param>
    /// <param name="label">What for.</param>
    /// <param name="subject">For which of its kind.</param>
    /// <param name="output">Receives the secret.</param>
    internal static void Fill(ReadOnlySpan<byte> key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> subject, Span<byte> output)
    {
        Span<byte> info = stackalloc byte[LongestInfo];
        int length = Write(info, 0, label);
        length = Write(info, length, subject);
        HKDF.Expand(HashAlgorithmName.SHA256, key, output, info[..length]);
    }

    private static int Write(Span<byte> info, int at, ReadOnlySpan<byte> part)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(info[at..], (uint)part.Length);
        part.CopyTo(info[(at + sizeof(uint))..]);
        return at + sizeof(uint) + part.Length;
    }
}
