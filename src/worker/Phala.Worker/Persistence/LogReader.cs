using System.Buffers.Binary;
using System.Security.Cryptography;
using Phala.Worker.Files;
using Phala.Worker.Sealing;

namespace Phala.Worker.Persistence;

/// <summary>Reads a log. Total: whatever the file holds, what is read is a prefix of what was written.</summary>
internal static class LogReader
{
    /// <summary>Reads a log.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The file.</param>
    /// <param name="sealing">What it was sealed by.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="continues">What it has to continue; null where it is the first that is read.</param>
    public static LogReading Read(IFileSystem files, string path, ISealingProvider sealing, ulong generation, byte[]? continues)
    {
        using IOpenFile? file = files.Open(path, create: false);
        if (file is null || !TryReadHeader(file, generation, out byte[] header, out byte[] salt, out byte[] before)) return LogReading.None;
        if (continues is not null && !before.AsSpan().SequenceEqual(continues)) return LogReading.None;
        using AesGcm cipher = LogFormat.Cipher(sealing, salt);
        List<byte[]> records = [];
        byte[] chain = header;
        long at = header.Length;
        while (TryReadRecord(file, cipher, (ulong)records.Count, ref at, ref chain, out byte[] record)) records.Add(record);
        byte[] end = records.Count == 0 ? SHA256.HashData(chain)[..LogFormat.TagLength] : chain;
        return new LogReading(records, end);
    }

    private static bool TryReadHeader(IOpenFile file, ulong generation, out byte[] header, out byte[] salt, out byte[] chain)
    {
        (salt, chain) = ([], []);
        header = new byte[LogFormat.HeaderLength(0)];
        if (file.Read(0, header) != header.Length || !header.AsSpan().StartsWith(LogFormat.Magic)) return false;
        if (BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(LogFormat.Magic.Length)) != generation) return false;
        salt = header[(LogFormat.Magic.Length + sizeof(ulong))..^1];
        chain = new byte[header[^1]];
        if (chain.Length is not (0 or LogFormat.TagLength) || file.Read(header.Length, chain) != chain.Length) return false;
        header = [.. header, .. chain];
        return true;
    }

    private static bool TryReadRecord(IOpenFile file, AesGcm cipher, ulong number, ref long at, ref byte[] chain, out byte[] record)
    {
        record = [];
        Span<byte> prefix = stackalloc byte[sizeof(uint)], nonce = stackalloc byte[LogFormat.NonceLength];
        if (file.Read(at, prefix) != prefix.Length) return false;
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        if (length > LogFormat.LongestRecord || file.Length - at - prefix.Length < length + LogFormat.TagLength) return false;
        byte[] bytes = new byte[length + LogFormat.TagLength];
        if (file.Read(at + prefix.Length, bytes) != bytes.Length) return false;
        LogFormat.Nonce(number, nonce);
        byte[] plaintext = new byte[length];
        try
        {
            cipher.Decrypt(nonce, bytes.AsSpan(0, plaintext.Length), bytes.AsSpan(plaintext.Length), plaintext, chain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        (record, chain) = (plaintext, bytes[plaintext.Length..]);
        at += prefix.Length + bytes.Length;
        return true;
    }
}
