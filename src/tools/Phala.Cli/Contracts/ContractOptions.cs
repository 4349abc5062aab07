using System.CommandLine;
using Phala.Cli.Chain;
using Phala.Cli.Clusters;
using Phala.Cli.Dev;
using Phala.Client.Clusters;
using Phala.Terminal;

namespace Phala.Cli.Contracts;

/// <summary>The options of commands that talk to a contract.</summary>
internal sealed class ContractOptions
{
    private const int LongestAge = 24 * 60 * 60;

    private readonly ClusterSelection _cluster = new();
    private readonly Option<string?> _contract = new("--contract") { Description = "The contract's id. [default: the vault of 'phala dev']" };
    private readonly Option<int> _maxAge = new("--max-age") { Description = "How old an answer's view may be, in seconds.", DefaultValueFactory = _ => 60 };
    private readonly Option<bool> _anchored = new("--anchored") { Description = "Believe an answer only if the chain holds the state that it comes from." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_contract, _maxAge, _anchored]) command.Options.Add(option);
        _maxAge.Within(1, LongestAge);
        HashText.Require(command, _contract);
        _cluster.AddTo(command);
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson(ParseResult line) => _cluster.IsJson(line);

    /// <summary>Connects, verifies the chain and does something with the contract.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> WithContractAsync(ParseResult line, Func<ContractClient, Task<int>> work, CancellationToken stop)
    {
        ClusterOptions options = new() { MaxAge = TimeSpan.FromSeconds(line.GetValue(_maxAge)), RequireAnchored = line.GetValue(_anchored) };
        return _cluster.WithClusterAsync(line, options, cluster => work(cluster.Contract(HashText.Read(line, _contract) ?? DevVault.Id)), stop);
    }
}
