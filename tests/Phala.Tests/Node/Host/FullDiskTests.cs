using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Phala.Chain;
using Phala.Node.ChainSpecs;
using Phala.Node.Consensus;
using Phala.Node.Keys;
using Phala.Node.Storage;
using Phala.Node.TxPool;
using Phala.Runtime;
using Phala.Tests.Node.Storage;
using Phala.Trie.Storage;
using Xunit;

namespace Phala.Tests.Node.Host;

/// <summary>A disk that becomes full while the node makes blocks.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task BlocksAreMadeNoMoreTheOperatorIsToldOnceAndNothingIsLost()
    {
        MemoryFileSystem files = new();
        PhalaRuntime runtime = new();
        Genesis genesis = BuiltInChain.Spec("dev", BuiltInChain.Genesis("dev", slotDuration: 20), runtime.LightCode).ToGenesis();
        using ChainStore store = Storages.Create(files, genesis, new StorageOptions { MaintainInBackground = false });
        using AuthorityKeys keys = new();
        keys.Add("//Alice");
        ChainFeed feed = new();
        Assert.Equal(StateLookup.Found, store.StateAt(store.GenesisHash, out StateSnapshot? state));
        TransactionPool pool = new(runtime, new BlockId(store.GenesisHash, 0), state!, new PoolOptions(), TimeProvider.System);
        BlockAuthor author = new(store, runtime, new BlockImporter(store, runtime, feed, TimeProvider.System), keys, pool, TimeProvider.System, RandomNumberGenerator.Fill);
        LinesLog log = new();
        using CancellationTokenSource stop = new();

        // Room for some blocks, and then for none.
        files.Capacity = files.Used + (256 << 10);
        Task work = Task.Run(() => new AuthoringLoop(store, author, new LocalFinalizer(store, keys, feed), pool, TimeProvider.System, 1, log).RunAsync(stop.Token), TestContext.Current.CancellationToken);
        string told = await log.ErrorAsync();
        await stop.CancelAsync();
        await work;
        Assert.Contains("No blocks are made any more, as they can't be written; it is tried again every ten seconds. DiskFull: ", told, StringComparison.Ordinal);
        Assert.Contains("make room and go on: nothing is lost", told, StringComparison.Ordinal);
        Assert.Single(log.Lines, line => line.Contains("No blocks are made any more", StringComparison.Ordinal));
        ChainHead best = store.Best;
        Assert.True(best.Number > 0);

        files.Capacity = long.MaxValue;
        Assert.Empty(store.Check());
        AuthorReport report = author.Author((ulong)DateTimeOffset.UtcNow.AddMinutes(1).ToUnixTimeMilliseconds() / 20, DateTimeOffset.MinValue);
        Assert.Equal((AuthorStatus.Authored, ImportStatus.Imported, best.Number + 1), (report.Status, report.Import.Status, store.Best.Number));
    }

    private sealed class LinesLog : ILogger<AuthoringLoop>
    {
        private readonly TaskCompletionSource<string> _error = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Lines { get; } = [];

        public Task<string> ErrorAsync() => _error.Task.WaitAsync(TimeSpan.FromSeconds(120));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string line = formatter(state, exception);
            Lines.Enqueue(line);
            if (logLevel == LogLevel.Error) _error.TrySetResult(line);
        }
    }
}
