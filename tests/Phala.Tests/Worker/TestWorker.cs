using Microsoft.Extensions.Logging.Abstractions;
using Phala.Clusters.Execution;
using Phala.LightClient.Delivery;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Attestation;
using Phala.Worker.Boot;
using Phala.Worker.Host;
using Phala.Worker.Interface.Sync;
using Phala.Worker.Options;
using Phala.Worker.Queries;
using Phala.Worker.Rpc;
using Phala.Worker.Sealing;
using Phala.Worker.Sync;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>A worker without its doors, on a disk in memory. Its RPC is called as bytes.</summary>
internal sealed class TestWorker
{
    private static readonly QueryPool Pool = new(2, TimeSpan.FromMinutes(2));
    private readonly ISealingProvider _sealing;
    private PrpcTable _table = new();
    private WorkerCore? _core;

    private readonly int _spacing;

    public TestWorker(FilesInMemory? files = null, ISealingProvider? sealing = null, ContractCodes? codes = null, int spacing = QueueWaypoints.DefaultSpacing)
    {
        _spacing = spacing;
        (Files, _sealing, Codes) = (files ?? new FilesInMemory(), sealing ?? new FixedSealing(1), codes ?? ContractCodes.Standard);
        Relayer = new TestRelayer(Call);
        Start();
    }

    public FilesInMemory Files { get; set; }

    public ContractCodes Codes { get; set; }

    public TestRelayer Relayer { get; }

    public WorkerCore Core => _core ?? throw new InvalidOperationException("The worker does not run.");

    public SyncEngine Engine => Core.Engine!;

    public Sr25519PublicKey Identity => Core.Identity.PublicKey;

    public SyncStatus Status => Core.Status();

    public void Start()
    {
        Assert.True(TryStart(out string? problem), problem);
    }

    public bool TryStart(out string? problem)
    {
        WorkerParts parts = new()
        {
            Files = Files,
            Folder = "/data",
            Sealing = _sealing,
            Attestation = new InsecureDevAttestation(new Measurement([.. Enumerable.Repeat((byte)7, Measurement.Size)])),
            Codes = Codes,
            Kept = 3,
            WaypointSpacing = _spacing,
            Log = NullLogger.Instance,
        };
        if (!WorkerCore.TryOpen(parts, out _core, out problem)) return false;
        _table = new PrpcTable();
        new SyncApi(_core).AddTo(_table);
        WorkerOptions options = new() { DataDir = "/data", Cores = 2 };
        WorkerCore core = _core;
        QueryService queries = new(core.Session, () => core.View, Pool, 10_000_000_000_000, TimeSpan.FromSeconds(60));
        new ClientApi(core, queries, new WorkerInfo(core, parts.Attestation, options), options, TimeProvider.System).AddTo(_table);
        return true;
    }

    /// <summary>Ends it gracefully.</summary>
    public async Task StopAsync() => await Core.DisposeAsync();

    /// <summary>Ends it as a kill would, and starts it again.</summary>
    public async Task KillAndStartAsync()
    {
        await Core.AbandonAsync();
        Files = new FilesInMemory(Files.Inner.AfterKill()) { IsBroken = Files.IsBroken };
        Start();
    }

    /// <summary>Whether there is a method of a name.</summary>
    public bool Has(string method) => _table.Find(method) is not null;

    /// <summary>Calls a method.</summary>
    public byte[]? Call(string method, byte[] body)
    {
        PrpcReply reply = _table.Find(method)!.CallAsync(body, isJson: false, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return reply.Status == PrpcStatus.Ok ? reply.Body : null;
    }
}
