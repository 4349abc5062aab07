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
using Phala.Trie;
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
    private readonly ValueOption _value = new();
    private readonly ClusterSelection _cluster = new();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        DeployCommand deploy = new();
        Command command = new("deploy", "Makes a contract: uploads its code if the cluster lacks it, estimates the constructor, and waits until the contract came into being. Exit code 2 if the constructor refuses.") { deploy._constructor, deploy._salt };
        deploy._file.AddTo(command);
        deploy._signer.AddTo(command);
        deploy._gas.AddTo(command);
        deploy._value.AddTo(command);
        deploy._cluster.AddTo(command);
        command.SetAction(deploy.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        ContractFunction? constructor = null;
        byte[] input = [];
        UInt128 value = 0;
        string? problem = _file.TryRead(line, out ContractFile? contract);
        problem ??= ContractInput.TryRead(contract!, contract!.Constructors, line.GetValue(_constructor) ?? [], out constructor, out input);
        problem ??= _value.TryRead(line, out value);
        problem ??= TryReadSalt(line.GetValue(_salt), out _);
        if (problem is not null) return Failure.Report(line, problem);
        problem = _signer.TryOpen(line, out AccountSigner? account);
        if (account is null) return Failure.Report(line, problem);
        _ = TryReadSalt(line.GetValue(_salt), out byte[] salt);
        using (account)
        {
            return await _cluster.WithClusterAsync(
                line, new ClusterOptions(), cluster => DeployAsync(line, new ContractDeployer(cluster), contract!, constructor!, account, (input, salt, value), stop), stop).ConfigureAwait(false);
        }
    }

    private async Task<int> DeployAsync(
        ParseResult line, ContractDeployer deployer, ContractFile contract, ContractFunction constructor, AccountSigner account, (byte[] Input, byte[] Salt, UInt128 Value) made, CancellationToken stop)
    {
        bool isThere = contract.Code is { } code
            ? await UploadCommand.BringAsync(deployer, account, contract, code, stop).ConfigureAwait(false)
            : (await deployer.Codes.HasAsync(contract.CodeHash, stop).ConfigureAwait(false)).Require().Value;
        if (!isThere && contract.Code is null) return Failure.Report(line, "The cluster does not have the contract's code, and neither has the file.");

        ulong? estimated = null;
        if (_gas.Read(line) is not { } gas)
        {
            ContractInstantiateResult estimate = (await deployer.EstimateAsync(account, contract.CodeHash, made.Input, made.Salt, made.Value, stop).ConfigureAwait(false)).Require();
            if (Refuses(line, contract, constructor, estimate)) return ExitCode.Refused;
            estimated = estimate.GasRequired.RefTime;
            gas = GasOption.After(estimated.Value);
        }

        Hash256 id = (await deployer.InstantiateAsync(account, contract.CodeHash, made.Input, made.Salt, gas, made.Value, stop).ConfigureAwait(false)).Require();
        Answer.Print(line.InvocationConfiguration.Output, _cluster.IsJson(line),
        [
            ("result", "instantiated"), ("id", id.ToString()), ("codeHash", contract.CodeHash.ToString()), ("code", isThere ? "there already" : "uploaded"), ("salt", Hex.Format(made.Salt)), ("gasLimit", GasOption.Text(gas, estimated)),
        ]);
        return ExitCode.Good;
    }

    /// <summary>Whether the constructor would fail; says so then.</summary>
    private bool Refuses(ParseResult line, ContractFile contract, ContractFunction constructor, ContractInstantiateResult estimate)
    {
        bool hasRun = estimate.Result.TryGet(out InstantiateReturnValue? returned, out DispatchError error);
        if (hasRun && !returned!.Result.IsReverted) return false;
        ContractAnswer.Print(line, _cluster.IsJson(line), contract, constructor, hasRun ? "would revert" : $"would fail: {DispatchErrorName.Of(error)}", hasRun ? returned!.Result.Data : null, ("sent", "no"));
        return true;
    }

    private static string? TryReadSalt(string? text, out byte[] salt)
    {
        salt = text is null ? RandomNumberGenerator.GetBytes(DrawnSalt) : Encoding.UTF8.GetBytes(text);
        if (text is not null && text.StartsWith("0x", StringComparison.Ordinal) && !Hex.TryParse(text, out salt)) return "--salt is text, or hexadecimal digits after 0x.";
        return salt.Length <= ContractId.MaxSalt ? null : $"--salt has at most {ContractId.MaxSalt} bytes.";
    }
}
