using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Node.TxPool;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.TxPool;

/// <summary>
/// Random steps on a chain with a pool. The naive pool is a dictionary: by account and nonce, the best transaction that was submitted and that the chain has not settled. What
/// the real one must hold follows from it and the chain's nonces alone.
/// </summary>
internal sealed class PoolRun(Random random)
{
    private static readonly Actor[] Actors = [Actor.Alice, Actor.Bob, Actor.Charlie];

    private readonly BranchingChain _chain = new();
    private readonly Dictionary<(Actor Actor, uint Nonce), (OpaqueExtrinsic Extrinsic, ulong Tip)> _live = [];
    private readonly Dictionary<Hash256, (Actor Actor, uint Nonce, ulong Tip, OpaqueExtrinsic Extrinsic)> _signed = [];
    private readonly List<(Hash256 Hash, TransactionWatch Watch, List<TransactionStatus> Heard)> _watches = [];
    private readonly HashSet<Hash256> _cameBack = [];
    private BlockId? _finalized;
    private int _made;

    public Dictionary<string, int> Met { get; } = [];

    public void Step()
    {
        switch (random.Next(10))
        {
            case < 6:
                Submit();
                break;
            case 6:
                Author();
                break;
            case 7:
                Foreign();
                break;
            case 8:
                Branch();
                break;
            default:
                FinalizeSome();
                break;
        }

        Compare();
    }

    public void Finish()
    {
        foreach ((Hash256 hash, TransactionWatch watch, List<TransactionStatus> heard) in _watches)
        {
            heard.AddRange(SubmissionTests.Read(watch));
            AssertStory(hash, watch, heard);
        }
    }

    private void Submit()
    {
        Actor actor = Actors[random.Next(Actors.Length)];
        uint next = _chain.NonceOf(actor), nonce = (uint)Math.Max(0, (int)next + random.Next(-1, 4));
        ulong tip = (ulong)random.Next(4) * 1000;
        OpaqueExtrinsic extrinsic = Sign(actor, nonce, tip);
        PoolRefusal refusal = _chain.Pool.SubmitAndWatch(extrinsic, out TransactionWatch? watch);
        if (watch is not null) _watches.Add((extrinsic.Hash(), watch, []));
        PoolError expected = nonce < next ? PoolError.Invalid : PoolError.None;

        // Two future ones may stand beside each other for a nonce; then the naive pool keeps the better, and so does the real one once they are ready.
        bool isTaken = _live.TryGetValue((actor, nonce), out (OpaqueExtrinsic Extrinsic, ulong Tip) old), wasReady = isTaken && IsReady(actor, nonce);
        if (expected == PoolError.None && wasReady && old.Tip >= tip) expected = PoolError.TooLowPriority;
        Assert.Equal(expected, refusal.Error);
        Note(expected switch { PoolError.Invalid => "stale", PoolError.TooLowPriority => "too low", _ when wasReady => "replaced", _ => "taken" });
        if (expected == PoolError.None && (!isTaken || old.Tip < tip)) _live[(actor, nonce)] = (extrinsic, tip);
    }

    private OpaqueExtrinsic Sign(Actor actor, uint nonce, ulong tip)
    {
        OpaqueExtrinsic extrinsic = _chain.Sign(actor, new Phala.Runtime.Interface.Balances.TransferKeepAlive(Actor.Ferdie.Address, (ulong)(100 + ++_made)), nonce, tip);
        _signed.Add(extrinsic.Hash(), (actor, nonce, tip, extrinsic));
        return extrinsic;
    }

    private void Author()
    {
        _chain.Author(random.Next(6));
        Settle([]);
        Note("authored");
    }

    private void Foreign()
    {
        Actor actor = Actors[random.Next(Actors.Length)];
        uint nonce = _chain.NonceOf(actor);
        _chain.Adopt(_chain.Build(_chain.Best, [.. Enumerable.Range(0, random.Next(3)).Select(more => Sign(actor, nonce + (uint)more, 1))]));
        Settle([]);
        Note("foreign block");
    }

    private void Branch()
    {
        int depth = random.Next(1, 4);
        BlockId at = _chain.Best;
        for (int step = 0; step < depth && at.Number > (_finalized?.Number ?? 0); step++) at = _chain.ParentOf(at);
        if (at == _chain.Best) return;
        uint height = _chain.Best.Number + 1;
        Hash256[] before = [.. _chain.Included.Keys];
        if (height - at.Number > 2) Note("deep reorganisation");
        while (at.Number < height) at = _chain.Build(at, [.. _live.Values.Where(_ => random.Next(3) == 0).Select(live => live.Extrinsic)]);
        _chain.Adopt(at);
        Settle(before);
        Note("reorganisation");
    }

    private void FinalizeSome()
    {
        BlockId target = _chain.Best;
        for (int below = random.Next(3); below > 0 && target.Number > 0; below--) target = _chain.ParentOf(target);
        List<Hash256> path = [];
        for (BlockId at = target; at.Number > (_finalized?.Number ?? 0); at = _chain.ParentOf(at)) path.Insert(0, at.Hash);
        if (path.Count == 0) return;
        _finalized = target;
        _chain.Pool.SetFinalized(path);
        Note("finalized");
    }

    /// <summary>What the chain has passed is gone; what it undid is back unless something as good took its place.</summary>
    private void Settle(Hash256[] before)
    {
        foreach ((Actor actor, uint nonce) in _live.Keys.Where(key => key.Nonce < _chain.NonceOf(key.Actor)).ToArray()) _live.Remove((actor, nonce));
        Dictionary<Hash256, BlockId> included = _chain.Included;
        foreach (Hash256 hash in before.Where(hash => _signed.ContainsKey(hash) && !included.ContainsKey(hash)))
        {
            (Actor actor, uint nonce, ulong tip, OpaqueExtrinsic extrinsic) = _signed[hash];
            if (nonce < _chain.NonceOf(actor) || (_live.TryGetValue((actor, nonce), out (OpaqueExtrinsic Extrinsic, ulong Tip) rival) && rival.Tip >= tip)) continue;
            _live[(actor, nonce)] = (extrinsic, tip);
            _cameBack.Add(hash);
            Note("came back");
        }
    }

    private bool IsReady(Actor actor, uint nonce)
    {
        for (uint at = _chain.NonceOf(actor); at < nonce; at++) if (!_live.ContainsKey((actor, at))) return false;
        return true;
    }

    private void Compare()
    {
        Dictionary<Hash256, ulong> ready = _chain.Pool.Pending().ToDictionary(transaction => transaction.Hash, transaction => transaction.Priority);
        HashSet<Hash256> expected = [.. _live.Where(pair => IsReady(pair.Key.Actor, pair.Key.Nonce)).Select(pair => pair.Value.Extrinsic.Hash())];
        Assert.Equal(expected.Order(), ready.Keys.Order());
        foreach (((Actor actor, uint nonce), (OpaqueExtrinsic extrinsic, _)) in _live) Assert.True(_chain.Pool.TryGet(extrinsic.Hash(), out _), $"{actor} {nonce}");
        Assert.True(_chain.Pool.Counts.Future >= _live.Count - expected.Count);
        foreach (Actor actor in Actors)
        {
            uint next = _chain.NonceOf(actor);
            while (_live.ContainsKey((actor, next))) next++;
            Assert.Equal(next, _chain.Pool.NextNonce(actor.Account));
        }

        Note(expected.Count > 0 ? "ready" : "empty");
        if (_chain.Pool.Counts.Future > 0) Note("future");
        foreach ((_, TransactionWatch watch, List<TransactionStatus> heard) in _watches) heard.AddRange(SubmissionTests.Read(watch));
    }

    /// <summary>The statuses make sense one after the other, and the last agrees with the chain and the pool.</summary>
    private void AssertStory(Hash256 hash, TransactionWatch watch, List<TransactionStatus> heard)
    {
        Assert.NotEmpty(heard);
        Assert.False(watch.IsCutOff);
        Assert.Equal(watch.Statuses.Completion.IsCompleted, heard[^1].IsLast);
        Assert.DoesNotContain(heard.SkipLast(1), status => status.IsLast);
        for (int index = 1; index < heard.Count; index++)
        {
            if (heard[index].Kind is TransactionStatusKind.Retracted or TransactionStatusKind.Finalized) Assert.Contains(heard.Take(index), status => status.Kind == TransactionStatusKind.InBlock && status.Hash == heard[index].Hash);
        }

        bool isIncluded = _chain.Included.TryGetValue(hash, out BlockId block), isPooled = _chain.Pool.TryGet(hash, out _);
        if (heard[^1].Kind is TransactionStatusKind.InBlock or TransactionStatusKind.Finalized) Assert.True(isIncluded && block.Hash == heard[^1].Hash);
        if (heard[^1].Kind is TransactionStatusKind.Ready or TransactionStatusKind.Future) Assert.True(isPooled && !isIncluded);
        if (heard[^1].Kind is TransactionStatusKind.Usurped or TransactionStatusKind.Invalid) Assert.True(!isPooled || _cameBack.Contains(hash));
        if (isIncluded) Assert.Contains(heard, status => status.Kind is TransactionStatusKind.InBlock or TransactionStatusKind.Usurped or TransactionStatusKind.Invalid);
        if (heard[^1].IsLast) Note("watched to the end");
    }

    private void Note(string what) => Met[what] = Met.GetValueOrDefault(what) + 1;
}
