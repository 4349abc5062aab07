namespace Phala.Worker.Files;

/// <summary>All that the worker asks of a file system.</summary>
/// <remarks>
/// <b>Promise to rely on.</b> What a file holds survives the loss of power once <see cref="IOpenFile.Flush"/> has returned; that a name exists, is gone or stands for another file, once
/// <see cref="FlushDirectory"/> has. Between the two anything may be there, also half of a write. Renaming puts one file in the place of another at once. Failures are <see cref="IOException"/>.
/// Nothing that is read is believed: the host can write what it likes.
/// </remarks>
public interface IFileSystem
{
    /// <summary>Opens a file to read and write, for its owner alone; null where it is not there and is not to be made.</summary>
    IOpenFile? Open(string path, bool create);

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

    /// <summary>Takes a lock that no other process holds until it is disposed of or the process ends, however it does; null where another one has it.</summary>
    IDisposable? TryLock(string path);
}
