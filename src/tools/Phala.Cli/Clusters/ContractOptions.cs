using System.CommandLine;
using Phala.Cli.Chain;
using Phala.Cli.Dev;
using Phala.Client.Clusters;
using Phala.Client.Verification;
using Phala.Terminal;
using Phala.Trie;

namespace Phala.Cli.Clusters;

/// <summary>The options of commands that talk to a contract.</summary>
internal sealed class ContractOptions
{
    private const int LongestAge = 24 * 60 * 60;

    private readonly ChainOptions _chain = new();
    private readonly Option<string?> _cluster = new("--cluster") { Description = "The cluster's id. [default: the chain's first]" };
    private readonly Option<string?> _contract = new("--contract") { Description = "The contract's id. [default: the vault of 'phala dev']" };
    private readonly Option<string?> _genesis = new("--genesis") { Description = "The hash of the chain's first block: what everything is verified from. [default: what the node says]" };
    private readonly Option<int> _maxAge = new("--max-age") { Description = "How old an answer's view may be, in seconds.", DefaultValueFactory = _ => 60 };
    private readonly Option<bool> _anchored = new("--anchored") { Description = "Believe an answer only if the chain holds the state that it comes from." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_cluster, _contract, _genesis, _maxAge, _anchored]) command.Options.Add(option);
        _maxAge.Within(1, LongestAge);
        _chain.AddTo(command);
        command.Validators.Add(result =>
        {
            foreach (Option<string?> option in (Option<string?>[])[_cluster, _contract, _genesis])
            {
                if (result.GetValue(option) is { } text && !HashText.TryRead(text, out _)) result.AddError($"{option.Name} is 32 bytes in hexadecimal.");
            }
        });
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson(ParseResult line) => _chain.IsJson(line);

    /// <summary>Connects, verifies the chain and does something with the contract.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> WithContractAsync(ParseResult line, Func<ContractClient, Task<int>> work, CancellationToken stop) => _chain.WithChainAsync(line, Genesis(line), async chain =>
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, stop).ConfigureAwait(false)).Require();
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
        ClusterOptions options = new() { MaxAge = TimeSpan.FromSeconds(line.GetValue(_maxAge)), RequireAnchored = line.GetValue(_anchored) };
        using ClusterClient cluster = new(chain, verified, http, Read(line, _cluster) ?? DevVault.Cluster, options);
        return await work(cluster.Contract(Read(line, _contract) ?? DevVault.Id)).ConfigureAwait(false);
    }, stop);

    private Hash256? Genesis(ParseResult line) => Read(line, _genesis);

    private static Hash256? Read(ParseResult line, Option<string?> option) => line.GetValue(option) is { } text && HashText.TryRead(text, out Hash256 hash) ? hash : null;
}
