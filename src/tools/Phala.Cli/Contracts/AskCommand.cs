using System.CommandLine;
using System.Globalization;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Cli.Transactions;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Terminal.Keys;
using Phala.Trie;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract query</c>: asks a contract by a message's name, and tells the verified answer.</summary>
internal sealed class AskCommand
{
    /// <summary>Who asks where nobody is named.</summary>
    internal const string OneTimeKey = "a key that is made for this one question";

    private readonly Argument<string[]> _message = new("message") { Description = "The message's name and its arguments: 'balance_of 45R2…'.", Arity = ArgumentArity.OneOrMore };
    private readonly System.CommandLine.Option<string?> _id = new("--id") { Description = "The contract's id, as 'deploy' printed it.", Required = true };
    private readonly ContractFileOption _file = new();
    private readonly SignerOptions _signer = new("Who asks", otherwise: OneTimeKey);
    private readonly ValueOption _value = new();
    private readonly OtherCodeOption _other = new();
    private readonly AnswerOptions _answer = new();
    private readonly ClusterSelection _cluster = new();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        AskCommand ask = new();
        Command command = new("query", "Asks a contract something by an encrypted query, and verifies the answer. Nothing that it does stays. What it answers is read by the file's types if it runs the file's code. Exit code 2 if the contract refuses, or runs other code.") { ask._message, ask._id };
        ask._file.AddTo(command);
        ask._signer.AddTo(command);
        ask._value.AddTo(command);
        ask._other.AddTo(command);
        ask._answer.AddTo(command);
        HashText.Require(command, ask._id);
        ask._cluster.AddTo(command);
        command.SetAction(ask.RunAsync);
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
        problem = _signer.TryOpen(line, out AccountSigner? caller);
        if (problem is not null) return Failure.Report(line, problem);
        using (caller)
        {
            InkQueryData.InkMessage question = new(Vec.Create<byte>(input), 0, value, Estimating: false);
            return await _cluster.WithClusterAsync(
                line, _answer.Read(line), cluster => AskAsync(line, cluster.Contract(HashText.Read(line, _id)!.Value), contract!, message!, question, caller, stop), stop).ConfigureAwait(false);
        }
    }

    private async Task<int> AskAsync(
        ParseResult line, ContractClient client, ContractFile contract, ContractFunction message, InkQueryData.InkMessage question, AccountSigner? caller, CancellationToken stop)
    {
        VerifiedAnswer answer = (await client.QueryAsync(question, caller, stop).ConfigureAwait(false)).Require();
        ContractExecResult result = answer.Result().Require();
        bool hasRun = result.Result.TryGet(out ExecReturnValue? returned, out DispatchError error), isGood = hasRun && !returned!.IsReverted;
        string told = isGood ? "ok" : hasRun ? "reverted" : ContractErrorName.Of(error);
        Hash256 runs = answer.Answer.Record.CodeHash;
        (string Name, string Value)[] more = [("code", OtherCodeOption.Compare(contract, runs)), ("gas", result.GasConsumed.RefTime.ToString(CultureInfo.InvariantCulture)), .. Witness.Of(answer)];
        Vec<byte>? output = hasRun ? returned!.Data : null;
        if (!_other.Allows(line, contract, runs))
        {
            ContractAnswer.PrintBytes(line, _cluster.IsJson(line), told, output, "The contract runs other code than the file's, whose types may not be its own: --other-code reads the output by them all the same.", more);
            return ExitCode.Refused;
        }

        ContractAnswer.Print(line, _cluster.IsJson(line), contract, message, told, output, more);
        return isGood ? ExitCode.Good : ExitCode.Refused;
    }
}
