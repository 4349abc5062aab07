using System.Buffers.Binary;
using System.Security.Cryptography;
using Phala.Crypto;
using Phala.Worker.Sealing;

namespace Phala.Worker.Persistence;

/// <summary>The layout of a log: a header, and records, each under AES-256-GCM with the tag of the one before as associated data.</summary>
/// <remarks>
/// Header: <c>"PHWLOG"</c>, version 1, generation u64 in little endian, salt (16 bytes), the length of the chain value and the chain value that the log before ended with (0 or 16 bytes). The key follows from the
/// sealing provider and the salt, so that no two files have one key; the nonce is the record's number. A record: length u32 in little endian, ciphertext, tag. The associated data of the first record is the header.
/// </remarks>
internal static class LogFormat
{
    public const int SaltLength = 16, TagLength = 16, KeyLength = 32, NonceLength = 12, LongestRecord = 64 * 1024 * 1024;

    public static ReadOnlySpan<byte> Magic => "PHWLOG\u0001"u8;

    /// <summary>The length of a header that names a chain value of so many bytes.</summary>
    public static int HeaderLength(int chain) => Magic.Length + sizeof(ulong) + SaltLength + 1 + chain;

    /// <summary>Makes a header.</summary>
    public static byte[] Header(ulong generation, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> chain)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(number, generation);
        return [.. Magic, .. number, .. salt, (byte)chain.Length, .. chain];
    }

    /// <summary>The cipher of a file.</summary>
    public static AesGcm Cipher(ISealingProvider sealing, ReadOnlySpan<byte> salt)
    {
        using SecretBytes key = new(KeyLength);
        sealing.DeriveKey([.. "state log"u8, .. salt], key.Span);
        return new AesGcm(key.Span, TagLength);
    }

    /// <summary>The nonce of a record.</summary>
    public static void Nonce(ulong number, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce, number);
    }
}
