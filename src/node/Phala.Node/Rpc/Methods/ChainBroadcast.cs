using System.Threading.Channels;
using Phala.Node.Consensus;
using Phala.Runtime.Interface.Versions;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary>Tells subscribers what happens to the chain, in order and each thing once. What all of one kind get is serialized once.</summary>
/// <remarks>
/// <b>Invariant.</b> Who subscribes is told where the chain stands, and then of every change from there: beginning and changes are under one lock. If this class itself misses
/// changes it reads the chain anew; followers, who count on every block, are told to begin again.
/// </remarks>
internal sealed class ChainBroadcast
{
    private readonly Lock _gate = new();
    private readonly SubscriptionSet _newHeads = new();
    private readonly SubscriptionSet _allHeads = new();
    private readonly SubscriptionSet _finalizedHeads = new();
    private readonly SubscriptionSet _justifications = new();
    private readonly SubscriptionSet _versions = new();
    private readonly StorageWatches _storage = new();
    private readonly FollowSet _follows;
    private readonly ChainView _view;
    private readonly ChainFeed _feed;
    private KnownChain _chain;
    private RuntimeVersion? _version;

    /// <summary>Reads the chain.</summary>
    public ChainBroadcast(ChainView view, ChainFeed feed)
    {
        (_view, _feed) = (view, feed);
        _follows = new FollowSet(view);
        _chain = KnownChain.Read(view);
        _version = VersionOf(_chain.Best);
    }

    /// <summary>Tells, until it is ended.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            using CancellationTokenSource listening = CancellationTokenSource.CreateLinkedTokenSource(ended);
            ChannelReader<ChainUpdate> updates = _feed.Listen(listening.Token);
            ReadAnew();
            await foreach (ChainUpdate update in updates.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                if (!TryTell(update)) break;
            }

            await listening.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The best header now and whenever it changes.</summary>
    public void SubscribeNewHeads(Subscription subscription) => Subscribe(_newHeads, subscription, () => HeaderJson(_chain.Best));

    /// <summary>The best header now, and then every block's.</summary>
    public void SubscribeAllHeads(Subscription subscription) => Subscribe(_allHeads, subscription, () => HeaderJson(_chain.Best));

    /// <summary>The finalized header now, and then every finalized block's in order.</summary>
    public void SubscribeFinalizedHeads(Subscription subscription) => Subscribe(_finalizedHeads, subscription, () => HeaderJson(_chain.Finalized));

    /// <summary>Every justification from now on.</summary>
    public void SubscribeJustifications(Subscription subscription) => Subscribe(_justifications, subscription, null);

    /// <summary>The version of the rules now and whenever it changes.</summary>
    /// <returns>False where the best block's state is not there.</returns>
    public bool TrySubscribeVersion(Subscription subscription)
    {
        lock (_gate)
        {
            if (_version is not { } version) return false;
            _versions.Add(subscription, () => VersionJson(version));
            return true;
        }
    }

    /// <summary>The values of keys now, and then of those that change.</summary>
    /// <returns>False where the best block's state is not there.</returns>
    public bool TrySubscribeStorage(Subscription subscription, byte[][] keys)
    {
        lock (_gate) return _storage.TryAdd(subscription, keys, _chain.Best);
    }

    /// <summary>Begins to follow the chain.</summary>
    public void Follow(FollowSession session)
    {
        lock (_gate) _follows.Add(session, _chain);
    }

    private void Subscribe(SubscriptionSet set, Subscription subscription, Func<ReadOnlyMemory<byte>>? first)
    {
        lock (_gate) set.Add(subscription, first);
    }

    /// <summary>Where changes were missed, all that can be is brought to where the chain is; followers have to begin again.</summary>
    private void ReadAnew()
    {
        lock (_gate)
        {
            KnownChain before = _chain;
            KnownChain now = KnownChain.Read(_view);
            if (before.Best.Id == now.Best.Id && before.Finalized.Id == now.Finalized.Id && before.Above.Count == now.Above.Count) return;
            _follows.StopAll();
            _chain = now;
            TellBest(now.Best, null);
            if (before.Finalized.Id != now.Finalized.Id) Publish(_finalizedHeads, now.Finalized);
        }
    }

    /// <returns>False where changes were missed.</returns>
    private bool TryTell(ChainUpdate update)
    {
        lock (_gate)
        {
            return update switch
            {
                ChainUpdate.Imported imported => TryTellImported(imported),
                ChainUpdate.Finalized finalized => TryTellFinalized(finalized),
                _ => true,
            };
        }
    }

    private bool TryTellImported(ChainUpdate.Imported update)
    {
        if (_chain.Contains(update.Block.Hash)) return true;
        if (!_chain.Contains(update.Header.ParentHash)) return false;
        _view.Store.StateAt(update.Block.Hash, out StateSnapshot? state);
        KnownBlock block = new(update.Block, update.Header, state, update.Body);
        _chain.Add(block);
        Publish(_allHeads, block);
        _follows.TellNew(block);
        if (!update.IsBest) return true;
        bool extends = update.Retracted.Count == 0 && update.Header.ParentHash == _chain.Best.Id.Hash;
        _chain.SetBest(block);
        TellBest(block, extends ? update.Delta : null);
        return true;
    }

    private bool TryTellFinalized(ChainUpdate.Finalized update)
    {
        if (update.Block.Number <= _chain.Finalized.Id.Number) return true;
        if (!_chain.TryGet(update.Block.Hash, out KnownBlock? block)) return false;
        if (!_chain.IsBestAtOrAbove(block))
        {
            _chain.SetBest(block);
            TellBest(block, null);
        }

        if (!_chain.TryFinalize(update.Blocks, update.Pruned, out List<KnownBlock>? finalized)) return false;
        foreach (KnownBlock each in finalized) Publish(_finalizedHeads, each);
        if (_justifications.Count > 0) _justifications.Publish(RpcJson.Serialize(writer => writer.WriteHexValue(update.Justification)));
        _follows.TellFinalized(update.Blocks, update.Pruned);
        return true;
    }

    /// <summary>There is another best block.</summary>
    /// <param name="best">The block.</param>
    /// <param name="delta">What it changed, where it is right above the one that was the best; otherwise null.</param>
    private void TellBest(KnownBlock best, StateDelta? delta)
    {
        _follows.TellBest(best);
        Publish(_newHeads, best);
        _storage.Tell(best, delta);
        if (VersionOf(best) is not { } version || version == _version) return;
        _version = version;
        if (_versions.Count > 0) _versions.Publish(VersionJson(version));
    }

    private RuntimeVersion? VersionOf(KnownBlock block) => block.State is { } state ? _view.VersionOf(state, block.Id) : null;

    private static void Publish(SubscriptionSet heads, KnownBlock block)
    {
        if (heads.Count > 0) heads.Publish(HeaderJson(block));
    }

    private static ReadOnlyMemory<byte> HeaderJson(KnownBlock block) => RpcJson.Serialize(writer => writer.WriteHeader(block.Header));

    private static ReadOnlyMemory<byte> VersionJson(RuntimeVersion version) => RpcJson.Serialize(writer => writer.WriteVersion(version));
}
