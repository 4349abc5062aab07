using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Output;
using Phala.Client.Contracts.Ink;
using Phala.Codec;
using Phala.Terminal.Keys;
using Phala.Trie;

namespace Phala.Cli.Contracts;

/// <summary><c>phala contract info</c>: what a contract's file says, and whether a contract on the cluster runs that code.</summary>
internal static class InfoCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        ContractFileOption file = new();
        System.CommandLine.Option<string?> id = new("--id") { Description = "The id of a contract, to be compared with the file." };
        AnswerOptions answers = new();
        ClusterSelection cluster = new();
        Command command = new("info", "Shows the constructors, messages and events of a contract's file, and which code the cluster has. Exit code 2 if the contract named by --id runs other code.") { id };
        file.AddTo(command);
        HashText.Require(command, id);
        answers.AddTo(command);
        cluster.AddTo(command);
        command.SetAction(async (line, stop) =>
        {
            string? problem = file.TryRead(line, out ContractFile? contract);
            if (contract is null) return Failure.Report(line, problem);
            return await cluster.WithClusterAsync(line, answers.Read(line), client => TellAsync(line, cluster.IsJson(line), new ClusterCodes(client), contract, HashText.Read(line, id), stop), stop).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> TellAsync(ParseResult line, bool isJson, ClusterCodes codes, ContractFile contract, Hash256? id, CancellationToken stop)
    {
        SystemAnswer<bool> has = (await codes.HasAsync(contract.CodeHash, stop).ConfigureAwait(false)).Require();
        SystemAnswer<Phala.Codec.Option<Hash256>>? runs = id is { } asked ? (await codes.OfAsync(asked, stop).ConfigureAwait(false)).Require() : null;
        Hash256 code = default;
        bool hasCode = runs?.Value.TryGet(out code) == true;
        List<(string Name, string Value)> fields =
        [
            ("name", contract.Name), ("version", contract.Version), ("language", contract.Language), ("codeHash", contract.CodeHash.ToString()), ("codeOnCluster", has.Value ? "yes" : "no"),
        ];
        if (id is not null) fields.Add(("contractRuns", hasCode ? code.ToString() : "no such contract"));
        Print(line.InvocationConfiguration.Output, isJson, contract, [.. fields, .. runs is null ? Witness.Of(has.Answer) : Witness.Of(has.Answer, runs.Answer)]);
        return id is null || (hasCode && code == contract.CodeHash) ? ExitCode.Good : ExitCode.Refused;
    }

    private static void Print(TextWriter output, bool isJson, ContractFile contract, List<(string Name, string Value)> fields)
    {
        (string Name, string[] Lines)[] lists =
        [
            ("constructors", [.. contract.Constructors.Select(each => Line(contract, each))]),
            ("messages", [.. contract.Messages.Select(each => Line(contract, each))]),
            ("events", [.. contract.Events.Select(each => $"{each.Label}({string.Join(", ", each.Fields.Select(field => $"{field.Name}: {contract.Values.NameOf(field.Type)}"))})")]),
        ];
        if (isJson)
        {
            JsonObject told = [];
            foreach ((string name, string value) in fields) told[name] = value;
            foreach ((string name, string[] lines) in lists) told[name] = new JsonArray([.. lines.Select(each => (JsonNode)each)]);
            Answer.PrintJson(output, told);
            return;
        }

        Answer.Print(output, isJson, fields);
        foreach ((string name, string[] lines) in lists) Answer.PrintList(output, name, lines);
    }

    private static string Line(ContractFile contract, ContractFunction function) =>
        $"{Hex.Format(function.Selector.Span)} {contract.Signature(function)}{(function.Mutates ? "" : " reads")}{(function.IsPayable ? " payable" : "")}";
}
