using Phala.Crypto.Hashing;

namespace Phala.Node.Storage.Sqlite;

/// <summary>A page of the database: what SQLite keeps in it and, in the bytes that it reserves at the end, a checksum of that.</summary>
internal static class Page
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 8192;

    /// <summary>Length of the checksum at the end: Twox64 of all before.</summary>
    public const int ChecksumSize = 8;

    /// <summary>Writes the checksum.</summary>
    public static void Seal(Span<byte> page) => Twox.Hash64(page[..^ChecksumSize], page[^ChecksumSize..]);

    /// <summary>Whether the page is as it was written. A page of zeros is one that SQLite took and never wrote; it does not read such pages.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> page)
    {
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        Twox.Hash64(page[..^ChecksumSize], checksum);
        return checksum.SequenceEqual(page[^ChecksumSize..]) || !page.ContainsAnyExcept((byte)0);
    }
}
