using Phala.Cli.Dev;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>Kills processes of a network at random moments, without warning, and starts them again on the same data.</summary>
/// <param name="network">The network.</param>
/// <param name="seed">What decides which, when, and for how long.</param>
internal sealed class ProcessKiller(DevNetwork network, int seed)
{
    private const int LongestLife = 4000, LongestDeath = 800;
    private readonly Random _random = new(seed);

    /// <summary>How often each was killed.</summary>
    public SortedDictionary<string, int> Kills { get; } = new(StringComparer.Ordinal);

    /// <summary>Kills: each process once, in any order, before one is killed again.</summary>
    public async Task RunAsync(int kills)
    {
        string[] names = [DevProcesses.NodeName, DevProcesses.RelayerName, .. Enumerable.Range(0, network.Workers.Count).Select(DevProcesses.WorkerName)];
        for (int kill = 0; kill < kills; kill++)
        {
            if (kill % names.Length == 0) _random.Shuffle(names);
            string name = names[kill % names.Length];
            await Task.Delay(_random.Next(LongestLife), TestContext.Current.CancellationToken);
            await network.Processes.Named(name).KillAsync();
            await Task.Delay(_random.Next(LongestDeath), TestContext.Current.CancellationToken);
            await network.Processes.RestartAsync(name);
            Kills[name] = Kills.GetValueOrDefault(name) + 1;
        }
    }
}
