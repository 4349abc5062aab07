using System.Buffers.Binary;
using System.Security.Cryptography;
using Phala.Crypto;
using Phala.Worker.Files;

namespace Phala.Worker.Sealing;

/// <summary>The layout of sealed files that are long: chunks, each under AES-256-GCM, so that no more than one of them is in memory beside the content.</summary>
/// <remarks>
/// Layout: <c>"PHSEAL"</c>, version 2, salt (16 bytes), then chunks of 1 MiB and a last one that may be shorter, each followed by its tag (16 bytes). The key follows from the sealing provider, the salt and the purpose, so that
/// no two files have one key; the nonce is the chunk's number; the associated data is the header, the content's length and the purpose. A file that was cut off or lengthened, or whose chunks were moved, does not open, and that shows at the first chunk: room is
/// made only for a length that was sealed.
/// </remarks>
internal static class SealedChunks
{
    /// <summary>The length of a chunk's content.</summary>
    public const int ChunkLength = 1024 * 1024;

    private const int SaltLength = 16, TagLength = 16, KeyLength = 32, NonceLength = 12, SealedLength = ChunkLength + TagLength;

    /// <summary>What a file of this layout begins with.</summary>
    public static ReadOnlySpan<byte> Magic => "PHSEAL\u0002"u8;

    private static int HeaderLength => Magic.Length + SaltLength;

    /// <summary>Writes a file, wholly or not at all, in place of the one that is there.</summary>
    public static void Write(IFileSystem files, string path, ISealingProvider sealing, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> content)
    {
        byte[] header = [.. Magic, .. RandomNumberGenerator.GetBytes(SaltLength)], associated = Associated(header, content.Length, purpose), chunk = new byte[SealedLength];
        using AesGcm cipher = Cipher(sealing, purpose, header.AsSpan(Magic.Length));
        using (IOpenFile file = WholeFile.OpenUnfinished(files, path))
        {
            file.SetLength(0);
            file.Write(0, header);
            long at = header.Length;
            for (uint number = 0; number == 0 || !content.IsEmpty; number++)
            {
                ReadOnlySpan<byte> next = content[..Math.Min(ChunkLength, content.Length)];
                content = content[next.Length..];
                cipher.Encrypt(Nonce(number), next, chunk.AsSpan(0, next.Length), chunk.AsSpan(next.Length, TagLength), associated);
                file.Write(at, chunk.AsSpan(0, next.Length + TagLength));
                at += next.Length + TagLength;
            }

            file.Flush();
        }

        WholeFile.Finish(files, path);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sealing">What it was sealed by.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="content">What it holds. Disposing of it is the caller's.</param>
    public static SealError TryRead(IOpenFile file, ISealingProvider sealing, ReadOnlySpan<byte> purpose, out SecretBytes? content)
    {
        content = null;
        byte[] header = new byte[HeaderLength];
        if (file.Read(0, header) != header.Length || !header.AsSpan().StartsWith(Magic)) return SealError.UnknownFormat;
        long length = file.Length - header.Length, chunks = (length + SealedLength - 1) / SealedLength, plain = length - (chunks * TagLength);
        if (chunks == 0 || length - ((chunks - 1) * SealedLength) < TagLength || plain > Array.MaxLength) return SealError.UnknownFormat;
        using AesGcm cipher = Cipher(sealing, purpose, header.AsSpan(Magic.Length));
        bool isOpen = TryOpen(file, cipher, Associated(header, plain, purpose), (int)chunks, (int)plain, out content);
        return isOpen ? SealError.None : SealError.NotOpened;
    }

    /// <summary>Room for the content is made when the first chunk has opened: a long file of somebody else, or one that was made longer, costs nothing.</summary>
    private static bool TryOpen(IOpenFile file, AesGcm cipher, byte[] associated, int chunks, int length, out SecretBytes? content)
    {
        content = null;
        byte[] bytes = new byte[SealedLength];
        using SecretBytes chunk = new(ChunkLength);
        int done = 0;
        for (int number = 0; number < chunks; number++)
        {
            int plain = Math.Min(ChunkLength, length - done);
            Span<byte> read = bytes.AsSpan(0, plain + TagLength), opened = chunk.Span[..plain];
            bool isWhole = file.Read(HeaderLength + ((long)number * SealedLength), read) == read.Length;
            if (!isWhole || !TryDecrypt(cipher, Nonce((uint)number), read, opened, associated))
            {
                content?.Dispose();
                content = null;
                return false;
            }

            content ??= new SecretBytes(length);
            opened.CopyTo(content.Span[done..]);
            done += plain;
        }

        return true;
    }

    private static bool TryDecrypt(AesGcm cipher, byte[] nonce, ReadOnlySpan<byte> chunk, Span<byte> opened, byte[] associated)
    {
        try
        {
            cipher.Decrypt(nonce, chunk[..opened.Length], chunk[opened.Length..], opened, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static AesGcm Cipher(ISealingProvider sealing, ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> salt)
    {
        using SecretBytes key = new(KeyLength);
        sealing.DeriveKey([.. "sealed chunks"u8, .. salt, .. purpose], key.Span);
        return new AesGcm(key.Span, TagLength);
    }

    private static byte[] Associated(ReadOnlySpan<byte> header, long length, ReadOnlySpan<byte> purpose)
    {
        byte[] sealedLength = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(sealedLength, length);
        return [.. header, .. sealedLength, .. purpose];
    }

    private static byte[] Nonce(uint number)
    {
        byte[] nonce = new byte[NonceLength];
        BinaryPrimitives.WriteUInt32LittleEndian(nonce, number);
        return nonce;
    }
}
