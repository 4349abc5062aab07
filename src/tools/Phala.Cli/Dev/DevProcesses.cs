using System.Globalization;
using Phala.Cli.Output;
using Phala.Cli.Processes;
using Phala.Crypto.Keys;

namespace Phala.Cli.Dev;

/// <summary>The processes of a development network: a node, its workers and a relayer between them.</summary>
internal sealed class DevProcesses(DevPrograms programs, DevFolder folder, DevPorts ports, DevOptions options) : IAsyncDisposable
{
    /// <summary>The names of the network's node and of its relayer.</summary>
    public const string NodeName = "node", RelayerName = "relayer";

    private const int LinesShown = 12;
    internal static readonly TimeSpan InterruptSpread = TimeSpan.FromSeconds(5);
    private readonly List<ChildProcess> _all = [];
    private readonly TaskCompletionSource<string> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All that were started, in order.</summary>
    public IReadOnlyList<ChildProcess> All => _all;

    /// <summary>The name of one of the network's workers.</summary>
    public static string WorkerName(int at) => string.Create(CultureInfo.InvariantCulture, $"worker {at + 1}");

    /// <summary>What was started for a worker last.</summary>
    public ChildProcess Worker(int at) => _all.Last(process => process.Name == WorkerName(at));

    /// <summary>Starts the node: a chain of its own with well-known keys.</summary>
    public ChildProcess StartNode() => Start(
        NodeName,
        programs.Node,
        "--dev",
        "--base-path", folder.Node,
        "--block-millisecs", Text(options.BlockMilliseconds),
        "--rpc-port", Text(ports.NodeRpc),
        "--port", Text(ports.NodePeers),
        "--prometheus-port", Text(ports.NodeMetrics));

    /// <summary>Starts a worker.</summary>
    public void StartWorker(int at) => StartWorker(WorkerName(at), programs.Worker, folder.Worker(at), ports.Workers[at]);

    /// <summary>Starts a worker that is none of the network's.</summary>
    /// <param name="name">What it is to the user.</param>
    /// <param name="program">Its program.</param>
    /// <param name="data">Its data.</param>
    /// <param name="listens">Its ports.</param>
    public ChildProcess StartWorker(string name, string program, string data, (int Private, int Public) listens) => Start(
        name,
        program,
        "--insecure-dev-attestation",
        "--data-dir", data,
        "--port", Text(listens.Private),
        "--public-port", Text(listens.Public));

    /// <summary>Starts the network's relayer. Ferdie pays.</summary>
    public void StartRelayer() => StartRelayer(RelayerName, [.. Enumerable.Range(0, ports.Workers.Count).Select(at => (ports.PrivateWorker(at), ports.PublicWorker(at)))]);

    /// <summary>Starts a relayer for some workers.</summary>
    /// <param name="name">What it is to the user.</param>
    /// <param name="workers">Their listeners.</param>
    /// <param name="payer">The account that pays.</param>
    public ChildProcess StartRelayer(string name, IReadOnlyList<(Uri Private, Uri Public)> workers, string payer = "Ferdie") => Start(
        name,
        programs.Relayer,
        [
            "--substrate-ws-endpoint", ports.Node.ToString(),
            .. workers.SelectMany(worker => (string[])["--pruntime-endpoint", worker.Private.ToString(), "--public-endpoint", worker.Public.ToString()]),
            "--mnemonic", DevAccounts.Uri(payer),
            .. name == RelayerName ? (string[])["--prometheus-port", Text(ports.RelayerMetrics)] : ["--no-prometheus"],
        ]);

    /// <summary>What was started under a name last.</summary>
    public ChildProcess Named(string name) => _all.Last(process => process.Name == name);

    /// <summary>Ends a process at once, if it runs, and starts it again on the same data and ports.</summary>
    /// <param name="name">What was started under it last.</param>
    public async Task RestartAsync(string name)
    {
        int at = _all.FindLastIndex(process => process.Name == name);
        _all[at] = await _all[at].RestartAsync().ConfigureAwait(false);
        _ = WatchAsync(_all[at]);
    }

    /// <summary>Ends when a process has that should not; says which, and what it said last.</summary>
    public Task<string> Failure => _failure.Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _stopping.TrySetResult();

        // Those that depend on others first; each kind at once.
        foreach (IGrouping<string, ChildProcess> kind in _all.AsEnumerable().Reverse().GroupBy(process => process.Name.Split(' ')[0]))
        {
            await Task.WhenAll(kind.Select(process => process.DisposeAsync().AsTask())).ConfigureAwait(false);
        }
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private ChildProcess Start(string name, string program, params string[] arguments)
    {
        ChildProcess process = ChildProcess.Start(name, program, arguments, folder.Log(name.Replace(' ', '-')));
        _all.Add(process);
        _ = WatchAsync(process);
        return process;
    }

    private async Task WatchAsync(ChildProcess process)
    {
        await process.Ended.ConfigureAwait(false);

        // Ctrl-C goes to all programs of a terminal: one that ended as by it may have done so before this program has heard of it.
        if (process.ExitCode is 0 or ExitCode.Interrupted) await Task.WhenAny(_stopping.Task, Task.Delay(InterruptSpread)).ConfigureAwait(false);
        if (_stopping.Task.IsCompleted || process.IsStopped) return;
        string lines = string.Join('\n', process.LastLines(LinesShown).Select(line => "  " + line));
        _failure.TrySetResult($"The {process.Name} ended with exit code {process.ExitCode}. Its last lines ({process.LogFile}):\n{lines}");
    }
}
