using Phala.Client.Clusters;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.LightClient;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;
using Phala.Worker.Interface.Queries;

namespace Phala.Client.Contracts.Ink;

/// <summary>Which code a cluster has, and which its contracts run: asked of its system contract, whose id the chain proves, and believed as any verified answer is.</summary>
/// <param name="cluster">The cluster.</param>
public sealed class ClusterCodes(ClusterClient cluster)
{
    /// <summary>Contracts' code, in the words of the system contract.</summary>
    private const byte InkCode = 0;

    /// <summary>The cluster's contracts that came into being, proven.</summary>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<Vec<Hash256>>> ContractsAsync(CancellationToken stop = default)
    {
        ClientResult<VerifiedHead> advanced = await cluster.Verified.AdvanceAsync(stop).ConfigureAwait(false);
        if (!advanced.TryGet(out VerifiedHead? head, out ClientFailure? failure)) return failure;
        ClientResult<ProvenState> asked = await cluster.Verified.ReadAsync(head, [PhalaPhatContracts.ClusterContracts.Key(cluster.Id)], stop).ConfigureAwait(false);
        if (!asked.TryGet(out ProvenState? state, out failure)) return failure;
        ProvenLookup found = state.TryRead(PhalaPhatContracts.ClusterContracts, cluster.Id, out Vec<Hash256> contracts);
        return found is ProvenLookup.Present or ProvenLookup.Absent ? contracts : new ClientFailure(ClientError.NotProven, $"The node does not prove {PhalaPhatContracts.ClusterContracts}: {found}.");
    }

    /// <summary>The system contract, proven.</summary>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<Hash256>> SystemContractAsync(CancellationToken stop = default) => (await InfoAsync(stop).ConfigureAwait(false)).Then<Hash256>(info => info.SystemContract);

    /// <summary>The cluster's owner, its system contract and its prices, proven.</summary>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ClusterInfo>> InfoAsync(CancellationToken stop = default)
    {
        ClientResult<VerifiedHead> advanced = await cluster.Verified.AdvanceAsync(stop).ConfigureAwait(false);
        if (!advanced.TryGet(out VerifiedHead? head, out ClientFailure? failure)) return failure;
        ClientResult<ProvenState> asked = await cluster.Verified.ReadAsync(head, [PhalaPhatContracts.Clusters.Key(cluster.Id)], stop).ConfigureAwait(false);
        if (!asked.TryGet(out ProvenState? state, out failure)) return failure;
        return state.TryRead(PhalaPhatContracts.Clusters, cluster.Id, out ClusterInfo? info) switch
        {
            ProvenLookup.Present => info!,
            ProvenLookup.Absent => new ClientFailure(ClientError.Missing, $"The chain has no cluster {cluster.Id}."),
            ProvenLookup found => new ClientFailure(ClientError.NotProven, $"The node does not prove {PhalaPhatContracts.Clusters}: {found}."),
        };
    }

    /// <summary>Whether the cluster has code for contracts.</summary>
    /// <param name="code">Its hash.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<SystemAnswer<bool>>> HasAsync(Hash256 code, CancellationToken stop = default) =>
        AskAsync<BoolCodec, bool>(InkMessage.Of("pink_system::System::code_exists"u8, code.AsSpan().ToArray(), [InkCode]), stop);

    /// <summary>The hash of a contract's code; none where the cluster has no such contract.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<SystemAnswer<Option<Hash256>>>> OfAsync(Hash256 contract, CancellationToken stop = default) =>
        AskAsync<OptionCodec<Hash256, Hash256>, Option<Hash256>>(InkMessage.Of("pink_system::System::code_hash"u8, contract.AsSpan().ToArray()), stop);

    /// <summary>Asks the system contract something that it answers anybody.</summary>
    internal async Task<ClientResult<SystemAnswer<T>>> AskAsync<TCodec, T>(byte[] message, CancellationToken stop)
        where TCodec : IScaleCodec<T>
    {
        ClientResult<Hash256> known = await SystemContractAsync(stop).ConfigureAwait(false);
        if (!known.TryGet(out Hash256 system, out ClientFailure? failure)) return failure;
        ClientResult<VerifiedAnswer> asked = await cluster.Contract(system).QueryAsync(message, null, stop).ConfigureAwait(false);
        return asked.Then<SystemAnswer<T>>(answer => answer.Result().Then<SystemAnswer<T>>(result =>
            result.Result.TryGet(out ExecReturnValue? returned, out DispatchError _) && InkOutput.TryRead<TCodec, T>(returned.Data.AsSpan(), out T? value)
                ? new SystemAnswer<T>(value, answer)
                : new ClientFailure(ClientError.Undecodable, "The cluster's system contract does not answer what it is asked.")));
    }
}
