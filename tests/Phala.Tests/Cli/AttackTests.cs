using Phala.Cli.Attack;
using Phala.Cli.Dev;
using Phala.Tests.EndToEnd;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>The attacks of <c>phala attack</c>, all on one network.</summary>
public sealed class AttackTests
{
    private const int Patience = 600_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task Every_attack_is_refused_and_the_honest_go_on()
    {
        await TestNetwork.RunAsync(2, async network =>
        {
            await AssertRefusedAsync(network, ReplayAttack.RunAsync);
            await AssertRefusedAsync(network, ReorderAttack.RunAsync);
            await EndVictimAsync(network);
            await AssertRefusedAsync(network, TamperAttack.RunAsync);
            await AssertRefusedAsync(network, ModifiedWorkerAttack.RunAsync);

            // It stops the network's relayer.
            await AssertRefusedAsync(network, CloneAttack.RunAsync);
        });
    }

    private static async Task AssertRefusedAsync(DevNetwork network, Func<DevNetwork, AttackReport, CancellationToken, Task> attack)
    {
        using StringWriter text = new();
        AttackReport report = new(text);
        await attack(network, report, Stop);
        Assert.True(report.IsDefended, text.ToString());
        Assert.Contains("    refused: ", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NOT ", text.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The next attack starts a fresh one.</summary>
    private static async Task EndVictimAsync(DevNetwork network)
    {
        await network.Processes.Named("victim").DisposeAsync();
        Directory.Delete(Path.Combine(network.Root, "victim"), recursive: true);
    }
}
