using System.CommandLine;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Client.Contracts.Ink;
using Phala.Terminal.Keys;
using Phala.Trie;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract code</c>: whether a cluster has some code, or which code its contracts run.</summary>
internal static class CodeCommand
{
    private static readonly string[] Columns = ["contract", "codeHash", "worker", "ageSeconds", "state"];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        ContractFileOption file = new(isRequired: false);
        System.CommandLine.Option<string?> hash = new("--hash") { Description = "The hash of the code that is asked for." };
        AnswerOptions answers = new();
        ClusterSelection cluster = new();
        Command command = new("code", "Tells whether the cluster has the code of a file or of a hash; lists the code of the cluster's contracts where neither is given. Exit code 2 if the cluster does not have it.") { hash };
        file.AddTo(command);
        HashText.Require(command, hash);
        answers.AddTo(command);
        cluster.AddTo(command);
        command.SetAction(async (line, stop) =>
        {
            string? problem = file.TryRead(line, out ContractFile? contract);
            if (problem is not null) return Failure.Report(line, problem);
            Hash256? asked = HashText.Read(line, hash) ?? contract?.CodeHash;
            return await cluster.WithClusterAsync(
                line,
                answers.Read(line),
                client => asked is { } code ? TellAsync(line, cluster.IsJson(line), new ClusterCodes(client), code, stop) : ListAsync(line, cluster.IsJson(line), new ClusterCodes(client), stop),
                stop).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> TellAsync(ParseResult line, bool isJson, ClusterCodes codes, Hash256 code, CancellationToken stop)
    {
        SystemAnswer<bool> has = (await codes.HasAsync(code, stop).ConfigureAwait(false)).Require();
        Answer.Print(line.InvocationConfiguration.Output, isJson, [("codeHash", code.ToString()), ("onCluster", has.Value ? "yes" : "no"), .. Witness.Of(has.Answer)]);
        return has.Value ? ExitCode.Good : ExitCode.Refused;
    }

    private static async Task<int> ListAsync(ParseResult line, bool isJson, ClusterCodes codes, CancellationToken stop)
    {
        List<string[]> rows = [];
        foreach (Hash256 contract in (await codes.ContractsAsync(stop).ConfigureAwait(false)).Require().ToArray())
        {
            SystemAnswer<Phala.Codec.Option<Hash256>> code = (await codes.OfAsync(contract, stop).ConfigureAwait(false)).Require();
            rows.Add([contract.ToString(), code.Value.TryGet(out Hash256 found) ? found.ToString() : "-", .. Witness.Of(code.Answer).Select(field => field.Value)]);
        }

        Answer.Print(line.InvocationConfiguration.Output, isJson, Columns, rows, "The cluster has no contracts.");
        return ExitCode.Good;
    }
}
