using System.CommandLine;
using System.Globalization;
using Phala.Cli.Chain;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Codec;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Trie;

namespace Phala.Cli.Clusters;

/// <summary><c>phala cluster</c>: the clusters of a chain and their contracts.</summary>
internal static class ClusterCommand
{
    private static readonly string[] ListColumns = ["cluster", "owner", "workers", "contracts", "epoch", "anchoredCount", "stateRoot"];
    private static readonly string[] ContractColumns = ["contract", "deployer", "cluster"];

    /// <summary>The command.</summary>
    public static Command Create() => new("cluster", "The clusters of a chain and their contracts.")
    {
        Of("list", "Lists clusters with what is anchored of them, as the node tells it.", ListAsync),
        Of("contracts", "Lists contracts.", ContractsAsync),
    };

    private static Command Of(string name, string description, Func<ChainClient, Hash256, TextWriter, bool, CancellationToken, Task> work)
    {
        ChainOptions options = new();
        Command command = new(name, description);
        options.AddTo(command);
        command.SetAction((line, stop) => options.WithChainAsync(line, async chain =>
        {
            Hash256 block = (await chain.Blocks.FinalizedHashAsync(stop).ConfigureAwait(false)).Require();
            await work(chain, block, line.InvocationConfiguration.Output, options.IsJson(line), stop).ConfigureAwait(false);
            return ExitCode.Good;
        }, stop));
        return command;
    }

    private static async Task ListAsync(ChainClient chain, Hash256 block, TextWriter output, bool isJson, CancellationToken stop)
    {
        List<string[]> rows = [];
        foreach ((Hash256 id, ClusterInfo cluster) in (await chain.Storage.EntriesAsync(PhalaPhatContracts.Clusters, block, stop: stop).ConfigureAwait(false)).Require())
        {
            Vec<Sr25519PublicKey> workers = (await chain.Storage.GetAsync(PhalaPhatContracts.ClusterWorkers, id, block, stop).ConfigureAwait(false)).Require();
            Vec<Hash256> contracts = (await chain.Storage.GetAsync(PhalaPhatContracts.ClusterContracts, id, block, stop).ConfigureAwait(false)).Require();
            ClientResult<uint> epoch = await chain.Storage.GetAsync(PhalaRegistry.ClusterEpochs, id, block, stop).ConfigureAwait(false);
            ClientResult<ClusterAnchor> anchor = await chain.Storage.GetAsync(PhalaPhatContracts.ClusterAnchors, id, block, stop).ConfigureAwait(false);
            bool isAnchored = anchor.TryGet(out ClusterAnchor anchored, out _);
            rows.Add([
                id.ToString(),
                Ss58.Encode(cluster.Owner.AsSpan(), FrameSystem.Ss58Prefix),
                Number(workers.Length),
                Number(contracts.Length),
                epoch.TryGet(out uint number, out _) ? Number(number) : "no keys yet",
                isAnchored ? Number((long)anchored.Queue.Count) : "-",
                isAnchored ? anchored.StateRoot.ToString() : "-",
            ]);
        }

        Answer.Print(output, isJson, ListColumns, rows, "The chain has no clusters.");
    }

    private static async Task ContractsAsync(ChainClient chain, Hash256 block, TextWriter output, bool isJson, CancellationToken stop)
    {
        var contracts = (await chain.Storage.EntriesAsync(PhalaPhatContracts.Contracts, block, stop: stop).ConfigureAwait(false)).Require();
        string[][] rows = [.. contracts.Select(pair => new[] { pair.Key.ToString(), Ss58.Encode(pair.Value.Deployer.AsSpan(), FrameSystem.Ss58Prefix), pair.Value.Cluster.ToString() })];
        Answer.Print(output, isJson, ContractColumns, rows, "The chain has no contracts.");
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
