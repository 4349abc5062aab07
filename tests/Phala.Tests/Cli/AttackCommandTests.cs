using System.CommandLine;
using Phala.Cli.Attack;
using Phala.Cli.Output;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala attack</c>: each attack is run for real, against a network of processes, and nothing of it gets through.</summary>
public sealed class AttackCommandTests(ITestOutputHelper output)
{
    // Starting a network on a machine with nothing else to do takes seconds.
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(4);

    [Fact]
    public Task What_was_sent_once_is_not_taken_again() => RunAsync("replay", "a worker's session claim", "the whole signed transaction");

    [Fact]
    public Task Entries_in_another_order_are_not_taken() => RunAsync("reorder", "the last is left out", "the second comes first");

    [Fact]
    public Task Changed_bytes_are_not_taken() => RunAsync("tamper", "no votes", "a bit of a message", "a message left out");

    [Fact]
    public Task A_copied_worker_ends_the_one_it_was_copied_from() => RunAsync("stale-clone", "the answer of the old worker");

    [Fact]
    public Task A_changed_program_is_not_registered() => RunAsync("modified-worker", "its registration");

    private async Task RunAsync(string attack, params string[] attempts)
    {
        using CancellationTokenSource tooLong = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        tooLong.CancelAfter(SafetyNet);
        using StringWriter said = new(), errors = new();
        int code = await AttackCommand.Create().Parse([attack]).InvokeAsync(new InvocationConfiguration { Output = said, Error = errors }, tooLong.Token);
        output.WriteLine($"{said}{errors}");
        Assert.Equal(ExitCode.Good, code);
        string[] lines = said.ToString().Split(Environment.NewLine);
        foreach (string attempt in attempts)
        {
            int at = Array.FindIndex(lines, line => line.Contains(attempt, StringComparison.Ordinal));
            Assert.True(at >= 0, $"'{attempt}' was not tried.");
            Assert.StartsWith("    refused: ", lines[at + 1], StringComparison.Ordinal);
        }

        Assert.DoesNotContain(lines, line => line.Contains("NOT ", StringComparison.Ordinal));
    }
}
