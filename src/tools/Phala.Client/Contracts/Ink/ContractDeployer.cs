using Phala.Chain;
using Phala.Client.Blocks;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
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

    /// <summary>Uploads code, and waits until the cluster has it.</summary>
    /// <param name="sender">Who pays.</param>
    /// <param name="code">The module.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The transaction; <see cref="ClientError.Refused"/> where the chain or the cluster does not take the code.</returns>
    public async Task<ClientResult<TransactionResult>> UploadAsync(AccountSigner sender, ReadOnlyMemory<byte> code, Hash256 hash, CancellationToken stop = default)
    {
        PhalaPhatContracts.ClusterUploadResource call = new(cluster.Id, ResourceType.InkCode, Vec.Create(code.Span));
        ClientResult<TransactionResult> sent = await cluster.Chain.Transactions.SendAsync(sender, call, stop: stop).ConfigureAwait(false);
        if (!sent.TryGet(out TransactionResult? result, out ClientFailure? failure)) return failure;
        if (result.ErrorName is { } error) return new ClientFailure(ClientError.Refused, $"The chain does not take the code: {error}.");
        failure = await UntilAsync(result.Block, () => Codes.HasAsync(hash, stop), "The cluster does not take the code: it is no module that contracts may be, or its sender does not have in the cluster what is locked for it.", stop).ConfigureAwait(false);
        return failure is null ? result : failure;
    }

    /// <summary>Learns what a constructor needs and returns, without making anything.</summary>
    /// <param name="sender">Who would make the contract.</param>
    /// <param name="code">Its code.</param>
    /// <param name="input">Selector and arguments.</param>
    /// <param name="salt">What distinguishes the contract from others of the same sender and code.</param>
    /// <param name="transfer">Tokens that it would be given.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<ClientResult<ContractInstantiateResult>> EstimateAsync(AccountSigner sender, Hash256 code, byte[] input, byte[] salt, UInt128 transfer, CancellationToken stop = default)
    {
        ClientResult<Hash256> known = await Codes.SystemContractAsync(stop).ConfigureAwait(false);
        if (!known.TryGet(out Hash256 system, out ClientFailure? failure)) return failure;
        InkQueryData.InkInstantiate data = new(code, Vec.Create<byte>(salt), Vec.Create<byte>(input), 0, transfer);
        ClientResult<VerifiedAnswer> asked = await cluster.Contract(system).QueryAsync(data, sender, stop).ConfigureAwait(false);
        return asked.Then<ContractInstantiateResult>(answer => Scale.Decode<ContractInstantiateResult>(answer.Data.AsSpan()).TryGet(out ContractInstantiateResult? result)
            ? result
            : new ClientFailure(ClientError.Undecodable, "The worker's answer is not what a constructor's estimate is."));
    }

    /// <summary>Makes a contract, and waits until it came into being.</summary>
    /// <param name="sender">Who makes it, and pays.</param>
    /// <param name="code">Its code.</param>
    /// <param name="input">Selector and arguments.</param>
    /// <param name="salt">What distinguishes it from others of the same sender and code.</param>
    /// <param name="gas">What its constructor may take.</param>
    /// <param name="transfer">Tokens that it is given.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The contract's id; <see cref="ClientError.Refused"/> where the chain refuses, or nothing came of it.</returns>
    public async Task<ClientResult<Hash256>> InstantiateAsync(AccountSigner sender, Hash256 code, byte[] input, byte[] salt, ulong gas, UInt128 transfer, CancellationToken stop = default)
    {
        ContractInfo info = new(sender.Account, new CodeIndex.WasmCode(code), Vec.Create<byte>(salt), cluster.Id, Vec.Create<byte>(input));
        PhalaPhatContracts.InstantiateContract call = new(info.CodeIndex, info.InstantiateData, info.Salt, cluster.Id, transfer, gas, Option<UInt128>.None, Deposit: 0);
        ClientResult<TransactionResult> sent = await cluster.Chain.Transactions.SendAsync(sender, call, stop: stop).ConfigureAwait(false);
        if (!sent.TryGet(out TransactionResult? result, out ClientFailure? failure)) return failure;
        if (result.ErrorName is { } error) return new ClientFailure(ClientError.Refused, $"The chain does not make the contract: {error}.");
        Hash256 contract = info.Id();
        failure = await UntilAsync(
            result.Block,
            async () => (await Codes.OfAsync(contract, stop).ConfigureAwait(false)).Then<SystemAnswer<bool>>(answer => new SystemAnswer<bool>(answer.Value.TryGet(out Hash256 found) && found == code, answer.Count)),
            $"Contract {contract} did not come into being: its constructor failed, or its sender can't pay for it in the cluster.",
            stop).ConfigureAwait(false);
        failure ??= await UntilAsync(null, async () => (await Codes.ContractsAsync(stop).ConfigureAwait(false)).Then<SystemAnswer<bool>>(contracts => new SystemAnswer<bool>(contracts.AsSpan().Contains(contract), 0)), "", stop).ConfigureAwait(false);
        return failure is null ? contract : failure;
    }

    /// <summary>Waits until something is so; asks at each new final block.</summary>
    /// <param name="block">The block after whose entries of the queue it has to be so; null where that is not known.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="refusal">What it means if it is not so after them.</param>
    /// <param name="stop">Stops waiting.</param>
    private async Task<ClientFailure?> UntilAsync(Hash256? block, Func<Task<ClientResult<SystemAnswer<bool>>>> ask, string refusal, CancellationToken stop)
    {
        using CancellationTokenSource patience = new(cluster.Options.ReceiptTimeout, cluster.Options.Time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            ClientResult<ulong> entries = block is { } hash ? await EntriesAsync(hash, either.Token).ConfigureAwait(false) : ulong.MaxValue;
            return entries.TryGet(out ulong count, out ClientFailure? failure) ? await AskAsync(count, ask, refusal, either.Token).ConfigureAwait(false) : failure;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ClientFailure(ClientError.NoReceipt, $"The cluster did not do it in {cluster.Options.ReceiptTimeout.TotalSeconds:F0} s. It may do so later.");
        }
    }

    private async Task<ClientFailure?> AskAsync(ulong count, Func<Task<ClientResult<SystemAnswer<bool>>>> ask, string refusal, CancellationToken stop)
    {
        ClientResult<ClientSubscription<Header>> subscribed = await cluster.Chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false);
        if (!subscribed.TryGet(out ClientSubscription<Header>? heads, out ClientFailure? failure)) return failure;
        await using (heads.ConfigureAwait(false))
        {
            while (true)
            {
                ClientResult<Header> news = await heads.NextAsync(stop).ConfigureAwait(false);
                if (!news.IsOk) return news.Failure;
                ClientResult<SystemAnswer<bool>> asked = await ask().ConfigureAwait(false);
                if (!asked.TryGet(out SystemAnswer<bool> answer, out failure)) return failure;
                if (answer.Value) return null;
                if (answer.Count >= count) return new ClientFailure(ClientError.Refused, refusal);
            }
        }
    }

    /// <summary>How many entries the queue has after a block, which is shown to be final.</summary>
    private async Task<ClientResult<ulong>> EntriesAsync(Hash256 block, CancellationToken stop) => (await cluster.Verified.HeaderAsync(block, stop).ConfigureAwait(false)).Then<ulong>(header =>
        QueueHead.Read(header.Digest, out QueueHead? added) == QueueDigestError.None && added is { } head
            ? head.Count
            : new ClientFailure(ClientError.NotProven, $"Block {header.Number} adds nothing to the queue."));
}
