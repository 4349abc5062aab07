using Phala.Client.Transactions;
using Phala.Codec;
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
    /// <param name="caller">Who asks; null for nobody in particular.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedAnswer>> QueryAsync(byte[] message, AccountSigner? caller = null, CancellationToken stop = default) =>
        QueryAsync(new InkQueryData.InkMessage(Vec.Create<byte>(message), 0, 0, Estimating: false), caller, stop);

    /// <summary>Asks the contract something.</summary>
    /// <param name="data">What.</param>
    /// <param name="caller">Who asks; null for nobody in particular.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<ClientResult<VerifiedAnswer>> QueryAsync(InkQueryData data, AccountSigner? caller = null, CancellationToken stop = default) =>
        new QuerySender(_cluster, Id).AskAsync(data, caller, stop);

    /// <summary>Sends the contract a command, and waits until it is in the queue for good.</summary>
    /// <param name="sender">Who sends it, and pays.</param>
    /// <param name="message">Selector and arguments.</param>
    /// <param name="options">What goes with it; null for the usual.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The command. <see cref="SentCommand.ReceiptAsync"/> waits for what becomes of it.</returns>
    public Task<ClientResult<SentCommand>> SendAsync(AccountSigner sender, byte[] message, CommandOptions? options = null, CancellationToken stop = default) =>
        new CommandSender(_cluster, Id).SendAsync(sender, message, options ?? new CommandOptions(), stop);
}
