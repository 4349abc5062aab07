using System.CommandLine;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Phala.Worker.Options;

/// <summary>The command line of the worker.</summary>
internal sealed class WorkerCommand
{
    private readonly Option<string> _address = new("--address") { Description = "The address of both listeners.", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<int> _port = new("--port") { Description = "The port of the private listener: for the relayer and the operator alone. 0 takes a free one.", DefaultValueFactory = _ => 8000 };
    private readonly Option<string?> _publicAddress = new("--public-address") { Description = "The address of the public listener, where it is another one." };
    private readonly Option<int> _publicPort = new("--public-port") { Description = "The port of the public listener: for clients. 0 takes a free one.", DefaultValueFactory = _ => 8001 };
    private readonly Option<bool> _noPublic = new("--no-public") { Description = "Serve no public listener." };
    private readonly Option<string> _dataDir = new("--data-dir", "--base-path", "-d") { Description = "The folder for sealed files, log and snapshots.", DefaultValueFactory = _ => DefaultDataDir() };
    private readonly Option<int> _cores = new("--cores", "-c") { Description = "How many queries run at once.", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount) };
    private readonly Option<int> _queryTimeout = new("--query-timeout") { Description = "How many seconds a query may take: 5 to 600.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _checkpointInterval = new("--checkpoint-interval") { Description = "How many seconds are between two snapshots.", DefaultValueFactory = _ => 1800 };
    private readonly Option<int> _maxCheckpointFiles = new("--max-checkpoint-files") { Description = "How many generations of snapshots are kept.", DefaultValueFactory = _ => 5 };
    private readonly Option<LogLevel> _log = new("--log", "-l") { Description = "Log lines that are written: info, warn, error or off.", DefaultValueFactory = _ => LogLevel.Information };
    private readonly Option<LogFormat> _logFormat = new("--log-format") { Description = "How they are written: text or json.", DefaultValueFactory = _ => LogFormat.Text };
    private readonly Option<bool> _insecureDev = new("--insecure-dev-attestation") { Description = "Run although nothing vouches for hardware and program. For development: the host can read everything." };
    private readonly Option<bool> _contractLoopback = new("--contract-http-loopback") { Description = "Let contracts send requests to this machine. For development, with --insecure-dev-attestation." };
    private readonly Option<string?> _contractAuthorities = new("--contract-http-authorities") { Description = "A file of PEM certificates of more authorities that contracts believe. For development, with --insecure-dev-attestation." };
    private readonly Option<bool> _stopWithInput = new("--stop-with-input") { Description = "Stop when standard input ends: for programs that start this one." };

    /// <summary>Whether nothing vouches for hardware and program, and the operator knows.</summary>
    public bool IsInsecureDev(ParseResult line) => line.GetValue(_insecureDev);

    /// <summary>Whether the worker ends with its standard input.</summary>
    public bool StopsWithInput(ParseResult line) => line.GetValue(_stopWithInput);

    /// <summary>The least level of log lines.</summary>
    public LogLevel LogLevelOf(ParseResult line) => line.GetValue(_log);

    /// <summary>How log lines are written.</summary>
    public LogFormat LogFormatOf(ParseResult line) => line.GetValue(_logFormat);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _address, _port, _publicAddress, _publicPort, _noPublic, _dataDir, _cores, _queryTimeout, _checkpointInterval, _maxCheckpointFiles, _log, _logFormat, _insecureDev, _contractLoopback,
            _contractAuthorities, _stopWithInput,
        ];
        foreach (Option option in options) command.Options.Add(option);
        _log.CustomParser = result =>
        {
            LogLevel? level = result.Tokens[0].Value switch { "info" => LogLevel.Information, "warn" => LogLevel.Warning, "error" => LogLevel.Error, "off" => LogLevel.None, _ => null };
            if (level is null) result.AddError("--log is info, warn, error or off.");
            return level ?? LogLevel.None;
        };
        Bound(_port, 0, IPEndPoint.MaxPort);
        Bound(_publicPort, 0, IPEndPoint.MaxPort);
        Bound(_cores, 1, 1024);
        Bound(_queryTimeout, 5, 600);
        Bound(_checkpointInterval, 1, 30 * 24 * 3600);
        Bound(_maxCheckpointFiles, 1, 1000);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_address) is { } own && !IPAddress.TryParse(own, out _)) result.AddError("--address is an IP address.");
            if (result.GetValue(_publicAddress) is { } address && !IPAddress.TryParse(address, out _)) result.AddError("--public-address is an IP address.");
            if (!result.GetValue(_insecureDev) && (result.GetValue(_contractLoopback) || result.GetValue(_contractAuthorities) is not null))
            {
                result.AddError("--contract-http-loopback and --contract-http-authorities are for development: with --insecure-dev-attestation.");
            }

            if (result.GetValue(_dataDir) is { } folder && string.IsNullOrWhiteSpace(folder)) result.AddError("--data-dir is empty.");
        });
    }

    /// <summary>What the worker is told.</summary>
    public WorkerOptions Read(ParseResult line)
    {
        IPAddress address = IPAddress.Parse(line.GetValue(_address)!);
        IPAddress publicAddress = line.GetValue(_publicAddress) is { } other ? IPAddress.Parse(other) : address;
        return new WorkerOptions
        {
            Private = new IPEndPoint(address, line.GetValue(_port)),
            Public = line.GetValue(_noPublic) ? null : new IPEndPoint(publicAddress, line.GetValue(_publicPort)),
            DataDir = Path.GetFullPath(line.GetValue(_dataDir)!),
            Cores = line.GetValue(_cores),
            QueryTimeout = TimeSpan.FromSeconds(line.GetValue(_queryTimeout)),
            CheckpointInterval = TimeSpan.FromSeconds(line.GetValue(_checkpointInterval)),
            MaxCheckpointFiles = line.GetValue(_maxCheckpointFiles),
            AllowContractLoopback = line.GetValue(_contractLoopback),
            ContractAuthorities = line.GetValue(_contractAuthorities) is { } file ? Path.GetFullPath(file) : null,
        };
    }

    /// <summary>The environment is not the host's, and has no home: data is where the program is started.</summary>
    private static string DefaultDataDir() => Path.Combine(Environment.CurrentDirectory, "pruntime-data");

    private static void Bound(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most)) result.AddError($"{option.Name} is a number from {least} to {most}.");
    });
}
