using System.CommandLine;
using System.Globalization;
using Phala.Cli.Chain;
using Phala.Cli.Output;
using Phala.Client;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Cli.Workers;

/// <summary><c>phala worker</c>: who the workers of a chain are.</summary>
internal static class WorkerCommand
{
    private static readonly string[] Columns = ["worker", "version", "attestation", "session", "leaseEnd", "cluster", "endpoint"];

    /// <summary>The command.</summary>
    public static Command Create() => new("worker", "The workers of a chain.") { List() };

    private static Command List()
    {
        ChainOptions options = new();
        Command command = new("list", "Lists registered workers with their sessions, as the node tells them.");
        options.AddTo(command);
        command.SetAction((line, stop) => options.WithChainAsync(line, chain => ListAsync(chain, line.InvocationConfiguration.Output, options.IsJson(line), stop), stop));
        return command;
    }

    private static async Task<int> ListAsync(ChainClient chain, TextWriter output, bool isJson, CancellationToken stop)
    {
        Hash256 block = (await chain.Blocks.FinalizedHashAsync(stop).ConfigureAwait(false)).Require();
        var workers = (await chain.Storage.EntriesAsync(PhalaRegistry.Workers, block, stop: stop).ConfigureAwait(false)).Require();
        var sessions = (await chain.Storage.EntriesAsync(PhalaRegistry.Sessions, block, stop: stop).ConfigureAwait(false)).Require().ToDictionary(pair => pair.Key, pair => pair.Value);
        var endpoints = (await chain.Storage.EntriesAsync(PhalaRegistry.Endpoints, block, stop: stop).ConfigureAwait(false)).Require().ToDictionary(pair => pair.Key, pair => pair.Value);
        var clusters = (await chain.Storage.EntriesAsync(PhalaPhatContracts.ClusterByWorkers, block, stop: stop).ConfigureAwait(false)).Require().ToDictionary(pair => pair.Key, pair => pair.Value);
        List<string[]> rows = [];
        foreach ((Sr25519PublicKey identity, WorkerInfoV2 worker) in workers)
        {
            SessionRecord? session = sessions.GetValueOrDefault(identity);
            rows.Add([
                identity.ToString(),
                Version(worker.RuntimeVersion),
                worker.AttestationProvider.TryGet(out AttestationProvider provider) && provider != AttestationProvider.InsecureDev ? $"{provider} {worker.ConfidenceLevel}" : "none (development)",
                session?.SigningKey.ToString() ?? "-",
                session is null ? "-" : session.LeaseEnd.ToString(CultureInfo.InvariantCulture),
                clusters.TryGetValue(identity, out Hash256 cluster) ? cluster.ToString() : "-",
                endpoints.TryGetValue(identity, out VersionedWorkerEndpoints? endpoint) && endpoint is VersionedWorkerEndpoints.V1 v1 && v1.Endpoints.Length > 0 ? v1.Endpoints[0] : "-",
            ]);
        }

        Answer.Print(output, isJson, Columns, rows, "The chain has no workers.");
        return ExitCode.Good;
    }

    private static string Version(uint version) => string.Create(CultureInfo.InvariantCulture, $"{version >> 16}.{(version >> 8) & 0xFF}.{version & 0xFF}");
}
