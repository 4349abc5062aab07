using Phala.Chain;
using Phala.Cli.Dev;
using Phala.Cli.Processes;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Clusters;
using Phala.Client.Verification;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Interface.Contracts;

namespace Phala.Cli.Attack;

/// <summary>A host copies a worker with its sealed keys. The copy goes on with the chain; the original's view stays where it is, and its host lets it answer.</summary>
internal static class CloneAttack
{
    /// <summary>The worker that is copied: not the gatekeeper.</summary>
    private const int Copied = 1;

    /// <summary>Runs it.</summary>
    public static async Task RunAsync(DevNetwork network, AttackReport report, CancellationToken stop)
    {
        using VerifiedChain verified = (await VerifiedChain.StartAsync(network.Chain, stop).ConfigureAwait(false)).Require();
        using ClusterClient cluster = new(network.Chain, verified, network.Http, DevVault.Cluster);
        ClusterFacts before = (await cluster.FactsAsync(stop).ConfigureAwait(false)).Require();
        ClusterMember original = before.Members.Single(member => member.Identity == network.Workers[Copied]);
        ClientResult<VerifiedAnswer> honest = await cluster.AskAsync(original, DevVault.Id, VaultCalls.List(), network.Alice, stop).ConfigureAwait(false);
        await report.HonestAsync($"a query to the worker at {original.Address}", honest.IsOk, honest.Failure?.ToString() ?? "its answer is verified").ConfigureAwait(false);

        await report.SayAsync("\nThe host stops the worker's clock: no more blocks for it. It copies the worker's folder and starts the copy, which follows the chain.").ConfigureAwait(false);
        await network.Processes.Named(DevProcesses.RelayerName).StopAsync().ConfigureAwait(false);
        (Uri Private, Uri Public) clone = StartClone(network);
        network.Processes.StartRelayer("second relayer", [(network.Ports.PrivateWorker(0), network.Ports.PublicWorker(0)), clone]);
        SessionRecord session = await NextSessionAsync(network, original.Session, stop).ConfigureAwait(false);
        await report.SayAsync($"  the chain has recorded the copy's session {session.SigningKey}; the old one was {original.Session.SigningKey}").ConfigureAwait(false);

        await report.SayAsync("\nThe host lets the old worker answer, with its old session and its old view.").ConfigureAwait(false);
        ClientResult<VerifiedAnswer> stale = await cluster.AskAsync(original, DevVault.Id, VaultCalls.List(), network.Alice, stop).ConfigureAwait(false);
        await report.AttemptAsync("the answer of the old worker", !stale.IsOk, stale.Failure?.Message ?? "the client believed it").ConfigureAwait(false);
    }

    private static (Uri Private, Uri Public) StartClone(DevNetwork network)
    {
        string source = Path.Combine(network.Root, $"worker-{Copied + 1}"), copy = Path.Combine(network.Root, "clone");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Path.GetFileName(file) != "lock") File.Copy(file, target);
        }

        HashSet<int> taken = [];
        (int Private, int Public) ports = (FreePort.Near(8110, taken), FreePort.Near(8111, taken));
        network.Processes.StartWorker("clone", network.Programs.Worker, copy, ports);
        return (new Uri($"http://127.0.0.1:{ports.Private}"), new Uri($"http://127.0.0.1:{ports.Public}"));
    }

    private static async Task<SessionRecord> NextSessionAsync(DevNetwork network, SessionRecord old, CancellationToken stop)
    {
        Sr25519PublicKey worker = network.Workers[Copied];
        await using ClientSubscription<Header> heads = (await network.Chain.Blocks.SubscribeAsync(HeadKind.Finalized, stop).ConfigureAwait(false)).Require();
        while (true)
        {
            Header head = (await heads.NextAsync(stop).ConfigureAwait(false)).Require();
            SessionRecord now = (await network.Chain.Storage.GetAsync(PhalaRegistry.Sessions, worker, head.Hash(), stop).ConfigureAwait(false)).Require();
            if (now.SigningKey != old.SigningKey) return now;
        }
    }
}
