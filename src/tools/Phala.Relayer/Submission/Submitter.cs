using System.Text;
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
    private readonly Offers _offers = new(options.Time);
    private readonly SemaphoreSlim _nonce = new(1, 1);

    /// <summary>Submits a call that carries its own signature, if it was not submitted just before.</summary>
    /// <param name="kind">What it is, for people and metrics.</param>
    /// <param name="call">The call.</param>
    /// <param name="stop">Stops watching.</param>
    public void SubmitBare<T>(string kind, T call, CancellationToken stop)
        where T : ICall<T>
    {
        OpaqueExtrinsic transaction = Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(call)));
        Hash256 key = HashOf(kind, transaction.Body.AsSpan());
        if (_offers.TryBegin(key)) _ = WatchAsync(kind, key, transaction, stop);
    }

    /// <summary>Signs a call and submits it, unless one about the same is under way or was submitted just before. What the pool finds wrong costs nothing; what fails in a block is paid for.</summary>
    /// <param name="kind">What it is, for people and metrics.</param>
    /// <param name="subject">What it is about: what the worker says, without when it says so.</param>
    /// <param name="call">The call.</param>
    /// <param name="stop">Stops watching.</param>
    public void SubmitSigned<T>(string kind, ReadOnlySpan<byte> subject, T call, CancellationToken stop)
        where T : ICall<T>
    {
        Hash256 key = HashOf(kind, subject);
        if (_offers.TryBegin(key)) _ = SignAsync(kind, key, RuntimeCall.Of(call), stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _nonce.Dispose();

    private static Hash256 HashOf(string kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Blake2b.Hash256([.. Encoding.UTF8.GetBytes(kind), 0, .. bytes], hash);
        return new Hash256(hash);
    }

    private async Task SignAsync(string kind, Hash256 key, RuntimeCall call, CancellationToken stop)
    {
        try
        {
            // Nonces are given out one after the other: the pool counts those that wait.
            await _nonce.WaitAsync(stop).ConfigureAwait(false);
            ClientResult<TransactionWatch> begun;
            try
            {
                ClientResult<OpaqueExtrinsic> signed = await chain.Transactions.SignAsync(options.Signer, call, new TransactionOptions { Tip = options.Tip, Period = options.Longevity }, stop).ConfigureAwait(false);
                if (!signed.TryGet(out OpaqueExtrinsic transaction, out ClientFailure? failure)) throw new ClientException(failure);
                begun = await chain.Transactions.WatchAsync(transaction, stop).ConfigureAwait(false);
            }
            finally
            {
                _nonce.Release();
            }

            if (begun.TryGet(out TransactionWatch? watch, out ClientFailure? refusal)) await FollowAsync(kind, key, watch, stop).ConfigureAwait(false);
            else Refused(kind, key, call, refusal);
        }
        catch (ClientException exception)
        {
            Refused(kind, key, exception.Failure);
        }
        catch (OperationCanceledException)
        {
            _offers.Forget(key);
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
            _offers.Forget(key);
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

            UInt128 fee = included.EventsOf<TransactionPayment.TransactionFeePaid>().Aggregate(UInt128.Zero, (sum, paid) => sum + paid.ActualFee);
            metrics.AddFee(fee);
            if (included.ErrorName is { } error)
            {
                metrics.Count("failed", kind);
                RelayerLog.Failed(log, kind, included.Block, error, (long)_offers.Fail(key, error).TotalSeconds);
                return;
            }

            _offers.End(key);
            metrics.Count("included", kind);
            RelayerLog.Included(log, kind, included.Block);
        }
    }

    /// <summary>What an account would have paid for and the chain does not want, its operator has to know: it may never be wanted.</summary>
    private void Refused(string kind, Hash256 key, RuntimeCall call, ClientFailure failure)
    {
        _offers.Refuse(key);
        metrics.Reject(kind, failure);
        if (PoolRefusal.NameOf(call, failure) is { } error) RelayerLog.NotWanted(log, kind, error);
        else RelayerLog.Refused(log, kind, failure);
    }

    /// <summary>What the pool does not take it may have already, from here or from another relayer; or it is not wanted any more. The worker offers it again if it still is.</summary>
    private void Refused(string kind, Hash256 key, ClientFailure failure)
    {
        _offers.End(key);
        metrics.Reject(kind, failure);
        RelayerLog.Refused(log, kind, failure);
    }
}
