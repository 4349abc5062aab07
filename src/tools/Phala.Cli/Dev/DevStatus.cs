using System.Globalization;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Queue;
using Phala.Terminal;
using Phala.Trie;
using Spectre.Console;

namespace Phala.Cli.Dev;

/// <summary>What a running network shows: on a terminal a table that is drawn again with each block, otherwise a line now and then.</summary>
/// <param name="network">The network.</param>
/// <param name="transcript">Where it goes.</param>
internal sealed class DevStatus(DevNetwork network, Transcript transcript)
{
    private const uint BlocksBetweenLines = 20;

    /// <summary>Shows it until somebody stops it, or a program ends that should not.</summary>
    /// <exception cref="SetupException">A program ended.</exception>
    public async Task ShowAsync(CancellationToken stop)
    {
        await PrintAddressesAsync().ConfigureAwait(false);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task showing = TerminalFacts.IsErrorTerminal && !Console.IsOutputRedirected && !transcript.IsJson ? DrawAsync(ended.Token) : PrintAsync(ended.Token);
        if (await Task.WhenAny(showing, network.Processes.Failure).ConfigureAwait(false) != showing)
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new SetupException(await network.Processes.Failure.ConfigureAwait(false));
        }

        await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await transcript.SayAsync("\nStopping.").ConfigureAwait(false);
    }

    private async Task PrintAddressesAsync()
    {
        List<(string Name, string Value)> lines = [("node", network.Ports.Node.ToString()), ("genesis", network.Chain.Genesis.ToString())];
        for (int at = 0; at < network.Workers.Count; at++) lines.Add(($"worker{(at + 1).ToString(CultureInfo.InvariantCulture)}", $"{network.Ports.PublicWorker(at)}  {network.Workers[at]}"));
        lines.Add(("metrics", $"http://127.0.0.1:{network.Ports.NodeMetrics}/metrics http://127.0.0.1:{network.Ports.RelayerMetrics}/metrics"));
        lines.Add(("cluster", DevVault.Cluster.ToString()));
        lines.Add(("vault", DevVault.Id.ToString()));
        lines.Add(("accounts", string.Join(", ", DevAccounts.Names.Select(name => DevAccounts.Uri(name))) + ": 10 million PHA each, keys that everybody knows"));
        lines.Add(("data", network.Root));
        await transcript.NoteAsync("network", [.. lines.Select(line => (line.Name, (JsonNode?)line.Value))]).ConfigureAwait(false);
        if (transcript.IsJson) return;
        Answer.Print(transcript.Output, isJson: false, lines);
        await transcript.SayAsync("").ConfigureAwait(false);
    }

    private Task DrawAsync(CancellationToken stop)
    {
        IAnsiConsole console = Answer.Console(transcript.Output);
        return console.Live(new Table()).AutoClear(true).StartAsync(async display =>
        {
            await foreach (DevFigures figures in FiguresAsync(stop).ConfigureAwait(false)) display.UpdateTarget(figures.Draw(console.Profile.Width));
        });
    }

    private async Task PrintAsync(CancellationToken stop)
    {
        await foreach (DevFigures figures in FiguresAsync(stop).ConfigureAwait(false))
        {
            if (figures.Best % BlocksBetweenLines != 0) continue;
            await transcript.SayAsync(figures.ToLine()).ConfigureAwait(false);
            await transcript.NoteAsync("status", [.. figures.ToFields()]).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<DevFigures> FiguresAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await using ClientSubscription<Header> heads = (await network.Chain.Blocks.SubscribeAsync(HeadKind.Best, stop).ConfigureAwait(false)).Require();
        await foreach (ClientResult<Header> head in heads.ReadAllAsync(stop).ConfigureAwait(false))
        {
            yield return await ReadAsync(head.Require(), stop).ConfigureAwait(false);
        }
    }

    private async Task<DevFigures> ReadAsync(Header best, CancellationToken stop)
    {
        Hash256 block = best.Hash();
        BlockId final = (await network.Chain.Blocks.FinalizedAsync(stop).ConfigureAwait(false)).Require();
        QueueHead queue = (await network.Chain.Storage.GetAsync(PhalaMq.QueueHead, block, stop).ConfigureAwait(false)).Require();
        ClientResult<ClusterAnchor> anchor = await network.Chain.Storage.GetAsync(PhalaPhatContracts.ClusterAnchors, DevVault.Cluster, block, stop).ConfigureAwait(false);
        List<WorkerFigures> workers = [];
        for (int at = 0; at < network.Workers.Count; at++)
        {
            WorkerFacts? facts = await WorkerFacts.TryReadAsync(network.Http, network.Ports.PrivateWorker(at), stop).ConfigureAwait(false);
            var session = await network.Chain.Storage.GetAsync(PhalaRegistry.Sessions, network.Workers[at], block, stop).ConfigureAwait(false);
            uint? leaseEnd = session.TryGet(out var record, out _) ? record.LeaseEnd : null;
            long? lag = facts is null ? null : Math.Max(0, (long)final.Number + 1 - facts.Header);
            workers.Add(new WorkerFigures(lag, leaseEnd, network.Processes.Worker(at).Memory));
        }

        return new DevFigures(best.Number, final.Number, queue.Count, anchor.TryGet(out ClusterAnchor anchored, out _) ? anchored.Queue.Count : 0, workers);
    }
}
