using System.Buffers;
using Phala.Node.Storage.Files;

namespace Phala.Node.Storage.Sqlite;

/// <summary>Holds the pages of a database against their checksums, one after the other.</summary>
internal static class PageCheck
{
    private const int PagesAtOnce = 64;

    /// <summary>Whether a page after the first bears our checksum.</summary>
    public static bool HasIntactPage(IFileSystem files, string path)
    {
        using IStorageFile file = files.Open(path, create: false) ?? throw new FileNotFoundException("The database is gone.", path);
        byte[] page = new byte[Page.Size];
        for (long offset = Page.Size; file.Read(offset, page) == Page.Size; offset += Page.Size)
        {
            if (page.AsSpan().ContainsAnyExcept((byte)0) && Page.IsIntact(page)) return true;
        }

        return false;
    }

    /// <summary>The number of the first page that is not as it was written; 0 if there is none. A database that is longer than the limit is not read.</summary>
    /// <remarks>The write-ahead log must have been taken over before.</remarks>
    public static long FirstDamaged(IFileSystem files, string path, long limit)
    {
        using IStorageFile file = files.Open(path, create: false) ?? throw new FileNotFoundException("The database is gone.", path);
        long length = file.Length;
        if (length > limit) return 0;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Page.Size * PagesAtOnce);
        try
        {
            for (long offset = 0; offset < length;)
            {
                int read = file.Read(offset, buffer.AsSpan(0, Page.Size * PagesAtOnce));
                for (int at = 0; at < read; at += Page.Size)
                {
                    // Also what is less than a page.
                    if (read - at < Page.Size || !Page.IsIntact(buffer.AsSpan(at, Page.Size))) return ((offset + at) / Page.Size) + 1;
                }

                offset += read;
            }

            return 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
