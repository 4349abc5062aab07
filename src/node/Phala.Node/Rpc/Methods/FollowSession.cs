using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>One follower of the chain: the blocks that are pinned for it, and what it has under way.</summary>
/// <remarks><b>Invariant.</b> Every block that it was told of is pinned until it says otherwise. It has at most <see cref="MaxPinned"/> blocks and <see cref="MaxOperations"/> operations; who lets blocks lie is told to stop.</remarks>
internal sealed class FollowSession
{
    /// <summary>How many blocks may be pinned.</summary>
    public const int MaxPinned = 512;

    /// <summary>How many operations may be under way.</summary>
    public const int MaxOperations = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, KnownBlock> _pinned = [];
    private readonly Dictionary<string, CancellationTokenSource> _operations = new(StringComparer.Ordinal);
    private readonly Subscription _subscription;
    private long _lastOperation;

    /// <summary>A follower that was told of nothing.</summary>
    public FollowSession(Subscription subscription, bool withRuntime)
    {
        (_subscription, WithRuntime) = (subscription, withRuntime);
        subscription.Closed.Register(Release);
    }

    /// <summary>Why blocks are not unpinned.</summary>
    public enum UnpinError
    {
        /// <summary>They are.</summary>
        None,

        /// <summary>One is named twice.</summary>
        Duplicate,

        /// <summary>One is not pinned.</summary>
        NotPinned,
    }

    /// <summary>Whether it wants to know the rules.</summary>
    public bool WithRuntime { get; }

    /// <summary>Whether it is at its end.</summary>
    public bool IsClosed => _subscription.Closed.IsCancellationRequested;

    /// <summary>Pins a block of which it is about to be told.</summary>
    /// <returns>False where it has too many.</returns>
    public bool TryPin(KnownBlock block)
    {
        lock (_gate)
        {
            if (_pinned.Count >= MaxPinned) return false;
            _pinned[block.Id.Hash] = block;
            return true;
        }
    }

    /// <summary>Finds a pinned block.</summary>
    public bool TryGetPinned(in Hash256 hash, [NotNullWhen(true)] out KnownBlock? block)
    {
        lock (_gate) return _pinned.TryGetValue(hash, out block);
    }

    /// <summary>Unpins blocks: all or none.</summary>
    public UnpinError Unpin(IReadOnlyList<Hash256> hashes)
    {
        HashSet<Hash256> distinct = [.. hashes];
        if (distinct.Count < hashes.Count) return UnpinError.Duplicate;
        lock (_gate)
        {
            if (!distinct.All(_pinned.ContainsKey)) return UnpinError.NotPinned;
            foreach (Hash256 hash in distinct) _pinned.Remove(hash);
            return UnpinError.None;
        }
    }

    /// <summary>Begins an operation.</summary>
    /// <returns>False where too many are under way.</returns>
    public bool TryBeginOperation([NotNullWhen(true)] out string? id, out CancellationToken stopped)
    {
        (id, stopped) = (null, default);
        lock (_gate)
        {
            if (IsClosed || _operations.Count >= MaxOperations) return false;
            id = (++_lastOperation).ToString(CultureInfo.InvariantCulture);
            CancellationTokenSource source = new();
            _operations.Add(id, source);
            stopped = source.Token;
            return true;
        }
    }

    /// <summary>Ends an operation: nothing more is told of it but what the caller tells.</summary>
    /// <returns>False where it was at its end already.</returns>
    public bool EndOperation(string id)
    {
        CancellationTokenSource? source;
        lock (_gate)
        {
            if (!_operations.Remove(id, out source)) return false;
        }

        source.Cancel();
        return true;
    }

    /// <summary>Tells it something, in order.</summary>
    public void Push(ReadOnlyMemory<byte> json) => _subscription.Push(json);

    /// <summary>Tells it something as soon as it has room.</summary>
    /// <returns>False where it is at its end.</returns>
    public ValueTask<bool> PushAsync(ReadOnlyMemory<byte> json) => _subscription.PushAsync(json);

    /// <summary>Tells it that it has to begin again, and ends it.</summary>
    public void Stop()
    {
        _subscription.Push(FollowEvents.Stop);
        _subscription.Stop();
    }

    private void Release()
    {
        CancellationTokenSource[] running;
        lock (_gate)
        {
            _pinned.Clear();
            running = [.. _operations.Values];
            _operations.Clear();
        }

        foreach (CancellationTokenSource source in running) source.Cancel();
    }
}
