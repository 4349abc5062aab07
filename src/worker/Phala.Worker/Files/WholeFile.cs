namespace Phala.Worker.Files;

/// <summary>Files that are written wholly or not at all.</summary>
internal static class WholeFile
{
    /// <summary>What the name of an unfinished file ends with.</summary>
    public const string Unfinished = ".new";

    /// <summary>Reads a file; null where there is none.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that are read: of a longer file nothing is, and the result is empty.</param>
    public static byte[]? Read(IFileSystem files, string path, int most)
    {
        using IOpenFile? file = files.Open(path, create: false);
        if (file is null) return null;
        if (file.Length > most) return [];
        byte[] content = new byte[file.Length];
        return content[..file.Read(0, content)];
    }

    /// <summary>Writes a file in place of the one that is there. Durable when it returns; before that, the old one is there or the new one.</summary>
    public static void Write(IFileSystem files, string path, ReadOnlySpan<byte> content)
    {
        using (IOpenFile file = OpenUnfinished(files, path))
        {
            file.SetLength(0);
            file.Write(0, content);
            file.Flush();
        }

        Finish(files, path);
    }

    /// <summary>Opens the file that a new content is written to. It may hold what somebody did not finish.</summary>
    public static IOpenFile OpenUnfinished(IFileSystem files, string path) => files.Open(path + Unfinished, create: true)!;

    /// <summary>Puts what was written and flushed in place of the file that is there. Durable when it returns.</summary>
    public static void Finish(IFileSystem files, string path)
    {
        files.Rename(path + Unfinished, path);
        files.FlushDirectory(Path.GetDirectoryName(path)!);
    }
}
