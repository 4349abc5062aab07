using System.CommandLine;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Dev;
using Phala.Client.Clusters;

namespace Phala.Cli.Contracts;

/// <summary>The options of commands that talk to a contract.</summary>
internal sealed class ContractOptions
{
    private readonly ClusterSelection _cluster = new();
    private readonly AnswerOptions _answer = new();
    private readonly Option<string?> _contract = new("--contract") { Description = "The contract's id. [default: the vault of 'phala dev']" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_contract);
        _answer.AddTo(command);
        HashText.Require(command, _contract);
        _cluster.AddTo(command);
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson(ParseResult line) => _cluster.IsJson(line);

    /// <summary>Connects, verifies the chain and does something with the contract.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> WithContractAsync(ParseResult line, Func<ContractClient, Task<int>> work, CancellationToken stop) =>
        _cluster.WithClusterAsync(line, _answer.Read(line), cluster => work(cluster.Contract(HashText.Read(line, _contract) ?? DevVault.Id)), stop);
}
