using Phala.Chain;
using Phala.Client.Clusters;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Clusters;
using Phala.Worker.Interface.Contracts;

namespace Phala.Client.Contracts.Ink;

/// <summary>What accounts have in a cluster, as its system contract says, and what gas costs there, which the chain proves.</summary>
/// <param name="cluster">The cluster.</param>
public sealed class ClusterFunds(ClusterClient cluster)
{
    /// <summary>No command takes more gas, whatever it offers, and more is not paid for.</summary>
    public const ulong MostGas = 2_500_000_000_000;

    private readonly ClusterCodes _codes = new(cluster);

    /// <summary>What an account has in the cluster, in units of 10⁻¹² PHA.</summary>
    /// <param name="account">The account.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<SystemAnswer<UInt128>>> OfAsync(AccountId account, CancellationToken stop = default) =>
        _codes.AskAsync<U128Codec, UInt128>(InkMessage.Of("pink_system::System::free_balance_of"u8, account.AsSpan().ToArray()), stop);

    /// <summary>Compares what an account has with what it offers.</summary>
    /// <param name="account">The account.</param>
    /// <param name="gas">The gas that may be taken.</param>
    /// <param name="transfer">What the contract is given.</param>
    /// <param name="depositLimit">What may be locked; none for any amount, which is left out then.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The comparison. That it does not suffice is said only by a worker that has seen what was final when it was asked.</returns>
    public async Task<ClientResult<FundsCheck>> CheckAsync(AccountId account, ulong gas, UInt128 transfer, Option<UInt128> depositLimit, CancellationToken stop = default)
    {
        ClientResult<ClusterInfo> known = await _codes.InfoAsync(stop).ConfigureAwait(false);
        if (!known.TryGet(out ClusterInfo? info, out ClientFailure? failure)) return failure;
        ulong paid = Math.Min(gas, MostGas);
        UInt128 price = paid != 0 && info.GasPrice > UInt128.MaxValue / paid ? UInt128.MaxValue : info.GasPrice * paid;
        return await new ReadYourWrites(cluster).AskAsync(AskAsync, check => check.Suffices, check => check.Answer, stop).ConfigureAwait(false);

        async Task<ClientResult<FundsCheck>> AskAsync() => (await OfAsync(account, stop).ConfigureAwait(false)).Then<FundsCheck>(free =>
            new FundsCheck(free.Value, price, transfer, depositLimit.TryGet(out UInt128 most) ? most : 0, free.Answer));
    }
}
