using System.Diagnostics;
using System.Globalization;
using Phala.Cli.Dev;
using Phala.Runtime.Interface;
using Xunit;

namespace Phala.Tests.EndToEnd;

/// <summary>
/// Processes are killed under load. <c>PHALA_NETWORK_KILLS</c> says how often, <c>PHALA_NETWORK_RECEIPTS</c> how many commands must succeed at least, <c>PHALA_NETWORK_SEED</c> who is killed when.
/// </summary>
public sealed class KilledProcessesTests(ITestOutputHelper output)
{
    private const int Patience = 3_600_000, Members = 2;

    [Fact(Timeout = Patience)]
    public async Task No_command_is_lost_or_executed_twice_whoever_is_killed()
    {
        int kills = Setting("PHALA_NETWORK_KILLS", 10), receipts = Setting("PHALA_NETWORK_RECEIPTS", 1000), seed = Setting("PHALA_NETWORK_SEED", Random.Shared.Next());
        output.WriteLine($"PHALA_NETWORK_SEED={seed}");
        await TestNetwork.RunAsync(Members, async network =>
        {
            await TestNetwork.SendAsync(network, network.Alice, new PhalaPhatContracts.SetReportQuorum(DevVault.Cluster, Members));
            using CommandLoad load = await CommandLoad.PrepareAsync(network);
            ProcessKiller killer = new(network, seed);
            long begin = Stopwatch.GetTimestamp();
            await load.RunAsync(receipts, killer.RunAsync(kills));
            TimeSpan time = Stopwatch.GetElapsedTime(begin);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", killer.Kills.Select(kill => $"{kill.Key} killed {kill.Value} times"))} in {time.TotalSeconds:F0} s and {load.Ledger.Block} blocks"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{load.Ledger.Accepted.Count} commands accepted, {load.Ledger.Receipts.Count} receipts, {load.Ledger.Anchors.Count} entries anchored by both workers"));
            await ExactlyOnce.AssertAsync(network, load, Members, Members);
            Assert.Equal(kills, killer.Kills.Values.Sum());
            Assert.True(load.Ledger.Receipts.Count >= receipts);
        });
    }

    private static int Setting(string name, int usual) => Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
