namespace Phala.Node.Storage;

/// <summary>What is wrong, where, and what helps.</summary>
/// <param name="Error">The kind.</param>
/// <param name="Subject">The file, and what in it.</param>
public sealed record StorageFailure(StorageError Error, string Subject)
{
    /// <summary>What the operator can do.</summary>
    public string Help => Error switch
    {
        StorageError.None => "",
        StorageError.NotFound => "start the node with --base-path of an existing chain, or let it make a new one",
        StorageError.AlreadyExists => "remove it first: phala-node purge-chain",
        StorageError.Locked => "stop the other process, or give this one another --base-path",
        StorageError.ForeignFile => "give another --base-path",
        StorageError.NewerSchema => "use the program that wrote it, or a newer one",
        StorageError.OtherGenesis => "give the --chain that it was made with, or another --base-path",
        StorageError.AlreadyPruned => "start with --pruning as before, or sync an archive afresh: phala-node purge-chain",
        StorageError.DiskFull => "make room and go on: nothing is lost",
        StorageError.FileSystem => "check the disk and the rights to the directory, then start again: nothing is lost",
        _ => "restore a copy of the directory, or sync again: phala-node purge-chain. What can be read is saved by phala-node export-blocks",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Error}: {Subject}. What helps: {Help}.";
}
