using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Crypto.Hashing;
using Phala.Relayer.Host;
using Phala.Relayer.Metrics;
using Phala.Relayer.Options;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Trie;

namespace Phala.Relayer.Submission;

/// <summary>Brings to the chain what workers give, once each, and watches each until it is final or can't become so.</summary>
/// <remarks>Nothing is remembered beyond that: what the chain does not have, the worker goes on offering.</remarks>
/// <param name="chain">The connection.</param>
/// <param name="options">Who pays, and how.</param>
/// <param name="metrics">What is counted.</param>
/// <param name="log">Where operators read of it.</param>
public sealed class Submitter(ChainClient chain, RelayerOptions options, RelayerMetrics metrics, ILogger log) : IDisposable
{
    /// <summary>What the chain has taken, or does not want any more, is not offered again so soon: the worker learns of it with the next blocks.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Hash256, long> _known = [];
    private readonly SemaphoreSlim _nonce = new(1, 1);

    /// <summary>Submits a call that carries its own signature, if it was not submitted just before.</summary>
    /// <param name="kind">What it is, for people and metrics.</param>
    /// <param name="call">The call.</param>
    /// <param name="stop">Stops watching.</param>
    public void SubmitBare<T>(string kind, T call, CancellationToken stop)
        where T : ICall<T>
    {
        OpaqueExtrinsic transaction = Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(call)));
        if (TryBegin(transaction.Body.AsSpan(), out Hash256 key)) _ = WatchAsync(kind, key, transaction, stop);
    }

    /// <summary>Signs a call and submits it, if it was not submitted just before.</summary>
    /// <param name="kind">What it is, for people and metrics.</param>
    /// <param name="call">The call.</param>
    /// <param name="stop">Stops watching.</param>
    public void SubmitSigned<T>(string kind, T call, CancellationToken stop)
        where T : ICall<T>
    {
        RuntimeCall asCall = RuntimeCall.Of(call);
        if (TryBegin(Scale.Encode(asCall), out Hash256 key)) _ = SignAsync(kind, key, asCall, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _nonce.Dispose();

    /// <summary>Whether bytes were not submitted just before. Notes that they are.</summary>
    private bool TryBegin(ReadOnlySpan<byte> bytes, out Hash256 key)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256(bytes, hash);
        key = new Hash256(hash);
        foreach ((Hash256 old, long since) in _known)
        {
            if (since > 0 && options.Time.GetElapsedTime(since) > Rest) _known.TryRemove(old, out _);
        }

        return _known.TryAdd(key, 0);
    }

    private async Task SignAsync(string kind, Hash256 key, RuntimeCall call, CancellationToken stop)
    {
        try
        {
            // Nonces are given out one after the other: the pool counts those that wait.
            await _nonce.WaitAsync(stop).ConfigureAwait(false);
            TransactionWatch? watch;
            try
            {
                ClientResult<OpaqueExtrinsic> signed = await chain.Transactions.SignAsync(options.Signer, call, new TransactionOptions { Tip = options.Tip, Period = options.Longevity }, stop).ConfigureAwait(false);
                if (!signed.TryGet(out OpaqueExtrinsic transaction, out ClientFailure? failure)) throw new ClientException(failure);
                watch = (await chain.Transactions.WatchAsync(transaction, stop).ConfigureAwait(false)).Require();
            }
            finally
            {
                _nonce.Release();
            }

            await FollowAsync(kind, key, watch, stop).ConfigureAwait(false);
        }
        catch (ClientException exception)
        {
            Refused(kind, key, exception.Failure);
        }
        catch (OperationCanceledException)
        {
            _known.TryRemove(key, out _);
        }
    }

    private async Task WatchAsync(string kind, Hash256 key, OpaqueExtrinsic transaction, CancellationToken stop)
    {
        try
        {
            ClientResult<TransactionWatch> begun = await chain.Transactions.WatchAsync(transaction, stop).ConfigureAwait(false);
            if (begun.TryGet(out TransactionWatch? watch, out ClientFailure? failure)) await FollowAsync(kind, key, watch, stop).ConfigureAwait(false);
            else Refused(kind, key, failure);
        }
        catch (OperationCanceledException)
        {
            _known.TryRemove(key, out _);
        }
    }

    private async Task FollowAsync(string kind, Hash256 key, TransactionWatch watch, CancellationToken stop)
    {
        await using (watch.ConfigureAwait(false))
        {
            metrics.Count("submitted", kind);
            ClientResult<TransactionResult> result = await watch.FinalizedAsync(stop).ConfigureAwait(false);
            if (!result.TryGet(out TransactionResult? included, out ClientFailure? failure))
            {
                Refused(kind, key, failure);
                return;
            }

            _known[key] = options.Time.GetTimestamp();
            UInt128 fee = included.EventsOf<TransactionPayment.TransactionFeePaid>().Aggregate(UInt128.Zero, (sum, paid) => sum + paid.ActualFee);
            metrics.AddFee(fee);
            if (included.IsSuccess) metrics.Count("included", kind);
            else metrics.Count("failed", kind);
            if (included.ErrorName is { } error) RelayerLog.Failed(log, kind, included.Block, error);
            else RelayerLog.Included(log, kind, included.Block);
        }
    }

    /// <summary>What the pool does not take it may have already, from here or from another relayer; or it is not wanted any more. The worker offers it again if it still is.</summary>
    private void Refused(string kind, Hash256 key, ClientFailure failure)
    {
        _known[key] = options.Time.GetTimestamp();
        metrics.Reject(kind, failure);
        RelayerLog.Refused(log, kind, failure);
    }
}
