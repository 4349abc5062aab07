using System.CommandLine;
using System.Globalization;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Cli.Receipts;
using Phala.Cli.Transactions;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Terminal.Keys;
using Phala.Trie;
using Phala.Worker.Interface.Queries;
using Phala.Worker.Interface.Receipts;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract call</c>: sends a sealed command by a message's name, and tells what came of it by the verified receipt.</summary>
internal sealed class CallCommand
{
    private readonly Argument<string[]> _message = new("message") { Description = "The message's name and its arguments: 'transfer 45R2… 1000'.", Arity = ArgumentArity.OneOrMore };
    private readonly System.CommandLine.Option<string?> _id = new("--id") { Description = "The contract's id, as 'deploy' printed it.", Required = true };
    private readonly System.CommandLine.Option<FileInfo?> _receipt = new("--receipt") { Description = "A file for the receipt, which 'phala verify receipt' reads." };
    private readonly ContractFileOption _file = new();
    private readonly SignerOptions _signer = new("Who sends it, and pays");
    private readonly GasOption _gas = new();
    private readonly DepositLimitOption _limit = new();
    private readonly ValueOption _value = new();
    private readonly OtherCodeOption _other = new();
    private readonly AnswerOptions _answer = new();
    private readonly ClusterSelection _cluster = new();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        CallCommand call = new();
        Command command = new("call", "Sends a contract a sealed command, and verifies the receipt. Estimates it before, and does not send what fails as things are, what the sender can't pay for, or what goes to other code than the file's. Exit code 2 then, or if the contract refuses.") { call._message, call._id };
        call._file.AddTo(command);
        call._signer.AddTo(command);
        call._gas.AddTo(command);
        call._limit.AddTo(command);
        call._value.AddTo(command);
        call._other.AddTo(command);
        call._answer.AddTo(command);
        command.Options.Add(call._receipt);
        HashText.Require(command, call._id);
        call._cluster.AddTo(command);
        command.SetAction(call.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        ContractFunction? message = null;
        byte[] input = [];
        UInt128 value = 0;
        DepositLimit limit = default;
        string? problem = _file.TryRead(line, out ContractFile? contract);
        problem ??= ContractInput.TryRead(contract!, contract!.Messages, line.GetRequiredValue(_message), out message, out input);
        problem ??= _value.TryRead(line, out value);
        problem ??= _limit.TryRead(line, out limit);
        if (problem is not null) return Failure.Report(line, problem);
        problem = _signer.TryOpen(line, out AccountSigner? account);
        if (account is null) return Failure.Report(line, problem);
        using (account)
        {
            if (OutputFile.TryOpen(line.GetValue(_receipt), out OutputFile? target) is { } unwritable) return Failure.Report(line, unwritable);
            using OutputFile output = target!;
            return await _cluster.WithClusterAsync(
                line, _answer.Read(line), cluster => CallAsync(line, cluster, (contract!, message!, input, value, limit), account, output, stop), stop).ConfigureAwait(false);
        }
    }

    private async Task<int> CallAsync(
        ParseResult line, ClusterClient cluster, (ContractFile File, ContractFunction Message, byte[] Input, UInt128 Value, DepositLimit Limit) call, AccountSigner account, OutputFile output, CancellationToken stop)
    {
        NotSent notSent = new(line, _cluster.IsJson(line));
        ContractClient client = cluster.Contract(HashText.Read(line, _id)!.Value);
        ulong? gas = _gas.Read(line);
        Estimate<ContractExecResult>? estimate = gas is null || call.Limit.NeedsEstimate
            ? (await client.EstimateAsync(account, call.Input, new CommandOptions { Transfer = call.Value }, stop).ConfigureAwait(false)).Require()
            : null;
        (Hash256 runs, VerifiedAnswer answer) = estimate is null ? await CodeAsync(cluster, client.Id, stop).ConfigureAwait(false) : (estimate.Answer.Answer.Record.CodeHash, estimate.Answer);
        if (notSent.IfOther(_other, call.File, runs, answer)) return ExitCode.Refused;
        if (estimate is not null && notSent.IfRefused(call.File, call.Message, estimate.Result.Result, sendsReverts: gas is not null, answer)) return ExitCode.Refused;
        Offer offer = Offer.Of(gas, call.Limit, estimate is null ? null : (estimate.Result.GasRequired.RefTime, estimate.Result.StorageDeposit));
        if (notSent.IfUnpaid((await new ClusterFunds(cluster).CheckAsync(account.Account, offer.Gas, call.Value, offer.Limit.Amount, stop).ConfigureAwait(false)).Require())) return ExitCode.Refused;

        CommandOptions options = new() { GasLimit = offer.Gas, Transfer = call.Value, DepositLimit = offer.Limit };
        using SentCommand sent = (await client.SendAsync(account, call.Input, options, stop).ConfigureAwait(false)).Require();
        VerifiedReceipt receipt = (await sent.ReceiptAsync(account, stop).ConfigureAwait(false)).Require();
        await output.WriteAsync(receipt.File.ToBytes(), stop).ConfigureAwait(false);
        Outcome? outcome = receipt.Outcome;
        ContractAnswer.Print(
            line, _cluster.IsJson(line), call.File, call.Message, outcome?.Status.ToString() ?? ReceiptText.Of(receipt.Receipt.Status),
            outcome?.Status is OutcomeStatus.Succeeded or OutcomeStatus.Reverted ? outcome.Output : null,
            [("code", OtherCodeOption.Compare(call.File, runs)), ("gas", outcome?.Gas.ToString(CultureInfo.InvariantCulture) ?? "-"), .. offer.Fields(), .. ReceiptText.Fields(receipt)]);
        return receipt.IsSuccess ? ExitCode.Good : ExitCode.Refused;
    }

    /// <summary>Which code a contract runs, where no estimate has said so.</summary>
    private static async Task<(Hash256 Runs, VerifiedAnswer Answer)> CodeAsync(ClusterClient cluster, Hash256 contract, CancellationToken stop)
    {
        SystemAnswer<Phala.Codec.Option<Hash256>> answer = (await new ClusterCodes(cluster).OfAsync(contract, stop).ConfigureAwait(false)).Require();
        return answer.Value.TryGet(out Hash256 runs) ? (runs, answer.Answer) : throw new ClientException(new ClientFailure(ClientError.Missing, $"The cluster has no contract {contract}."));
    }
}
