using Phala.Chain.Extrinsics;
using Phala.Cli.Dev;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Trie;
using Phala.Worker.Interface.Contracts;

namespace Phala.Cli.Attack;

/// <summary>What was sent once is sent again.</summary>
internal static class ReplayAttack
{
    /// <summary>Runs it.</summary>
    public static async Task RunAsync(DevNetwork network, AttackReport report, CancellationToken stop)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, stop).ConfigureAwait(false)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        await report.SayAsync("Alice sends a sealed command.").ConfigureAwait(false);
        using SentCommand command = (await cluster.Contract(DevVault.Id).SendAsync(network.Alice, VaultCalls.Store("replayed", "first"u8), stop: stop).ConfigureAwait(false)).Require();
        VerifiedReceipt receipt = (await command.ReceiptAsync(stop: stop).ConfigureAwait(false)).Require();
        await report.HonestAsync("the command itself", receipt.IsSuccess, $"{receipt.Outcome?.Status}").ConfigureAwait(false);

        OpaqueExtrinsic bytes = await ExtrinsicAsync(network.Chain, command.Transaction, stop).ConfigureAwait(false);
        Vec<byte> payload = PayloadOf(bytes);
        await report.SayAsync("\nThe attacker copies its bytes from the chain.").ConfigureAwait(false);
        using AccountSigner eve = AccountSigner.Development("Eve");
        await SendAsync("Eve sends the same sealed payload to the vault", eve, payload, cluster, report, stop).ConfigureAwait(false);
        await SendAsync("Alice's own payload, sent a second time in her name", network.Alice, payload, cluster, report, stop).ConfigureAwait(false);
        ClientResult<Hash256> again = await network.Chain.Transactions.SubmitAsync(bytes, stop).ConfigureAwait(false);
        await report.AttemptAsync("the whole signed transaction, submitted again", !again.IsOk, again.Failure?.ToString() ?? "the node took it").ConfigureAwait(false);
        await ReplaySessionAsync(network, report, stop).ConfigureAwait(false);
    }

    private static async Task SendAsync(string what, AccountSigner sender, Vec<byte> payload, ClusterClient cluster, AttackReport report, CancellationToken stop)
    {
        // The gas is paid for: it is not for want of money that it is refused.
        PhalaPhatContracts.PushContractMessage call = new(DevVault.Id, payload, Deposit: Balances.Pha);
        TransactionResult result = (await cluster.Chain.Transactions.SendAsync(sender, call, stop: stop).ConfigureAwait(false)).Require();
        MessageId id = result.EventsOf<PhalaMq.Pushed>().Last().Id;
        VerifiedReceipt receipt = (await cluster.ReceiptAsync(id, result.Block, stop).ConfigureAwait(false)).Require();
        string answer = receipt.Receipt.Status is ReceiptStatus.NotExecuted reason ? $"not executed, {reason.Reason}, says the verified receipt" : "it was executed";
        await report.AttemptAsync(what, receipt.Receipt.Status is ReceiptStatus.NotExecuted, answer).ConfigureAwait(false);
    }

    /// <summary>A session's claim is on the chain for everybody to copy.</summary>
    private static async Task ReplaySessionAsync(DevNetwork network, AttackReport report, CancellationToken stop)
    {
        uint best = (await network.Chain.Blocks.BestAsync(stop).ConfigureAwait(false)).Require().Number;
        for (uint number = 1; number <= best; number++)
        {
            Hash256 block = (await network.Chain.Blocks.HashAsync(number, stop).ConfigureAwait(false)).Require();
            foreach (OpaqueExtrinsic extrinsic in (await network.Chain.Blocks.BlockAsync(block, stop).ConfigureAwait(false)).Require().Extrinsics.ToArray())
            {
                if (CallOf(extrinsic) is not RuntimeCall<PhalaRegistry.RecordSession>) continue;
                ClientResult<Hash256> again = await network.Chain.Transactions.SubmitAsync(extrinsic, stop).ConfigureAwait(false);
                await report.AttemptAsync($"a worker's session claim of block {number}, submitted again", !again.IsOk, again.Failure?.ToString() ?? "the node took it").ConfigureAwait(false);
                return;
            }
        }
    }

    private static async Task<OpaqueExtrinsic> ExtrinsicAsync(ChainClient chain, TransactionResult transaction, CancellationToken stop) =>
        (await chain.Blocks.BlockAsync(transaction.Block, stop).ConfigureAwait(false)).Require().Extrinsics[(int)transaction.Index];

    private static Vec<byte> PayloadOf(OpaqueExtrinsic extrinsic) => ((RuntimeCall<PhalaPhatContracts.PushContractMessage>)CallOf(extrinsic)!).Arguments.Payload;

    private static RuntimeCall? CallOf(OpaqueExtrinsic bytes)
    {
        if (Extrinsic.TryDecode(bytes, out Extrinsic extrinsic) != ExtrinsicError.None) return null;
        ReadOnlySpan<byte> call = extrinsic.Payload;
        if (extrinsic.HasExtensions && !extrinsic.TrySplit<TransactionExtensions>(out _, out _, out call)) return null;
        return Scale.Decode<RuntimeCall>(call).TryGet(out RuntimeCall? read) ? read : null;
    }
}
