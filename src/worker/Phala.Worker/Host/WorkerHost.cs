using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Phala.Codec;
using Phala.Worker.Attestation;
using Phala.Worker.Boot;
using Phala.Worker.Contracts;
using Phala.Worker.Files;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Options;
using Phala.Worker.Queries;
using Phala.Worker.Rpc;
using Phala.Worker.Sealing;

namespace Phala.Worker.Host;

/// <summary>The worker: its parts put together, begun and ended.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    /// <summary>Gas of a second on the machine that the unit is defined by.</summary>
    private const ulong GasOfSecond = 1_000_000_000_000;

    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WorkerOptions _options;
    private readonly IDisposable _folder;
    private readonly SoftwareSealing _sealing;
    private readonly QueryPool _pool;
    private readonly QueryService _queries;
    private readonly TimeProvider _time;
    private PrpcListener? _private, _public;
    private Task _checkpoints = Task.CompletedTask;

    private WorkerHost(WorkerOptions options, WorkerCore core, IDisposable folder, SoftwareSealing sealing, TimeProvider time)
    {
        (_options, Core, _folder, _sealing, _time) = (options, core, folder, sealing, time);
        _pool = new QueryPool(options.Cores, options.QueryTimeout);
        _queries = new QueryService(core.Session, () => core.View, _pool, (ulong)options.QueryTimeout.TotalSeconds * GasOfSecond, options.QueryTimeout);
    }

    /// <summary>The worker without its doors.</summary>
    public WorkerCore Core { get; }

    /// <summary>Completed when the worker was told to stop, or can't go on.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Why it can't go on, in words.</summary>
    public string? Failure { get; private set; }

    /// <summary>Where the private listener is.</summary>
    public IPEndPoint PrivateEndPoint => _private!.EndPoint;

    /// <summary>Where the public listener is; null where there is none.</summary>
    public IPEndPoint? PublicEndPoint => _public?.EndPoint;

    /// <summary>Begins a worker.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="attestation">What vouches.</param>
    /// <param name="logs">Where its log goes.</param>
    /// <param name="time">The host's clock: for metrics and checkpoints, never for trust.</param>
    /// <returns>The worker; or null and why it can't begin.</returns>
    public static async Task<(WorkerHost? Worker, WorkerProblem? Problem)> StartAsync(WorkerOptions options, IAttestationProvider attestation, ILoggerFactory logs, TimeProvider time)
    {
        ILogger log = logs.CreateLogger<WorkerHost>();
        HostLog.Begins(log, WorkerInfo.Version, options.DataDir);
        if (attestation.IsInsecure) HostLog.Insecure(log, attestation.Description);
        WorkerHost? worker = null;
        WorkerProblem? problem;
        try
        {
            (worker, problem) = Open(options, attestation, log, time);
            if (worker is null) return (null, problem);
            await worker.ServeAsync(attestation, logs, log).ConfigureAwait(false);
            return (worker, null);
        }
        catch (Exception failure) when (failure is IOException or SocketException or UnauthorizedAccessException)
        {
            problem = new WorkerProblem(worker is null ? $"{options.DataDir} can't be used: {failure.Message}" : $"Can't listen: {failure.Message}", ExitCodes.Failed);
        }

        if (worker is not null) await worker.DisposeAsync().ConfigureAwait(false);
        return (null, problem);
    }

    /// <summary>Ends the worker: no new requests, those under way are answered, what is known is written.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        if (_public is not null) await _public.DisposeAsync().ConfigureAwait(false);
        if (_private is not null) await _private.DisposeAsync().ConfigureAwait(false);
        await _checkpoints.ConfigureAwait(false);
        await _pool.DisposeAsync().ConfigureAwait(false);
        await Core.DisposeAsync().ConfigureAwait(false);
        _sealing.Dispose();
        _folder.Dispose();
        _ending.Dispose();
    }

    private static (WorkerHost? Worker, WorkerProblem? Problem) Open(WorkerOptions options, IAttestationProvider attestation, ILogger log, TimeProvider time)
    {
        if (!TryMakeHttp(options, out ContractHttp? http, out WorkerProblem? unreadable)) return (null, unreadable);
        DiskFileSystem files = new();
        files.CreateDirectory(options.DataDir);
        IDisposable? folder = files.TryLock(Path.Combine(options.DataDir, "lock"));
        if (folder is null) return (null, new WorkerProblem($"{options.DataDir} is in use by another worker.", ExitCodes.Failed));
        bool isEmpty = !files.List(options.DataDir).Any(name => name.EndsWith(".seal", StringComparison.Ordinal));
        SoftwareSealing? sealing = SoftwareSealing.TryOpen(files, options.DataDir, isEmpty);
        if (sealing is null)
        {
            folder.Dispose();
            return (null, new WorkerProblem($"The sealing key in {options.DataDir} is missing or damaged, and sealed files are there. Restore it from a backup; nothing was overwritten.", ExitCodes.DamagedSeal));
        }

        HostLog.InsecureSealing(log, sealing.Description);
        WorkerParts parts = new() { Files = files, Folder = options.DataDir, Sealing = sealing, Attestation = attestation, Http = http, Kept = options.MaxCheckpointFiles, Log = log };
        if (WorkerCore.TryOpen(parts, out WorkerCore? core, out string? problem)) return (new WorkerHost(options, core, folder, sealing, time), null);
        sealing.Dispose();
        folder.Dispose();
        return (null, new WorkerProblem(problem, ExitCodes.DamagedSeal));
    }

    private static bool TryMakeHttp(WorkerOptions options, [NotNullWhen(true)] out ContractHttp? http, [NotNullWhen(false)] out WorkerProblem? problem)
    {
        (http, problem) = (null, null);
        X509Certificate2Collection authorities = Authorities.Embedded();
        if (options.ContractAuthorities is { } file)
        {
            if (!File.Exists(file) || !Authorities.TryRead(File.ReadAllText(file), out X509Certificate2Collection? more))
            {
                problem = new WorkerProblem($"{file} holds no PEM certificates.", ExitCodes.Failed);
                return false;
            }

            authorities.AddRange(more);
        }

        http = new ContractHttp(new ContractHttpOptions { Authorities = authorities, AllowLoopback = options.AllowContractLoopback });
        return true;
    }

    private async Task ServeAsync(IAttestationProvider attestation, ILoggerFactory logs, ILogger log)
    {
        HostLog.Identity(log, attestation.Measurement, Core.Identity.PublicKey, Core.Session.SigningKey);
        PrpcTable table = new();
        new ClientApi(Core, _queries, new WorkerInfo(Core, attestation, _options), _options, _time).AddTo(table);
        new SyncApi(Core).AddTo(table);
        table
            .AddAsync<Empty, SyncedTo>(PrpcMethods.TakeCheckpoint, false, 1024, (_, _) => CheckpointAsync())
            .Add<StopOptions, Empty>(PrpcMethods.Stop, false, 1024, StopNow);
        PrpcPages pages = new(() => Core.View.NotServing is null, new WorkerMetrics(Core, _queries, _pool, attestation, _time).Write);
        _private = await PrpcListener.StartAsync(_options.Private, table, pages, isPublic: false, logs).ConfigureAwait(false);
        HostLog.ListeningPrivately(log, _private.EndPoint);
        if (_options.Public is { } address)
        {
            _public = await PrpcListener.StartAsync(address, table, pages, isPublic: true, logs).ConfigureAwait(false);
            HostLog.ListeningPublicly(log, _public.EndPoint);
        }

        _checkpoints = TakeCheckpointsAsync();
        _ = WatchAsync();
    }

    private async Task TakeCheckpointsAsync()
    {
        using PeriodicTimer timer = new(_options.CheckpointInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token).ConfigureAwait(false)) await Core.TakeCheckpointAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The worker ends, and takes the last one itself.
        }
    }

    private async Task WatchAsync()
    {
        Failure = await Core.Failed.ConfigureAwait(false);
        _stopped.TrySetResult();
    }

    private async ValueTask<Result<SyncedTo, PrpcRefusal>> CheckpointAsync() => await Core.TakeCheckpointAsync().ConfigureAwait(false)
        ? Result<SyncedTo, PrpcRefusal>.Ok(new SyncedTo { SyncedToValue = Core.View.Head?.Block.Number ?? 0 })
        : Result<SyncedTo, PrpcRefusal>.Err(new PrpcRefusal("Files can't be written."));

    private Result<Empty, PrpcRefusal> StopNow(StopOptions options)
    {
        if (options.RemoveCheckpoints) return Result<Empty, PrpcRefusal>.Err(new PrpcRefusal("Snapshots are not removed while the worker runs: stop it and delete the files."));
        _stopped.TrySetResult();
        return Result<Empty, PrpcRefusal>.Ok(new Empty());
    }
}
