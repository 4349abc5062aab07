using System.Security.Cryptography;
using Phala.Crypto;
using Phala.Worker.Files;

namespace Phala.Worker.Sealing;

/// <summary>A file that only this program on this machine reads: AES-256-GCM under a key of the sealing provider.</summary>
/// <remarks>
/// Layout: <c>"PHSEAL"</c>, version 1, nonce (12 bytes), ciphertext, tag (16 bytes). The associated data is everything before the ciphertext and the purpose. The key depends on the purpose, so that
/// one file is never taken for another. What is longer than 1 MiB is sealed in <see cref="SealedChunks"/>: whatever can be written can be read. Who can write to the folder can put an older file in the place of a newer one: nothing here may become wrong by that, see docs/guides/operate-a-worker.md.
/// </remarks>
public static class SealedFile
{
    private const int NonceLength = 12, TagLength = 16, KeyLength = 32, Longest = SealedChunks.ChunkLength;

    private static ReadOnlySpan<byte> Magic => "PHSEAL\u0001"u8;

    private static int HeaderLength => Magic.Length + NonceLength;

    /// <summary>Reads a file.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The file.</param>
    /// <param name="sealing">What it was sealed by.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="content">What it holds. Disposing of it is the caller's.</param>
    public static SealError TryRead(IFileSystem files, string path, ISealingProvider sealing, ReadOnlySpan<byte> purpose, out SecretBytes? content)
    {
        content = null;
        using IOpenFile? file = files.Open(path, create: false);
        if (file is null) return SealError.Missing;
        Span<byte> magic = stackalloc byte[Magic.Length];
        if (file.Read(0, magic) == magic.Length && magic.SequenceEqual(SealedChunks.Magic)) return SealedChunks.TryRead(file, sealing, purpose, out content);
        if (file.Length < HeaderLength + TagLength || file.Length > HeaderLength + Longest + TagLength || !magic.SequenceEqual(Magic)) return SealError.UnknownFormat;
        byte[] bytes = new byte[file.Length];
        return file.Read(0, bytes) == bytes.Length ? TryOpen(bytes, sealing, purpose, out content) : SealError.NotOpened;
    }

    /// <summary>Writes a file, wholly or not at all, in place of the one that is there.</summary>
    public static void Write(IFileSystem files, string path, ISealingProvider sealing, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> content)
    {
        if (content.Length > Longest)
        {
            SealedChunks.Write(files, path, sealing, purpose, content);
            return;
        }

        byte[] bytes = new byte[HeaderLength + content.Length + TagLength];
        Magic.CopyTo(bytes);
        RandomNumberGenerator.Fill(bytes.AsSpan(Magic.Length, NonceLength));
        using SecretBytes key = new(KeyLength);
        sealing.DeriveKey(purpose, key.Span);
        using AesGcm cipher = new(key.Span, TagLength);
        cipher.Encrypt(bytes.AsSpan(Magic.Length, NonceLength), content, bytes.AsSpan(HeaderLength, content.Length), bytes.AsSpan(bytes.Length - TagLength), [.. bytes.AsSpan(0, HeaderLength), .. purpose]);
        WholeFile.Write(files, path, bytes);
    }

    private static SealError TryOpen(byte[] bytes, ISealingProvider sealing, ReadOnlySpan<byte> purpose, out SecretBytes? content)
    {
        content = null;
        SecretBytes opened = new(bytes.Length - HeaderLength - TagLength);
        using SecretBytes key = new(KeyLength);
        sealing.DeriveKey(purpose, key.Span);
        using AesGcm cipher = new(key.Span, TagLength);
        try
        {
            cipher.Decrypt(bytes.AsSpan(Magic.Length, NonceLength), bytes.AsSpan(HeaderLength, opened.Length), bytes.AsSpan(bytes.Length - TagLength), opened.Span, [.. bytes.AsSpan(0, HeaderLength), .. purpose]);
        }
        catch (AuthenticationTagMismatchException)
        {
            opened.Dispose();
            return SealError.NotOpened;
        }

        content = opened;
        return SealError.None;
    }
}
