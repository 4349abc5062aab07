using System.Security.Cryptography;
using Phala.Chain;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Host;
using Phala.Node.Keys;
using Phala.Node.Options;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Host;

/// <summary>Makes the data of a development chain as the node does, without waiting for its clock.</summary>
internal static class DevChain
{
    /// <summary>Begins a chain, or goes on with it.</summary>
    /// <param name="basePath">Where.</param>
    /// <param name="blocks">How many blocks are made.</param>
    /// <param name="finalizeEvery">Every how many of them are made final.</param>
    /// <param name="milliseconds">The length of a slot.</param>
    public static void Make(string basePath, int blocks, int finalizeEvery = 3, ulong? milliseconds = null)
    {
        NodeOptions options = new() { Chain = "dev", BasePath = basePath, BlockMilliseconds = milliseconds, Storage = new StorageOptions { StatePruning = null, MaintainInBackground = false } };
        PhalaRuntime runtime = new();
        Assert.True(new ChainOpening(runtime.LightCode).TryReadSpec(options, out ChainSpec? spec, out string? problem), problem);
        Assert.True(ChainOpening.TryOpenStore(options, spec, out ChainStore? opened, out problem), problem);
        using ChainStore store = opened;
        using AuthorityKeys keys = new();
        keys.Add("//Alice");
        ChainFeed feed = new();
        Assert.Equal(StateLookup.Found, store.StateAt(store.Best.Hash, out StateSnapshot? state));
        TransactionPool pool = new(runtime, new BlockId(store.Best.Hash, store.Best.Number), state!, new PoolOptions(), TimeProvider.System);
        BlockAuthor author = new(store, runtime, new BlockImporter(store, runtime, feed, TimeProvider.System), keys, pool, TimeProvider.System, RandomNumberGenerator.Fill);
        LocalFinalizer finalizer = new(store, keys, feed);
        for (int made = 0; made < blocks; made++)
        {
            AuthorReport report = author.Author(store.Best.Number + 1, DateTimeOffset.MinValue);
            Assert.Equal((AuthorStatus.Authored, ImportStatus.Imported), (report.Status, report.Import.Status));
            if (store.Best.Number % finalizeEvery == 0) Assert.Equal(FinalizerStatus.Finalized, finalizer.FinalizeBest());
        }
    }

    /// <summary>Opens a chain to look at it.</summary>
    public static ChainStore Open(string basePath)
    {
        NodeOptions options = new() { Chain = "dev", BasePath = basePath, Storage = new StorageOptions { StatePruning = null, MaintainInBackground = false } };
        Assert.True(ChainOptions.TryOpen(options, new PhalaRuntime(), out ChainStore? store, out string? problem), problem);
        return store;
    }
}
