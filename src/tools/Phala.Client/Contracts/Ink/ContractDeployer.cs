using Phala.Chain;
using Phala.Client.Blocks;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Queue;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Client.Contracts.Ink;

/// <summary>Brings code to a cluster and makes contracts of it, and waits until the cluster has done so. What it did, verified answers say; that a contract came into being, the chain proves.</summary>
/// <param name="cluster">The cluster.</param>
public sealed class ContractDeployer(ClusterClient cluster)
{
    /// <summary>Which code there is.</summary>
    public ClusterCodes Codes { get; } = new(cluster);

    /// <summary>What accounts have in the cluster.</summary>
    public ClusterFunds Funds { get; } = new(cluster);

    /// <summary>Uploads code, and waits until the cluster has it.</summary>
    /// <param name="sender">Who pays.</param>
    /// <param name="code">The module.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>What brought it there; <see cref="ClientError.Refused"/> where the chain or the cluster does not take the code.</returns>
    public async Task<ClientResult<UploadedCode>> UploadAsync(AccountSigner sender, ReadOnlyMemory<byte> code, Hash256 hash, CancellationToken stop = default)
    {
        PhalaPhatContracts.ClusterUploadResource call = new(cluster.Id, ResourceType.InkCode, Vec.Create(code.Span));
        ClientResult<TransactionResult> sent = await cluster.Chain.Transactions.SendAsync(sender, call, stop: stop).ConfigureAwait(false);
        if (!sent.TryGet(out TransactionResult? result, out ClientFailure? failure)) return failure;
        if (result.ErrorName is { } error) return new ClientFailure(ClientError.Refused, $"The chain does not take the code: {error}.");
        const string Refusal = "The cluster does not take the code: it is no module that contracts may be, or its sender does not have in the cluster what is locked for it.";
        ClientResult<SystemAnswer<bool>> taken = await UntilAsync(result.Block, () => Codes.HasAsync(hash, stop), answer => answer.Value, answer => answer.Count, Refusal, stop).ConfigureAwait(false);
        return taken.Then<UploadedCode>(answer => new UploadedCode(result, answer.Answer));
    }

    /// <summary>Learns what a constructor needs and returns, without making anything.</summary>
    /// <param name="sender">Who would make the contract.</param>
    /// <param name="code">Its code.</param>
    /// <param name="input">Selector and arguments.</param>
    /// <param name="salt">What distinguishes the contract from others of the same sender and code.</param>
    /// <param name="transfer">Tokens that it would be given.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>What it would do. That it would fail is said only by a worker that has seen what was final when it was asked.</returns>
    public Task<ClientResult<Estimate<ContractInstantiateResult>>> EstimateAsync(AccountSigner sender, Hash256 code, byte[] input, byte[] salt, UInt128 transfer, CancellationToken stop = default)
    {
        InkQueryData.InkInstantiate data = new(code, Vec.Create<byte>(salt), Vec.Create<byte>(input), 0, transfer);
        return new ReadYourWrites(cluster).AskAsync(() => EstimateAsync(data, sender, stop), estimate => !estimate.Result.Result.IsError, estimate => estimate.Answer, stop);
    }

    private async Task<ClientResult<Estimate<ContractInstantiateResult>>> EstimateAsync(InkQueryData.InkInstantiate data, AccountSigner sender, CancellationToken stop)
    {
        ClientResult<Hash256> known = await Codes.SystemContractAsync(stop).ConfigureAwait(false);
        if (!known.TryGet(out Hash256 system, out ClientFailure? failure)) return failure;
        ClientResult<VerifiedAnswer> asked = await cluster.Contract(system).QueryAsync(data, sender, stop).ConfigureAwait(false);
        return asked.Then<Estimate<ContractInstantiateResult>>(answer => Scale.Decode<ContractInstantiateResult>(answer.Data.AsSpan()).TryGet(out ContractInstantiateResult? result)
            ? new Estimate<ContractInstantiateResult>(result, answer)
            : new ClientFailure(ClientError.Undecodable, "The worker's answer is not what a constructor's estimate is."));
    }

    /// <summary>Makes a contract, and waits until it came into being, whatever code its constructor gives it.</summary>
    /// <param name="sender">Who makes it, and pays.</param>
    /// <param name="code">Its code.</param>
    /// <param name="input">Selector and arguments.</param>
    /// <param name="salt">What distinguishes it from others of the same sender and code.</param>
    /// <param name="gas">What its constructor may take.</param>
    /// <param name="transfer">Tokens that it is given.</param>
    /// <param name="depositLimit">What its constructor may lock for what it stores: unless something else is said what an estimate says, and a quarter more.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The contract; <see cref="ClientError.Refused"/> where the chain refuses, or nothing came of it, or nothing was sent because an estimate that was needed says that it would fail.</returns>
    public async Task<ClientResult<DeployedContract>> InstantiateAsync(
        AccountSigner sender, Hash256 code, byte[] input, byte[] salt, ulong gas, UInt128 transfer, DepositLimit depositLimit = default, CancellationToken stop = default)
    {
        if (depositLimit.NeedsEstimate)
        {
            ClientResult<Estimate<ContractInstantiateResult>> asked = await EstimateAsync(sender, code, input, salt, transfer, stop).ConfigureAwait(false);
            if (!asked.TryGet(out Estimate<ContractInstantiateResult>? estimate, out ClientFailure? unknown)) return unknown;
            if (!estimate.Result.Result.TryGet(out _, out DispatchError wrong)) return new ClientFailure(ClientError.Refused, $"Nothing was sent: the constructor would fail with {ContractErrorName.Of(wrong)}.");
            depositLimit = DepositLimit.After(estimate.Result.StorageDeposit);
        }

        ContractInfo info = new(sender.Account, new CodeIndex.WasmCode(code), Vec.Create<byte>(salt), cluster.Id, Vec.Create<byte>(input));
        PhalaPhatContracts.InstantiateContract call = new(info.CodeIndex, info.InstantiateData, info.Salt, cluster.Id, transfer, gas, depositLimit.Amount, Deposit: 0);
        ClientResult<TransactionResult> sent = await cluster.Chain.Transactions.SendAsync(sender, call, stop: stop).ConfigureAwait(false);
        if (!sent.TryGet(out TransactionResult? result, out ClientFailure? failure)) return failure;
        if (result.ErrorName is { } error) return new ClientFailure(ClientError.Refused, $"The chain does not make the contract: {error}.");
        return await BegunAsync(info.Id(), result.Block, stop).ConfigureAwait(false);
    }

    /// <summary>Waits until a contract is there, and until the chain says so as well.</summary>
    private async Task<ClientResult<DeployedContract>> BegunAsync(Hash256 contract, Hash256 block, CancellationToken stop)
    {
        string refusal = $"Contract {contract} did not come into being: its constructor failed, or its sender can't pay for it in the cluster.";
        ClientResult<SystemAnswer<Option<Hash256>>> there = await UntilAsync(block, () => Codes.OfAsync(contract, stop), answer => answer.Value.TryGet(out _), answer => answer.Count, refusal, stop).ConfigureAwait(false);
        if (!there.TryGet(out SystemAnswer<Option<Hash256>>? answer, out ClientFailure? failure)) return failure;
        ClientResult<Vec<Hash256>> proven = await UntilAsync(null, () => Codes.ContractsAsync(stop), contracts => contracts.AsSpan().Contains(contract), _ => 0, "", stop).ConfigureAwait(false);
        return proven.Then<DeployedContract>(_ => answer.Value.TryGet(out Hash256 code) ? new DeployedContract(contract, code, answer.Answer) : new ClientFailure(ClientError.Missing, refusal));
    }

    /// <summary>Waits until something is so; asks at each new final block.</summary>
    /// <param name="block">The block after whose entries of the queue it has to be so; null where that is not known.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="isSo">Whether an answer says that it is so.</param>
    /// <param name="count">How many entries of the queue an answer comes after.</param>
    /// <param name="refusal">What it means if it is not so after them.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The answer that says that it is so.</returns>
    private async Task<ClientResult<T>> UntilAsync<T>(Hash256? block, Func<Task<ClientResult<T>>> ask, Func<T, bool> isSo, Func<T, ulong> count, string refusal, CancellationToken stop)
    {
        using CancellationTokenSource patience = new(cluster.Options.ReceiptTimeout, cluster.Options.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            ClientResult<ulong> entries = block is { } hash ? await EntriesAsync(hash, either.Token).ConfigureAwait(false) : ulong.MaxValue;
            if (!entries.TryGet(out ulong needed, out ClientFailure? failure)) return failure;
            ClientResult<ClientSubscription<Header>> subscribed = await cluster.Chain.Blocks.SubscribeAsync(HeadKind.Finalized, either.Token).ConfigureAwait(false);
            if (!subscribed.TryGet(out ClientSubscription<Header>? heads, out failure)) return failure;
            await using (heads.ConfigureAwait(false))
            {
                while (true)
                {
                    ClientResult<Header> news = await heads.NextAsync(either.Token).ConfigureAwait(false);
                    if (!news.IsOk) return news.Failure!;
                    ClientResult<T> asked = await ask().ConfigureAwait(false);
                    if (!asked.TryGet(out T? answer, out failure) || isSo(answer)) return asked;
                    if (count(answer) >= needed) return new ClientFailure(ClientError.Refused, refusal);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ClientFailure(ClientError.NoReceipt, $"The cluster did not do it in {cluster.Options.ReceiptTimeout.TotalSeconds:F0} s. It may do so later.");
        }
    }

    /// <summary>How many entries the queue has after a block, which is shown to be final.</summary>
    private async Task<ClientResult<ulong>> EntriesAsync(Hash256 block, CancellationToken stop) => (await cluster.Verified.HeaderAsync(block, stop).ConfigureAwait(false)).Then<ulong>(header =>
        QueueHead.Read(header.Digest, out QueueHead? added) == QueueDigestError.None && added is { } head
            ? head.Count
            : new ClientFailure(ClientError.NotProven, $"Block {header.Number} adds nothing to the queue."));
}
