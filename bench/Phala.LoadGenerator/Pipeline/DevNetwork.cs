using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Phala.Codec;
using Phala.Trie;

namespace Phala.LoadGenerator.Pipeline;

/// <summary>A <c>phala dev</c> of its own: a whole network whose data is thrown away.</summary>
internal sealed partial class DevNetwork : IAsyncDisposable
{
    private readonly Process _process;

    private DevNetwork(Process process, Dictionary<string, string> told) => (_process, Node, Cluster, Vault, Ready) =
        (process, new Uri(told["node"]), Id(told["cluster"]), Id(told["vault"]), TimeSpan.FromSeconds(double.Parse(told["ready"], CultureInfo.InvariantCulture)));

    /// <summary>The node's JSON-RPC.</summary>
    public Uri Node { get; }

    /// <summary>Its cluster.</summary>
    public Hash256 Cluster { get; }

    /// <summary>The vault in it.</summary>
    public Hash256 Vault { get; }

    /// <summary>How long it took until it was ready, as it says itself.</summary>
    public TimeSpan Ready { get; }

    /// <summary>Memory of all its processes that is in use, in bytes. Linux only.</summary>
    public long Memory => Family().Sum(process => process.WorkingSet64);

    /// <summary>Processor time of all its processes by program.</summary>
    public IReadOnlyDictionary<string, TimeSpan> ProcessorTimes => Family().GroupBy(process => process.ProcessName).ToDictionary(group => group.Key, group => TimeSpan.FromTicks(group.Sum(process => process.TotalProcessorTime.Ticks)));

    /// <summary>Starts one, and waits until its demonstration is over.</summary>
    public static async Task<DevNetwork> StartAsync(int workers, int blockMilliseconds, CancellationToken stop)
    {
        string program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Phala.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "phala"));
        ProcessStartInfo start = new(program, ["dev", "--workers", Text(workers), "--block-millisecs", Text(blockMilliseconds)]) { RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        Dictionary<string, string> told = [];
        while (!told.ContainsKey("vault") && await process.StandardOutput.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
        {
            if (Told().Match(line) is { Success: true } match) told[match.Groups[1].Value.ToLowerInvariant()] = match.Groups[2].Value;
        }

        // What it tells besides is of no interest, but must not fill the pipe.
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return told.ContainsKey("vault") ? new DevNetwork(process, told) : throw new InvalidOperationException("The network did not start.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using (Process interrupt = Process.Start("kill", ["-INT", Text(_process.Id)])) await interrupt.WaitForExitAsync().ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private IEnumerable<Process> Family() => Process.GetProcesses().Where(process => process.Id == _process.Id || ParentOf(process.Id) == _process.Id);

    private static int ParentOf(int process)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{Text(process)}/stat");
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static Hash256 Id(string text) => Hex.TryParse(text, out byte[] bytes) ? new Hash256(bytes) : throw new InvalidOperationException($"'{text}' is no id.");

    [GeneratedRegex(@"^(Ready|node|cluster|vault)(?: after)?\s+(\S+)")]
    private static partial Regex Told();
}
