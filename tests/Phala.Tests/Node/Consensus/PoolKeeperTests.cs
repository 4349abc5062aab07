using System.Collections;
using Phala.Chain;
using Phala.Node.Consensus;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Consensus;

/// <summary>The pool follows the best block, and finds it again when it has fallen behind.</summary>
public sealed class PoolKeeperTests
{
    /// <summary>More than the chain's news keep for a listener.</summary>
    private const int TooMany = 5000;

    [Fact]
    public async Task AfterItWasCutOffItGoesOnFromTheBestBlock()
    {
        using ConsensusNode node = new(TestChain.Usual, withKeys: [.. Actor.All]);
        using CancellationTokenSource ended = new();
        using Gate gate = new();
        Task keeping = new PoolKeeper(node.Store, node.Pool, node.Feed).RunAsync(ended.Token);
        node.Feed.Tell(Final(gate));
        await gate.Reached.WaitAsync(TestContext.Current.CancellationToken);
        for (int count = 0; count < TooMany; count++) node.Feed.Tell(Final([]));

        // Of this one it is not told.
        Hash256 best = node.Extend(ConsensusNode.Slot);
        Assert.NotEqual(best, node.Pool.Best.Hash);
        gate.Open();

        using Gate seen = new();
        seen.Open();
        while (!seen.Reached.IsCompleted)
        {
            node.Feed.Tell(Final(seen));
            await Task.Yield();
        }

        Assert.Equal(best, node.Pool.Best.Hash);
        await ended.CancelAsync();
        await keeping;
    }

    private static ChainUpdate.Finalized Final(IReadOnlyList<Hash256> blocks) => new(new BlockId(default, 0), [], blocks, []);

    /// <summary>A list at which whoever reads it waits.</summary>
    private sealed class Gate : IReadOnlyList<Hash256>, IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public int Count => 0;

        public Hash256 this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public void Open() => _open.Set();

        public IEnumerator<Hash256> GetEnumerator()
        {
            _reached.TrySetResult();
            _open.Wait();
            yield break;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _open.Dispose();
    }
}
