using System.CommandLine;
using System.Globalization;
using System.Net;
using Phala.Crypto.Keys;
using Phala.Node.Network;
using Phala.Node.Rpc;
using Phala.Node.Storage;
using Phala.Runtime.Genesis;
using Phala.Terminal;
using Phala.Terminal.Keys;

namespace Phala.Node.Options;

/// <summary>The command line of the node itself: what operators of Substrate nodes know, with the same meaning.</summary>
internal sealed class NodeCommand
{
    /// <summary>More would not fit the length of a buffer.</summary>
    private const int MostMegabytes = 1024;

    private readonly Option<bool> _dev = new("--dev") { Description = "Run the development chain: blocks and finality at once, unsafe RPC from this machine, data thrown away at the end unless --base-path is given." };
    private readonly Option<bool> _tmp = new("--tmp") { Description = "Throw the data away at the end." };
    private readonly Option<string?> _chain = new("--chain") { Description = "The chain: dev, local, or a file with a chain specification. [default: dev]" };
    private readonly Option<string?> _basePath = new("--base-path", "-d") { Description = "The folder for the chain's data." };
    private readonly Option<string?> _name = new("--name") { Description = "The node's name." };
    private readonly Option<bool> _validator = new("--validator") { Description = "Make blocks with the keys that the node has." };
    private readonly Option<ulong?> _blockMillisecs = new("--block-millisecs") { Description = "The length of a slot of a built-in chain in milliseconds. A chain keeps the one it began with. [default: 1000 for dev]" };
    private readonly Option<string> _pruning = new("--pruning", "--state-pruning") { Description = "States that are kept: archive, or the last N. A chain that began as an archive stays one.", DefaultValueFactory = _ => "256" };
    private readonly Option<int?> _port = new("--port") { Description = "The port for peers, with and without WebSocket. [default: 30333, or a free one if that is in use]" };
    private readonly Option<string[]> _listenAddr = new("--listen-addr") { Description = "Where to take peers instead, such as /ip4/0.0.0.0/tcp/30333/ws. May be given several times. [default: this machine only with --dev, else all of its IPv4 addresses]" };
    private readonly Option<string[]> _publicAddr = new("--public-addr") { Description = "An address under which peers reach this node from elsewhere, such as /dns/node.example.org/tcp/443/wss. May be given several times." };
    private readonly Option<int> _inPeers = new("--in-peers") { Description = "The most connections of peers.", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _rpcPort = new("--rpc-port") { Description = "The port of RPC over HTTP and WebSocket.", DefaultValueFactory = _ => 9944 };
    private readonly Option<bool> _rpcExternal = new("--rpc-external") { Description = "Serve RPC to other machines. Methods that are unsafe then need --rpc-methods unsafe." };
    private readonly Option<RpcMethodPolicy> _rpcMethods = new("--rpc-methods") { Description = "Which methods are served: safe, unsafe (all), or auto (unsafe ones only to this machine).", DefaultValueFactory = _ => RpcMethodPolicy.Auto };
    private readonly Option<string?> _rpcCors = new("--rpc-cors") { Description = "Origins of web pages that may use RPC, separated by commas, or all. [default: this machine's; all with --dev]" };
    private readonly Option<int> _rpcMaxConnections = new("--rpc-max-connections") { Description = "The most connections.", DefaultValueFactory = _ => 100 };
    private readonly Option<int> _rpcMaxRequest = new("--rpc-max-request-size") { Description = "The longest request in megabytes.", DefaultValueFactory = _ => 15 };
    private readonly Option<int> _rpcMaxResponse = new("--rpc-max-response-size") { Description = "The longest response in megabytes.", DefaultValueFactory = _ => 15 };
    private readonly Option<int> _rpcMaxSubscriptions = new("--rpc-max-subscriptions-per-connection") { Description = "The most subscriptions of a connection.", DefaultValueFactory = _ => 1024 };
    private readonly Option<int?> _rpcRateLimit = new("--rpc-rate-limit") { Description = "Calls a minute of a connection. [default: no limit]" };
    private readonly Option<int> _prometheusPort = new("--prometheus-port") { Description = "The port of metrics.", DefaultValueFactory = _ => 9615 };
    private readonly Option<bool> _prometheusExternal = new("--prometheus-external") { Description = "Serve metrics to other machines." };
    private readonly Option<bool> _noPrometheus = new("--no-prometheus") { Description = "Serve no metrics." };
    private readonly Option<string> _log = new("--log", "-l") { Description = "Log lines that are written: a level (error, warn, info, debug, trace), or target=level separated by commas.", DefaultValueFactory = _ => "info" };
    private readonly Option<LogFormat> _logFormat = new("--log-format") { Description = "How they are written: text or json.", DefaultValueFactory = _ => LogFormat.Text };
    private readonly Option<bool> _stopWithInput = StandardInput.StopOption();
    private readonly PasswordOptions _password = new("The password of the keystore's secrets.");
    private readonly List<(string Name, Option<bool> Option)> _accounts = [.. DevAccounts.Names.Select(name =>
        (name, new Option<bool>($"--{name.ToLowerInvariant()}") { Description = $"Make blocks with the keys of {name}, which everybody knows." }))];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _dev, _tmp, _chain, _basePath, _name, _validator, .. _accounts.Select(account => account.Option), _blockMillisecs, _pruning, _port, _listenAddr, _publicAddr, _inPeers, _rpcPort, _rpcExternal, _rpcMethods, _rpcCors,
            _rpcMaxConnections, _rpcMaxRequest, _rpcMaxResponse, _rpcMaxSubscriptions, _rpcRateLimit, _prometheusPort, _prometheusExternal, _noPrometheus, _log, _logFormat, _stopWithInput,
        ];
        foreach (Option option in options) command.Options.Add(option);
        _password.AddTo(command);
        _rpcPort.Within(0, IPEndPoint.MaxPort);
        _prometheusPort.Within(0, IPEndPoint.MaxPort);
        _rpcMaxRequest.Within(1, MostMegabytes);
        _rpcMaxResponse.Within(1, MostMegabytes);
        _inPeers.Within(0, int.MaxValue);
        _rpcMaxConnections.Within(1, int.MaxValue);
        _rpcMaxSubscriptions.Within(1, int.MaxValue);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_pruning) is { } pruning && !TryReadPruning(pruning, out _)) result.AddError("--pruning is archive or the number of states that are kept, such as 256.");
            if (result.GetValue(_rpcRateLimit) < 1) result.AddError("--rpc-rate-limit is at least 1.");
            if (result.GetValue(_blockMillisecs) is 0 or > GenesisConfig.LongestSlot) result.AddError($"--block-millisecs is a number from 1 to {GenesisConfig.LongestSlot}.");
            foreach (string address in (result.GetValue(_listenAddr) ?? []).Concat(result.GetValue(_publicAddr) ?? []))
            {
                if (!NetworkOptions.IsAddress(address)) result.AddError($"{address} is no multiaddress such as /ip4/0.0.0.0/tcp/30333/ws.");
            }

            if (result.GetValue(_port) is < 0 or > ushort.MaxValue) result.AddError("--port is a number up to 65535.");
            if (result.GetValue(_port) is not null && result.GetValue(_listenAddr) is { Length: > 0 }) result.AddError("--listen-addr holds the port: leave --port out.");
            if (result.GetValue(_basePath) is { } path && string.IsNullOrWhiteSpace(path)) result.AddError("--base-path is empty.");
            if (result.GetValue(_tmp) && result.GetValue(_basePath) is not null) result.AddError("--tmp throws the data away: leave --base-path out.");
        });
    }

    /// <summary>Where data goes unless the operator says so.</summary>
    public static string DefaultBasePath() => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "phala-node");

    /// <summary>What the node is told.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="options">The same, understood.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public string? TryRead(ParseResult line, out NodeOptions? options)
    {
        options = null;
        if (_password.TryRead(line, out string? password) is { } problem) return problem;
        try
        {
            options = Read(line) with { KeystorePassword = password };
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"No temporary folder can be made: {exception.Message}";
        }
    }

    private NodeOptions Read(ParseResult line)
    {
        bool dev = line.GetValue(_dev), hasPath = line.GetValue(_basePath) is not null, temporary = line.GetValue(_tmp) || (dev && !hasPath);
        string[] named = [.. _accounts.Where(account => line.GetValue(account.Option)).Select(account => DevAccounts.Uri(account.Name))];
        string[] keys = named.Length == 0 && dev ? [DevAccounts.Uri("Alice")] : named;
        TryReadPruning(line.GetValue(_pruning), out uint? pruning);
        return new NodeOptions
        {
            Name = line.GetValue(_name) ?? (named.Length > 0 ? named[0].Trim('/') : "phala-node"),
            Chain = line.GetValue(_chain) ?? "dev",
            BasePath = line.GetValue(_basePath) ?? (temporary ? Directory.CreateTempSubdirectory("phala-node-").FullName : DefaultBasePath()),
            IsTemporary = temporary,
            IsDevelopment = dev,
            IsValidator = line.GetValue(_validator) || keys.Length > 0,
            KeyUris = keys,
            BlockMilliseconds = line.GetValue(_blockMillisecs),
            Storage = new StorageOptions { StatePruning = pruning },
            Rpc = ReadRpc(line, dev),
            Network = ReadNetwork(line, dev),
            Metrics = line.GetValue(_noPrometheus) ? null : new IPEndPoint(line.GetValue(_prometheusExternal) ? IPAddress.Any : IPAddress.Loopback, line.GetValue(_prometheusPort)),
            LogFilter = line.GetValue(_log)!,
            JsonLog = line.GetValue(_logFormat) == LogFormat.Json,
            StopsWithInput = line.GetValue(_stopWithInput),
        };
    }

    private NetworkOptions ReadNetwork(ParseResult line, bool dev) => new()
    {
        Listen = line.GetValue(_listenAddr) is { Length: > 0 } addresses
            ? addresses
            : [string.Create(CultureInfo.InvariantCulture, $"/ip4/{(dev ? IPAddress.Loopback : IPAddress.Any)}/tcp/{line.GetValue(_port) ?? NetworkOptions.DefaultPort}")],
        MayTakeOtherPort = line.GetValue(_port) is null && line.GetValue(_listenAddr) is not { Length: > 0 },
        PublicAddresses = line.GetValue(_publicAddr) ?? [],
        MaxConnections = line.GetValue(_inPeers),
    };

    private RpcOptions ReadRpc(ParseResult line, bool dev) => new()
    {
        Listen = new IPEndPoint(line.GetValue(_rpcExternal) ? IPAddress.Any : IPAddress.Loopback, line.GetValue(_rpcPort)),
        Methods = line.GetValue(_rpcMethods),
        Origins = (line.GetValue(_rpcCors) ?? (dev ? "all" : null)) switch
        {
            null => RpcOrigins.Default,
            "all" => RpcOrigins.All,
            string list => RpcOrigins.Of(list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
        },
        MaxConnections = line.GetValue(_rpcMaxConnections),
        MaxRequestSize = line.GetValue(_rpcMaxRequest) << 20,
        MaxResponseSize = line.GetValue(_rpcMaxResponse) << 20,
        MaxSubscriptions = line.GetValue(_rpcMaxSubscriptions),
        CallsPerMinute = line.GetValue(_rpcRateLimit),
    };

    /// <summary>Reads how many states are kept: null for all.</summary>
    public static bool TryReadPruning(string? text, out uint? states)
    {
        states = null;
        if (text is "archive" or "archive-canonical") return true;
        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) || number == 0) return false;
        states = number;
        return true;
    }
}
