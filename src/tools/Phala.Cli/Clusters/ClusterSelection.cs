using System.CommandLine;
using Phala.Cli.Chain;
using Phala.Cli.Dev;
using Phala.Client.Clusters;
using Phala.Client.Verification;

namespace Phala.Cli.Clusters;

/// <summary>The options of commands that work with one cluster: which, and of which chain.</summary>
internal sealed class ClusterSelection
{
    private readonly ChainOptions _chain = new();
    private readonly Option<string?> _cluster = new("--cluster") { Description = "The cluster's id. [default: the chain's first]" };
    private readonly Option<string?> _genesis = new("--genesis") { Description = "The hash of the chain's first block: what everything is verified from. [default: what the node says]" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_cluster);
        command.Options.Add(_genesis);
        _chain.AddTo(command);
        HashText.Require(command, _cluster, _genesis);
    }

    /// <summary>Whether JSON is asked for.</summary>
    public bool IsJson(ParseResult line) => _chain.IsJson(line);

    /// <summary>Connects, verifies the chain and does something with the cluster.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="options">What the client insists on.</param>
    /// <param name="work">What is done.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The exit code.</returns>
    public Task<int> WithClusterAsync(ParseResult line, ClusterOptions options, Func<ClusterClient, Task<int>> work, CancellationToken stop) => _chain.WithChainAsync(line, HashText.Read(line, _genesis), async chain =>
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, stop).ConfigureAwait(false)).Require();
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
        using ClusterClient cluster = new(chain, verified, http, HashText.Read(line, _cluster) ?? DevVault.Cluster, options);
        return await work(cluster).ConfigureAwait(false);
    }, stop);
}
