using Phala.Node.Storage;
using Phala.Node.Storage.Files;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Storage;

/// <summary>Opens stores in a directory of a file system, and expects that it works, or that it does not.</summary>
internal static class Storages
{
    /// <summary>Where the stores are.</summary>
    public const string Directory = "/chain";

    /// <summary>Makes a store.</summary>
    public static ChainStore Create(IFileSystem files, Genesis genesis, StorageOptions options)
    {
        Assert.True(ChainStore.TryCreate(files, Directory, genesis, options, out ChainStore? store, out StorageFailure? failure), failure?.ToString());
        return store;
    }

    /// <summary>Opens a store.</summary>
    public static ChainStore Open(IFileSystem files, Genesis genesis, StorageOptions options)
    {
        Assert.True(ChainStore.TryOpen(files, Directory, genesis.Block.Hash, options, out ChainStore? store, out StorageFailure? failure), failure?.ToString());
        return store;
    }

    /// <summary>Expects that a store does not open.</summary>
    public static StorageFailure Refused(IFileSystem files, Hash256? genesis, StorageOptions options)
    {
        Assert.False(ChainStore.TryOpen(files, Directory, genesis, options, out _, out StorageFailure? failure), "it opens");
        return failure!;
    }
}
