using System.Buffers.Binary;

namespace Phala.Crypto.Encryption;

/// <summary>The identifiers of RFC 9180 §7 for the one suite here, as they enter the labels of its key derivations.</summary>
internal static class HpkeSuite
{
    internal const ushort KemX25519HkdfSha256 = 0x0020;
    internal const ushort KdfHkdfSha256 = 0x0001;
    internal const ushort AeadAes256Gcm = 0x0002;
    internal const ushort AeadExportOnly = 0xffff;

    /// <summary>The length in bytes of HKDF-SHA256's pseudo-random keys, of the shared secret and of the exporter secret.</summary>
    internal const int HashLength = 32;

    /// <summary>The length in bytes of AES-256-GCM's key.</summary>
    internal const int AeadKeyLength = 32;

    /// <summary>The length in bytes of AES-256-GCM's nonce.</summary>
    internal const int NonceLength = 12;

    /// <summary>The length in bytes of a suite identifier.</summary>
    internal const int IdLength = 10;

    /// <summary>"KEM" and the KEM's number (RFC 9180 §4.1).</summary>
    internal static ReadOnlySpan<byte> KemId => [(byte)'K', (byte)'E', (byte)'M', KemX25519HkdfSha256 >> 8, KemX25519HkdfSha256 & 0xff];

    /// <summary>"HPKE" and the three numbers (RFC 9180 §5.1).</summary>
    internal static void WriteId(ushort aead, Span<byte> id)
    {
        "HPKE"u8.CopyTo(id);
        BinaryPrimitives.WriteUInt16BigEndian(id[4..], KemX25519HkdfSha256);
        BinaryPrimitives.WriteUInt16BigEndian(id[6..], KdfHkdfSha256);
        BinaryPrimitives.WriteUInt16BigEndian(id[8..], aead);
    }
}
