using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Cli.Transactions;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Terminal.Keys;
using Phala.Worker.Interface.Queries;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract deploy</c>: makes a contract, with its code if the cluster lacks it.</summary>
internal sealed class DeployCommand
{
    private const int DrawnSalt = 16;

    private readonly Argument<string[]> _constructor = new("constructor") { Description = "The constructor's name and its arguments: 'new 5'. [default: the only constructor]", Arity = ArgumentArity.ZeroOrMore };
    private readonly System.CommandLine.Option<string?> _salt = new("--salt") { Description = "What distinguishes the contract from others of the same account and code: text, or 0x and hexadecimal digits. [default: drawn]" };
    private readonly ContractFileOption _file = new();
    private readonly SignerOptions _signer = new("Who makes it, and pays");
    private readonly GasOption _gas = new();
    private readonly DepositLimitOption _limit = new();
    private readonly ValueOption _value = new();
    private readonly AnswerOptions _answer = new();
    private readonly ClusterSelection _cluster = new();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        DeployCommand deploy = new();
        Command command = new("deploy", "Makes a contract: uploads its code if the cluster lacks it, estimates the constructor, and waits until the contract came into being. Exit code 2 if the constructor refuses, or the sender can't pay.") { deploy._constructor, deploy._salt };
        deploy._file.AddTo(command);
        deploy._signer.AddTo(command);
        deploy._gas.AddTo(command);
        deploy._limit.AddTo(command);
        deploy._value.AddTo(command);
        deploy._answer.AddTo(command);
        deploy._cluster.AddTo(command);
        command.SetAction(deploy.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        ContractFunction? constructor = null;
        byte[] input = [];
        UInt128 value = 0;
        DepositLimit limit = default;
        string? problem = _file.TryRead(line, out ContractFile? contract);
        problem ??= ContractInput.TryRead(contract!, contract!.Constructors, line.GetValue(_constructor) ?? [], out constructor, out input);
        problem ??= _value.TryRead(line, out value);
        problem ??= _limit.TryRead(line, out limit);
        problem ??= TryReadSalt(line.GetValue(_salt), out _);
        if (problem is not null) return Failure.Report(line, problem);
        problem = _signer.TryOpen(line, out AccountSigner? account);
        if (account is null) return Failure.Report(line, problem);
        _ = TryReadSalt(line.GetValue(_salt), out byte[] salt);
        using (account)
        {
            return await _cluster.WithClusterAsync(
                line, _answer.Read(line), cluster => DeployAsync(line, new ContractDeployer(cluster), contract!, constructor!, account, (input, salt, value, limit), stop), stop).ConfigureAwait(false);
        }
    }

    private async Task<int> DeployAsync(
        ParseResult line, ContractDeployer deployer, ContractFile contract, ContractFunction constructor, AccountSigner account, (byte[] Input, byte[] Salt, UInt128 Value, DepositLimit Limit) made, CancellationToken stop)
    {
        (bool wasThere, VerifiedAnswer has) = contract.Code is { } code ? await UploadCommand.BringAsync(deployer, account, contract, code, stop).ConfigureAwait(false) : await HasAsync(deployer, contract, stop).ConfigureAwait(false);
        if (!wasThere && contract.Code is null) return Failure.Report(line, $"The cluster does not have the contract's code, as {has.Member.Address} says ({has.Anchoring}), and neither has the file.");

        NotSent notSent = new(line, _cluster.IsJson(line));
        ulong? gas = _gas.Read(line);
        Estimate<ContractInstantiateResult>? estimate = gas is null || made.Limit.NeedsEstimate
            ? (await deployer.EstimateAsync(account, contract.CodeHash, made.Input, made.Salt, made.Value, stop).ConfigureAwait(false)).Require()
            : null;
        if (estimate is not null && notSent.IfRefused(contract, constructor, Returned(estimate.Result.Result), sendsReverts: gas is not null, estimate.Answer)) return ExitCode.Refused;
        Offer offer = Offer.Of(gas, made.Limit, estimate is null ? null : (estimate.Result.GasRequired.RefTime, estimate.Result.StorageDeposit));
        FundsCheck funds = (await deployer.Funds.CheckAsync(account.Account, offer.Gas, made.Value, offer.Limit.Amount, stop).ConfigureAwait(false)).Require();
        if (notSent.IfUnpaid(funds)) return ExitCode.Refused;

        DeployedContract there = (await deployer.InstantiateAsync(account, contract.CodeHash, made.Input, made.Salt, offer.Gas, made.Value, offer.Limit, stop).ConfigureAwait(false)).Require();
        VerifiedAnswer[] answers = estimate is null ? [has, funds.Answer, there.Answer] : [has, estimate.Answer, funds.Answer, there.Answer];
        Answer.Print(line.InvocationConfiguration.Output, _cluster.IsJson(line),
        [
            ("result", "instantiated"), ("id", there.Id.ToString()), ("codeHash", there.CodeHash.ToString()), ("code", OtherCodeOption.Compare(contract, there.CodeHash)), ("upload", wasThere ? "there already" : "uploaded"),
            ("salt", Hex.Format(made.Salt)), .. offer.Fields(), .. Witness.OfDecision(answers),
        ]);
        return ExitCode.Good;
    }

    private static async Task<(bool WasThere, VerifiedAnswer Answer)> HasAsync(ContractDeployer deployer, ContractFile contract, CancellationToken stop)
    {
        SystemAnswer<bool> has = (await deployer.Codes.HasAsync(contract.CodeHash, stop).ConfigureAwait(false)).Require();
        return (has.Value, has.Answer);
    }

    private static Result<ExecReturnValue, DispatchError> Returned(Result<InstantiateReturnValue, DispatchError> result) => result.TryGet(out InstantiateReturnValue? value, out DispatchError error)
        ? Result<ExecReturnValue, DispatchError>.Ok(value.Result)
        : Result<ExecReturnValue, DispatchError>.Err(error);

    private static string? TryReadSalt(string? text, out byte[] salt)
    {
        salt = text is null ? RandomNumberGenerator.GetBytes(DrawnSalt) : Encoding.UTF8.GetBytes(text);
        if (text is not null && text.StartsWith("0x", StringComparison.Ordinal) && !Hex.TryParse(text, out salt)) return "--salt is text, or hexadecimal digits after 0x.";
        return salt.Length <= ContractId.MaxSalt ? null : $"--salt has at most {ContractId.MaxSalt} bytes.";
    }
}
