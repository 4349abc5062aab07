using Phala.Cli.Processes;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Interface.Contracts;

namespace Phala.Cli.Dev;

/// <summary>A whole network on one machine: a node, workers and the relayer between them as processes, a gatekeeper, a cluster of all workers and a vault in it.</summary>
internal sealed class DevNetwork : IAsyncDisposable
{
    private readonly DevFolder _folder;

    private DevNetwork(DevOptions options, DevPrograms programs, DevPorts ports, DevFolder folder) =>
        (Options, Programs, Ports, _folder, Processes) = (options, programs, ports, folder, new DevProcesses(programs, folder, ports, options));

    /// <summary>What was asked for.</summary>
    public DevOptions Options { get; }

    /// <summary>Where the programs are.</summary>
    public DevPrograms Programs { get; }

    /// <summary>Where everybody listens.</summary>
    public DevPorts Ports { get; }

    /// <summary>The programs.</summary>
    public DevProcesses Processes { get; }

    /// <summary>The folder with everybody's data and logs.</summary>
    public string Root => _folder.Root;

    /// <summary>The connection to the node.</summary>
    public ChainClient Chain { get; private set; } = null!;

    /// <summary>Asks workers.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>The workers' identities.</summary>
    public IReadOnlyList<Sr25519PublicKey> Workers { get; private set; } = [];

    /// <summary>Alice, who owns the cluster and does what root may.</summary>
    public AccountSigner Alice { get; } = AccountSigner.Development("Alice");

    /// <summary>The chain's setup.</summary>
    public DevSetup Setup { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="stages">Where progress is told.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <exception cref="SetupException">It could not be started; what was started has been stopped.</exception>
    public static async Task<DevNetwork> StartAsync(DevOptions options, DevStages stages, CancellationToken stop)
    {
        DevPrograms programs = DevPrograms.Find(out string missing) ?? throw new SetupException($"{missing} is not there: build the whole solution (dotnet build -c Release).");
        DevFolder folder = DevFolder.TryOpen(options.BasePath) ?? throw new SetupException($"Another network uses {options.BasePath}: stop it, or choose another --base-path.");
        DevPorts ports = DevPorts.Choose(options.Workers, areUsual: !options.IsOnce);
        DevNetwork network = new(options, programs, ports, folder);
        try
        {
            using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task starting = network.StartAsync(stages, failed.Token);
            if (await Task.WhenAny(starting, network.Processes.Failure).ConfigureAwait(false) != starting)
            {
                await failed.CancelAsync().ConfigureAwait(false);
                await starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw new SetupException(await network.Processes.Failure.ConfigureAwait(false));
            }

            await starting.ConfigureAwait(false);
            return network;
        }
        catch
        {
            await network.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects to the node, as soon as it listens.</summary>
    public async Task<ChainClient> ConnectAsync(CancellationToken stop)
    {
        while (true)
        {
            ClientResult<ChainClient> client = await ChainClient.ConnectAsync(Ports.Node, stop: stop).ConfigureAwait(false);
            if (client.TryGet(out ChainClient? connected, out _)) return connected;
            await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Chain is not null) await Chain.DisposeAsync().ConfigureAwait(false);
        await Processes.DisposeAsync().ConfigureAwait(false);
        Http.Dispose();
        Alice.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(DevStages stages, CancellationToken stop)
    {
        Processes.StartNode();
        for (int at = 0; at < Options.Workers; at++) Processes.StartWorker(at);
        await stages.DoAsync("node", async () => Chain = await ConnectAsync(stop).ConfigureAwait(false)).ConfigureAwait(false);
        Setup = new DevSetup(Chain, Alice, Options.DepositPerItem, Options.DepositPerByte);
        await stages.DoAsync($"{Options.Workers} workers (attestation: none, development)", async () => Workers = await IdentitiesAsync(stop).ConfigureAwait(false)).ConfigureAwait(false);
        Processes.StartRelayer();
        await stages.DoAsync("program allowed, workers registered, sessions recorded", () => Task.WhenAll(AllowAsync(Programs.Worker, stop), Setup.RecordedAsync(Workers, stop))).ConfigureAwait(false);
        await stages.DoAsync("gatekeeper in office, cluster and vault founded", () => Setup.FoundAsync(Workers, stop)).ConfigureAwait(false);
        await stages.DoAsync("cluster has keys", () => Setup.KeyedAsync(stop)).ConfigureAwait(false);
        await stages.DoAsync("vault is served", () => ServedAsync(stop)).ConfigureAwait(false);
    }

    /// <summary>Waits until the chain has the vault and this network's workers answer for it: after a second start they have new sessions, and the cluster to execute again.</summary>
    private async Task ServedAsync(CancellationToken stop)
    {
        await Setup.ExecutedAsync(stop).ConfigureAwait(false);
        using VerifiedChain verified = (await VerifiedChain.StartAsync(Chain, stop).ConfigureAwait(false)).Require();
        using ClusterClient cluster = new(Chain, verified, Http, DevVault.Cluster);
        while (!await AnswerAsync(cluster, stop).ConfigureAwait(false)) await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(false);
    }

    private async Task<bool> AnswerAsync(ClusterClient cluster, CancellationToken stop)
    {
        if (!(await cluster.FactsAsync(stop).ConfigureAwait(false)).TryGet(out ClusterFacts? facts, out _)) return false;
        ClusterMember[] own = [.. facts.Members.Where(member => Workers.Contains(member.Identity))];
        foreach (ClusterMember member in own)
        {
            if (!(await cluster.AskAsync(member, DevVault.Id, VaultCalls.List(), Alice, stop).ConfigureAwait(false)).IsOk) return false;
        }

        return own.Length > 0;
    }

    private async Task<IReadOnlyList<Sr25519PublicKey>> IdentitiesAsync(CancellationToken stop)
    {
        List<Sr25519PublicKey> identities = [];
        while (identities.Count < Options.Workers)
        {
            WorkerFacts? facts = await WorkerFacts.TryReadAsync(Http, Ports.PrivateWorker(identities.Count), stop).ConfigureAwait(false);
            if (facts is null) await Task.Delay(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(false);
            else identities.Add(facts.Identity);
        }

        return identities;
    }

    private async Task AllowAsync(string program, CancellationToken stop)
    {
        byte[] measurement = await ProgramMeasurement.OfAsync(program, stop).ConfigureAwait(false);
        await Setup.AllowAsync(new Measurement(measurement), stop).ConfigureAwait(false);
    }
}
