using System.CommandLine;
using System.Globalization;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Cli.Receipts;
using Phala.Cli.Transactions;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Terminal.Keys;
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
    private readonly ValueOption _value = new();
    private readonly ClusterSelection _cluster = new();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        CallCommand call = new();
        Command command = new("call", "Sends a contract a sealed command, and verifies the receipt. Estimates it before, and sends nothing that would fail. Exit code 2 if the contract refuses.") { call._message, call._id };
        call._file.AddTo(command);
        call._signer.AddTo(command);
        call._gas.AddTo(command);
        call._value.AddTo(command);
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
        string? problem = _file.TryRead(line, out ContractFile? contract);
        problem ??= ContractInput.TryRead(contract!, contract!.Messages, line.GetRequiredValue(_message), out message, out input);
        problem ??= _value.TryRead(line, out value);
        if (problem is not null) return Failure.Report(line, problem);
        problem = _signer.TryOpen(line, out AccountSigner? account);
        if (account is null) return Failure.Report(line, problem);
        using (account)
        {
            if (OutputFile.TryOpen(line.GetValue(_receipt), out OutputFile? target) is { } unwritable) return Failure.Report(line, unwritable);
            using OutputFile output = target!;
            return await _cluster.WithClusterAsync(
                line, new ClusterOptions(), cluster => CallAsync(line, cluster.Contract(HashText.Read(line, _id)!.Value), (contract!, message!, input, value), account, output, stop), stop).ConfigureAwait(false);
        }
    }

    private async Task<int> CallAsync(
        ParseResult line, ContractClient client, (ContractFile File, ContractFunction Message, byte[] Input, UInt128 Value) call, AccountSigner account, OutputFile output, CancellationToken stop)
    {
        ulong? estimated = null;
        if (_gas.Read(line) is not { } gas)
        {
            InkQueryData.InkMessage question = new(Vec.Create<byte>(call.Input), 0, call.Value, Estimating: true);
            ContractExecResult estimate = (await client.QueryAsync(question, account, stop).ConfigureAwait(false)).Then(answer => answer.Result()).Require();
            if (Refuses(line, call.File, call.Message, estimate)) return ExitCode.Refused;
            estimated = estimate.GasRequired.RefTime;
            gas = GasOption.After(estimated.Value);
        }

        using SentCommand sent = (await client.SendAsync(account, call.Input, new CommandOptions { GasLimit = gas, Transfer = call.Value }, stop).ConfigureAwait(false)).Require();
        VerifiedReceipt receipt = (await sent.ReceiptAsync(account, stop).ConfigureAwait(false)).Require();
        await output.WriteAsync(receipt.File.ToBytes(), stop).ConfigureAwait(false);
        Outcome? outcome = receipt.Outcome;
        ContractAnswer.Print(
            line, _cluster.IsJson(line), call.File, call.Message, outcome?.Status.ToString() ?? ReceiptText.Of(receipt.Receipt.Status),
            outcome?.Status is OutcomeStatus.Succeeded or OutcomeStatus.Reverted ? outcome.Output : null,
            ("gas", outcome?.Gas.ToString(CultureInfo.InvariantCulture) ?? "-"), ("gasLimit", GasOption.Text(gas, estimated)), ("message", $"{receipt.Receipt.Id.Count}/{receipt.Receipt.Id.Index}"),
            ("commitment", receipt.Receipt.Commitment.ToString()), ("provenInBlock", receipt.Block.Number.ToString(CultureInfo.InvariantCulture)));
        return receipt.IsSuccess ? ExitCode.Good : ExitCode.Refused;
    }

    /// <summary>Whether the message would fail; says so then.</summary>
    private bool Refuses(ParseResult line, ContractFile contract, ContractFunction message, ContractExecResult estimate)
    {
        bool hasRun = estimate.Result.TryGet(out ExecReturnValue? returned, out DispatchError error);
        if (hasRun && !returned!.IsReverted) return false;
        ContractAnswer.Print(line, _cluster.IsJson(line), contract, message, hasRun ? "would revert" : $"would fail: {DispatchErrorName.Of(error)}", hasRun ? returned!.Data : null, ("sent", "no"));
        return true;
    }
}
