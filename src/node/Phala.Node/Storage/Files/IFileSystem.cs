namespace Phala.Node.Storage.Files;

/// <summary>All that the storage asks of a file system. SQLite goes through it too.</summary>
/// <remarks>
/// <b>Promise to rely on.</b> What a file holds survives the loss of power once <see cref="IStorageFile.Flush"/> has returned; that a name exists, is gone or stands for
/// another file, once <see cref="FlushDirectory"/> has. Between the two anything may be there, also half of a write. Renaming puts one file in the place of another at once.
/// Failures are <see cref="IOException"/>; for want of space, <see cref="DiskFullException"/>.
/// </remarks>
public interface IFileSystem
{
    /// <summary>Opens a file to read and write; null where it is not there and is not to be made.</summary>
    IStorageFile? Open(string path, bool create);

    /// <summary>Whether there is a file of this name.</summary>
    bool Exists(string path);

    /// <summary>Removes a file; nothing happens where there is none.</summary>
    void Delete(string path);

    /// <summary>Gives a file another name, in place of the one that had it.</summary>
    void Rename(string oldPath, string newPath);

    /// <summary>The names of the files in a directory, in order.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Makes a directory and those above it, where they are not there.</summary>
    void CreateDirectory(string directory);

    /// <summary>Makes durable which names the directory holds.</summary>
    void FlushDirectory(string directory);

    /// <summary>How many bytes may still be written.</summary>
    long FreeSpace(string directory);

    /// <summary>Takes a lock that no other process holds until it is disposed of or the process ends, however it does; null where another one has it.</summary>
    IDisposable? TryLock(string path);
}
