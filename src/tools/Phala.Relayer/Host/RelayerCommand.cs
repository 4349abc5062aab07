using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Numerics;
using Microsoft.Extensions.Logging;
using Phala.Chain;
using Phala.Client.Transactions;
using Phala.Crypto.Keys;
using Phala.Relayer.Metrics;
using Phala.Relayer.Options;
using Phala.Terminal;
using Phala.Terminal.Keys;

namespace Phala.Relayer.Host;

/// <summary>The command line of the relayer.</summary>
internal sealed class RelayerCommand
{
    private const int MostEntries = 1024, MostKilobytes = 1 << 16, LongestRestart = 3600;

    private const string UsualWorker = "http://127.0.0.1:8000";

    private readonly Option<Uri> _node = AddressOption.One("--substrate-ws-endpoint", "The node's JSON-RPC.", "ws://127.0.0.1:9944", "--relaychain-ws-endpoint", "--node");
    private readonly Option<Uri[]> _workers = AddressOption.Many("--pruntime-endpoint", "A worker's private listener. May be given several times. [default: http://127.0.0.1:8000]", UsualWorker);
    private readonly Option<Uri[]> _public = AddressOption.Many("--public-endpoint", "Where clients find the worker: one for each --pruntime-endpoint, in their order. [default: what the workers say]", UsualWorker);
    private readonly Option<string?> _mnemonic = new("--mnemonic") { Description = "Who pays: a secret phrase or URI such as //Alice, a file with one, or '-' for standard input. [default: asked for]" };
    private readonly Option<string?> _operator = new("--operator") { Description = "The address of who runs the workers. [default: who pays]" };
    private readonly Option<int> _fetch = new("--fetch-blocks", "--fetch-entries") { Description = "The most entries of the queue that are asked of the node at once.", DefaultValueFactory = _ => 256 };
    private readonly Option<int> _sync = new("--sync-blocks", "--sync-entries") { Description = "The most entries of the queue that are brought to a worker at once.", DefaultValueFactory = _ => MostEntries };
    private readonly Option<int> _syncBytes = new("--sync-bytes") { Description = "The most kilobytes of entries that are brought to a worker at once.", DefaultValueFactory = _ => 4096 };
    private readonly Option<uint> _longevity = new("--longevity") { Description = "For how many blocks a signed transaction is valid: a power of two from 4 to 65536.", DefaultValueFactory = _ => 64u };
    private readonly Option<ulong> _tip = new("--tip") { Description = "What is paid beyond the fee of signed transactions, in units of 10⁻¹² PHA.", DefaultValueFactory = _ => 0ul };
    private readonly Option<int> _restart = new("--restart-interval") { Description = "The longest pause, in seconds, before a node or a worker that failed is tried again.", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _prometheusPort = new("--prometheus-port") { Description = "The port of metrics and health.", DefaultValueFactory = _ => 9616 };
    private readonly Option<bool> _prometheusExternal = new("--prometheus-external") { Description = "Serve metrics to other machines." };
    private readonly Option<bool> _noPrometheus = new("--no-prometheus") { Description = "Serve no metrics." };
    private readonly Option<LogLevel> _log = new("--log", "-l") { Description = "Log lines that are written.", DefaultValueFactory = _ => LogLevel.Information };
    private readonly Option<bool> _stopWithInput = StandardInput.StopOption();
    private readonly UnusedOptions _unused = new();

    /// <summary>Makes the command.</summary>
    public RelayerCommand()
    {
        Root = new RootCommand("The relayer of a Phala chain: carries bytes between a node and workers, and is believed by neither.");
        foreach (Option option in (Option[])
            [
                _node, _workers, _public, _mnemonic, _operator, _fetch, _sync, _syncBytes, _longevity, _tip, _restart, _prometheusPort, _prometheusExternal, _noPrometheus, _log, _stopWithInput,
            ]) Root.Options.Add(option);
        _unused.AddTo(Root);
        _fetch.Within(1, MostEntries);
        _sync.Within(1, MostEntries);
        _syncBytes.Within(1, MostKilobytes);
        _restart.Within(1, LongestRestart);
        _prometheusPort.Within(0, IPEndPoint.MaxPort);
        _longevity.Validators.Add(result =>
        {
            bool isPower = result.Tokens.Count != 1 || (uint.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out uint blocks) && BitOperations.IsPow2(blocks) && blocks is >= 4 and <= 65536);
            if (!isPower) result.AddError("--longevity is a power of two from 4 to 65536.");
        });
        Root.Validators.Add(Check);
        Root.SetAction(RunAsync);
    }

    /// <summary>The root of the command tree.</summary>
    public RootCommand Root { get; }

    /// <summary>The root of the command tree.</summary>
    public static RootCommand Create() => new RelayerCommand().Root;

    /// <summary>What a command line says.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="options">What the relayer is told; null where something is wrong.</param>
    /// <returns>What is wrong, in words.</returns>
    public string? TryRead(ParseResult line, out RelayerOptions? options)
    {
        options = null;
        AccountId? account = null;
        if (line.GetValue(_operator) is { } address)
        {
            if (AddressText.TryRead(address, out byte[] bytes) is { } wrong) return wrong;
            account = new AccountId(bytes);
        }

        if (SecretInput.TryRead(line.GetValue(_mnemonic), line.InvocationConfiguration.Error, out string uri) is { } problem) return problem;
        SecretUriError error = AccountSigner.TryOpen(uri, SignatureScheme.Sr25519, out AccountSigner? signer);
        if (signer is null) return $"--mnemonic is no secret phrase or URI: {error}.";
        Uri[] workers = line.GetValue(_workers) is { Length: > 0 } given ? given : [new Uri(UsualWorker)], names = line.GetValue(_public) ?? [];
        options = new RelayerOptions
        {
            Node = line.GetValue(_node)!,
            Workers = [.. workers.Select((worker, at) => new WorkerEndpoint(worker, names.Length > 0 ? names[at] : null))],
            Signer = signer,
            Operator = account,
            FetchEntries = line.GetValue(_fetch),
            SyncEntries = line.GetValue(_sync),
            SyncBytes = line.GetValue(_syncBytes) << 10,
            LongestPause = TimeSpan.FromSeconds(line.GetValue(_restart)),
            Longevity = line.GetValue(_longevity),
            Tip = line.GetValue(_tip),
        };
        return null;
    }

    private void Check(System.CommandLine.Parsing.CommandResult result)
    {
        int workers = result.GetValue(_workers)?.Length ?? 0, names = result.GetValue(_public)?.Length ?? 0;
        if (names > 0 && names != Math.Max(1, workers)) result.AddError("Give one --public-endpoint for each --pruntime-endpoint, or none.");
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken stop)
    {
        string? problem = TryRead(line, out RelayerOptions? options);
        if (options is null) return Failure.Report(line, "error: " + problem);
        using AccountSigner signer = options.Signer;
        using ILoggerFactory logs = LoggerFactory.Create(builder => builder.SetMinimumLevel(line.GetValue(_log)).AddProvider(new LineLoggerProvider(line.InvocationConfiguration.Error)));
        ILogger log = logs.CreateLogger("pherry");
        foreach ((string name, string why) in _unused.GivenIn(line)) RelayerLog.NoEffect(log, name, why);
        RelayerMetrics metrics = new();
        MetricsServer? server = null;
        try
        {
            if (!line.GetValue(_noPrometheus)) server = await MetricsServer.StartAsync(new IPEndPoint(line.GetValue(_prometheusExternal) ? IPAddress.Any : IPAddress.Loopback, line.GetValue(_prometheusPort)), metrics).ConfigureAwait(false);
            using CancellationTokenSource ended = line.GetValue(_stopWithInput) ? StandardInput.WhenEnded(Console.OpenStandardInput(), stop) : CancellationTokenSource.CreateLinkedTokenSource(stop);
            await new RelayerHost(options, metrics, log).RunAsync(ended.Token).ConfigureAwait(false);
            return 0;
        }
        catch (IOException exception)
        {
            return Failure.Report(line, $"error: metrics can't be served at port {line.GetValue(_prometheusPort)}: {exception.Message} Choose another --prometheus-port, or --no-prometheus.");
        }
        finally
        {
            if (server is not null) await server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
