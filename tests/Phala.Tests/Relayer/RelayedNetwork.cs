using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Phala.Chain;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Transactions;
using Phala.Relayer.Host;
using Phala.Relayer.Metrics;
using Phala.Relayer.Options;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Workers;
using Phala.Tests.Client;
using Phala.Tests.Node.Storage;
using Phala.Worker.Attestation;
using Phala.Worker.Host;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Options;
using Xunit;

namespace Phala.Tests.Relayer;

/// <summary>A development node and a worker in this process, and as many relayers between them as a test begins.</summary>
internal sealed class RelayedNetwork : IAsyncDisposable
{
    private static readonly Measurement Program = new([.. Enumerable.Repeat((byte)7, Measurement.Size)]);
    private readonly TemporaryDirectory _directory = new();
    private readonly DevNode _node = new();
    private readonly AccountSigner _alice = AccountSigner.Development("Alice");
    private ChainClient? _chain;
    private WorkerHost? _worker;

    public ChainClient Chain => _chain!;

    public WorkerHost Worker => _worker!;

    public SyncStatus Status => Worker.Core.Status();

    public Uri NodeAddress => _node.Address;

    public Uri WorkerAddress => new($"http://{Worker.PrivateEndPoint}/");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Begins node and worker; the chain allows the worker's program.</summary>
    public static async Task<RelayedNetwork> StartAsync()
    {
        RelayedNetwork network = new();
        await network._node.InitializeAsync();
        network._chain = await network._node.ConnectAsync();
        await network.StartWorkerAsync();
        await network.SudoAsync(new PhalaRegistry.AddPruntime(Program));
        return network;
    }

    public async Task StartWorkerAsync()
    {
        WorkerOptions options = new() { DataDir = _directory.Path, Private = new IPEndPoint(IPAddress.Loopback, 0), Public = null };
        (_worker, WorkerProblem? problem) = await WorkerHost.StartAsync(options, new InsecureDevAttestation(Program), NullLoggerFactory.Instance, TimeProvider.System);
        Assert.True(_worker is not null, problem?.Words);
    }

    public async Task StopWorkerAsync() => await Worker.DisposeAsync();

    /// <summary>Begins a relayer that Ferdie or another pays for.</summary>
    public (RelayerMetrics Metrics, Task Running) Relay(CancellationToken stop, string payer = "Ferdie", Uri? worker = null)
    {
        RelayerMetrics metrics = new();
        RelayerOptions options = new()
        {
            Node = _node.Address,
            Workers = [new WorkerEndpoint(worker ?? WorkerAddress, new Uri("http://worker.example.org:8001"))],
            Signer = AccountSigner.Development(payer),
        };
        return (metrics, new RelayerHost(options, metrics, NullLogger.Instance).RunAsync(stop));
    }

    public async Task SudoAsync<T>(T call)
        where T : ICall<T>
    {
        TransactionResult result = (await Chain.Transactions.SendAsync(_alice, new Sudo.SudoCall(RuntimeCall.Of(call)), null, Stop)).Require();
        Assert.True(result.IsSuccess, result.ErrorName);
        Assert.All(result.EventsOf<Sudo.Sudid>(), sudid => Assert.False(sudid.SudoResult.IsError));
    }

    /// <summary>Looks at every final block until something is so.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        await using ClientSubscription<Header> heads = (await Chain.Blocks.SubscribeAsync(HeadKind.Finalized, Stop)).Require();
        while (!await isSo()) Assert.True((await heads.NextAsync(Stop)).IsOk);
    }

    public Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await Chain.DisposeAsync();
        await _node.DisposeAsync();
        _alice.Dispose();
        _directory.Dispose();
    }
}
