using System.CommandLine;
using System.Globalization;
using Phala.Cli.Output;
using Phala.Cli.Transactions;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface.Dispatch;
using Phala.Terminal.Keys;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Contracts;

/// <summary><c>phala query</c>: asks any contract something, and verifies the answer.</summary>
internal static class QueryCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        ContractOptions options = new();
        SignerOptions signer = new("Who asks", otherwise: AskCommand.OneTimeKey);
        Argument<string[]> message = new("message")
        {
            Description = "A message's name and its arguments, each SCALE-encoded in hexadecimal: 'list', 'PSP22::balance_of 0xd435…'. Or the whole input: 0x and the selector first.",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("query", "Asks a contract something by an encrypted query, and verifies the answer. Exit code 2 if the contract refuses.") { message };
        signer.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (line, stop) =>
        {
            string? problem = MessageText.TryRead(line.GetRequiredValue(message), out byte[] input);
            if (problem is not null) return Failure.Report(line, problem);
            problem = signer.TryOpen(line, out AccountSigner? caller);
            if (problem is not null) return Failure.Report(line, problem);
            using (caller) return await options.WithContractAsync(line, contract => AskAsync(line, options.IsJson(line), contract, input, caller, stop), stop).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> AskAsync(ParseResult line, bool isJson, ContractClient contract, byte[] message, AccountSigner? caller, CancellationToken stop)
    {
        VerifiedAnswer answer = (await contract.QueryAsync(message, caller, stop).ConfigureAwait(false)).Require();
        ContractExecResult result = answer.Result().Require();
        bool hasRun = result.Result.TryGet(out ExecReturnValue? value, out DispatchError error), isGood = hasRun && !value!.IsReverted;
        Answer.Print(line.InvocationConfiguration.Output, isJson,
        [
            ("result", isGood ? "ok" : hasRun ? "reverted" : ContractErrorName.Of(error)),
            ("output", hasRun ? Hex.Format(value!.Data.AsSpan()) : "-"),
            ("gas", result.GasConsumed.RefTime.ToString(CultureInfo.InvariantCulture)),
            .. Witness.Of(answer),
        ]);
        return isGood ? ExitCode.Good : ExitCode.Refused;
    }
}
