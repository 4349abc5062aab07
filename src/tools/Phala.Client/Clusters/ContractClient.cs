using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Client.Clusters;

/// <summary>A confidential contract: sealed commands whose receipts are verified, and encrypted queries whose answers are.</summary>
/// <remarks><b>Trust.</b> The genesis hash of the chain, and of the workers that their program is what its measurement says. No node, relayer or operator is believed.</remarks>
public sealed class ContractClient
{
    private readonly ClusterClient _cluster;

    internal ContractClient(ClusterClient cluster, Hash256 id) => (_cluster, Id) = (cluster, id);

    /// <summary>The contract.</summary>
    public Hash256 Id { get; }

    /// <summary>Asks the contract something.</summary>
    /// <param name="message">Selector and arguments.</param>
    /// <param name="caller">Who asks; null for a key that is made for this one question: contracts take nobody for one who has given a right up.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedAnswer>> QueryAsync(byte[] message, AccountSigner? caller = null, CancellationToken stop = default) =>
        QueryAsync(new InkQueryData.InkMessage(Vec.Create<byte>(message), 0, 0, Estimating: false), caller, stop);

    /// <summary>Asks the contract something.</summary>
    /// <param name="data">What.</param>
    /// <param name="caller">Who asks; null for a key that is made for this one question: contracts take nobody for one who has given a right up.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedAnswer>> QueryAsync(InkQueryData data, AccountSigner? caller = null, CancellationToken stop = default) =>
        new QuerySender(_cluster, Id).AskAsync(data, caller, stop);

    /// <summary>Sends the contract a command, and waits until it is in the queue for good.</summary>
    /// <param name="sender">Who sends it, and pays.</param>
    /// <param name="message">Selector and arguments.</param>
    /// <param name="options">What goes with it; null for the usual.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>
    /// The command. <see cref="SentCommand.ReceiptAsync"/> waits for what becomes of it. <see cref="ClientError.Refused"/>, and nothing is sent, where an estimate has to say what it may lock and says that
    /// it would not run; one that the contract would revert is sent.
    /// </returns>
    public async Task<ClientResult<SentCommand>> SendAsync(AccountSigner sender, byte[] message, CommandOptions? options = null, CancellationToken stop = default)
    {
        CommandOptions sent = options ?? new CommandOptions();
        if (sent.DepositLimit.NeedsEstimate)
        {
            ClientResult<Estimate<ContractExecResult>> asked = await EstimateAsync(sender, message, sent, stop).ConfigureAwait(false);
            if (!asked.TryGet(out Estimate<ContractExecResult>? estimate, out ClientFailure? failure)) return failure;
            if (!estimate.Result.Result.TryGet(out _, out DispatchError error)) return new ClientFailure(ClientError.Refused, $"The command was not sent: it would fail with {ContractErrorName.Of(error)}.");
            sent = sent with { DepositLimit = DepositLimit.After(estimate.Result.StorageDeposit) };
        }

        return await new CommandSender(_cluster, Id).SendAsync(sender, message, sent, stop).ConfigureAwait(false);
    }

    /// <summary>Learns how a command would end and what it would take, without sending it.</summary>
    /// <param name="sender">Who would send it.</param>
    /// <param name="message">Selector and arguments.</param>
    /// <param name="options">What would go with it, of which tokens count; null for the usual.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>How it would end. That it would not run is said only by a worker that has seen what was final when it was asked.</returns>
    public Task<ClientResult<Estimate<ContractExecResult>>> EstimateAsync(AccountSigner sender, byte[] message, CommandOptions? options = null, CancellationToken stop = default)
    {
        InkQueryData.InkMessage question = new(Vec.Create<byte>(message), options?.Deposit ?? 0, options?.Transfer ?? 0, Estimating: true);
        return new ReadYourWrites(_cluster).AskAsync(() => EstimateAsync(question, sender, stop), estimate => !estimate.Result.Result.IsError, estimate => estimate.Answer, stop);
    }

    private async Task<ClientResult<Estimate<ContractExecResult>>> EstimateAsync(InkQueryData.InkMessage question, AccountSigner sender, CancellationToken stop)
    {
        ClientResult<VerifiedAnswer> asked = await QueryAsync(question, sender, stop).ConfigureAwait(false);
        return asked.Then<Estimate<ContractExecResult>>(answer => answer.Result().Then<Estimate<ContractExecResult>>(result => new Estimate<ContractExecResult>(result, answer)));
    }
}
