using System.CommandLine;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Cli.Transactions;
using Phala.Client.Clusters;
using Phala.Client.Contracts.Ink;
using Phala.Client.Transactions;
using Phala.Terminal.Keys;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract upload</c>: brings a contract's code to a cluster.</summary>
internal static class UploadCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        ContractFileOption file = new();
        SignerOptions signer = new("Who pays");
        AnswerOptions answers = new();
        ClusterSelection cluster = new();
        Command command = new("upload", "Brings a contract's code to a cluster, and waits until the cluster has it.");
        file.AddTo(command);
        signer.AddTo(command);
        answers.AddTo(command);
        cluster.AddTo(command);
        command.SetAction(async (line, stop) =>
        {
            string? problem = file.TryRead(line, out ContractFile? contract);
            if (contract is null) return Failure.Report(line, problem);
            if (contract.Code is not { } code) return Failure.Report(line, "The file has no code.");
            problem = signer.TryOpen(line, out AccountSigner? account);
            if (account is null) return Failure.Report(line, problem);
            using (account)
            {
                return await cluster.WithClusterAsync(line, answers.Read(line), async client =>
                {
                    (bool wasThere, VerifiedAnswer answer) = await BringAsync(new ContractDeployer(client), account, contract, code, stop).ConfigureAwait(false);
                    Answer.Print(line.InvocationConfiguration.Output, cluster.IsJson(line), [("result", wasThere ? "there already" : "uploaded"), ("codeHash", contract.CodeHash.ToString()), .. Witness.OfDecision(answer)]);
                    return ExitCode.Good;
                }, stop).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Uploads code where the cluster does not have it.</summary>
    /// <returns>Whether the cluster had it already, and the answer that says that it has it.</returns>
    public static async Task<(bool WasThere, VerifiedAnswer Answer)> BringAsync(ContractDeployer deployer, AccountSigner account, ContractFile contract, ReadOnlyMemory<byte> code, CancellationToken stop)
    {
        SystemAnswer<bool> has = (await deployer.Codes.HasAsync(contract.CodeHash, stop).ConfigureAwait(false)).Require();
        return has.Value ? (true, has.Answer) : (false, (await deployer.UploadAsync(account, code, contract.CodeHash, stop).ConfigureAwait(false)).Require().Answer);
    }
}
