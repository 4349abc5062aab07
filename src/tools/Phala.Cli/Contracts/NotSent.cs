using System.CommandLine;
using Phala.Cli.Output;
using Phala.Cli.Transactions;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Contracts;

/// <summary>Tells why a command or a constructor is not sent, and what can be done.</summary>
/// <param name="line">The command line.</param>
/// <param name="isJson">Whether as JSON.</param>
internal sealed class NotSent(ParseResult line, bool isJson)
{
    private const string Deposit = "'phala tx deposit AMOUNT' moves PHA of the sender into the cluster, from which gas, values and what is locked for storage are paid";

    /// <summary>Whether an estimate says that it would fail, which is told then.</summary>
    /// <param name="file">The contract's file.</param>
    /// <param name="function">The constructor or message.</param>
    /// <param name="result">How it would end.</param>
    /// <param name="sendsReverts">Whether it is sent also where the contract would revert it.</param>
    /// <param name="answer">The answer that says so.</param>
    public bool IfRefused(ContractFile file, ContractFunction function, Result<ExecReturnValue, DispatchError> result, bool sendsReverts, VerifiedAnswer answer)
    {
        bool hasRun = result.TryGet(out ExecReturnValue? returned, out DispatchError error);
        if (hasRun && (sendsReverts || !returned!.IsReverted)) return false;
        string name = hasRun ? "" : ContractErrorName.Of(error);
        (string Name, string Value)[] remedy = name switch
        {
            ContractErrorName.StorageDepositNotEnoughFunds => [("why", "the sender does not have in the cluster what is locked for what is stored"), ("remedy", Deposit)],
            ContractErrorName.TransferFailed => [("why", "who pays, the sender or a contract, does not have the tokens in the cluster"), ("remedy", Deposit)],
            _ => [],
        };
        ContractAnswer.Print(line, isJson, file, function, hasRun ? "would revert" : $"would fail: {name}", hasRun ? returned!.Data : null, [("sent", "no"), .. remedy, .. Witness.OfDecision(answer)]);
        return true;
    }

    /// <summary>Whether the contract runs other code than the file's, and that is not asked for: it is told then.</summary>
    public bool IfOther(OtherCodeOption option, ContractFile file, Phala.Trie.Hash256 runs, VerifiedAnswer answer)
    {
        if (option.Allows(line, file, runs)) return false;
        Answer.Print(line.InvocationConfiguration.Output, isJson,
        [
            ("result", "not the file's contract"), ("code", OtherCodeOption.Compare(file, runs)), ("sent", "no"),
            ("remedy", "the right --id, or the file of the code that it runs; --other-code goes by this file all the same"), .. Witness.OfDecision(answer),
        ]);
        return true;
    }

    /// <summary>Whether the sender can't pay for what is offered, which is told then.</summary>
    public bool IfUnpaid(FundsCheck funds)
    {
        if (funds.Suffices) return false;
        Answer.Print(line.InvocationConfiguration.Output, isJson,
        [
            ("result", "can't be paid"), ("senderHas", Amount.Text(funds.Free)), ("needed", $"{Amount.Text(funds.Needed)}: gas {Amount.Text(funds.Gas)}, value {Amount.Text(funds.Transfer)}, deposit up to {Amount.Text(funds.Deposit)}"),
            ("sent", "no"), ("remedy", $"{Deposit}; --gas and --deposit-limit offer less"), .. Witness.OfDecision(funds.Answer),
        ]);
        return true;
    }
}
