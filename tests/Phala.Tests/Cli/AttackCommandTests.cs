using System.CommandLine;
using System.Text.Json;
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
    public async Task A_changed_program_is_not_registered_and_scripts_read_so()
    {
        (int code, string said) = await SaidAsync("modified-worker", "--json");
        Assert.Equal(ExitCode.Good, code);
        JsonElement[] lines = [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement attempt = Assert.Single(lines, line => line.GetProperty("event").GetString() == "attempt");
        Assert.Equal(("its registration", true), (attempt.GetProperty("what").GetString(), attempt.GetProperty("isRefused").GetBoolean()));
        Assert.Contains("PhalaRegistry.PRuntimeRejected", attempt.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal(("end", true), (lines[^1].GetProperty("event").GetString(), lines[^1].GetProperty("isDefended").GetBoolean()));
    }

    private async Task RunAsync(string attack, params string[] attempts)
    {
        (int code, string said) = await SaidAsync(attack);
        Assert.Equal(ExitCode.Good, code);
        string[] lines = said.Split(Environment.NewLine);
        foreach (string attempt in attempts)
        {
            int at = Array.FindIndex(lines, line => line.Contains(attempt, StringComparison.Ordinal));
            Assert.True(at >= 0, $"'{attempt}' was not tried.");
            Assert.StartsWith("    refused: ", lines[at + 1], StringComparison.Ordinal);
        }

        Assert.DoesNotContain(lines, line => line.Contains("NOT ", StringComparison.Ordinal));
    }

    private async Task<(int Code, string Said)> SaidAsync(params string[] arguments)
    {
        using CancellationTokenSource tooLong = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        tooLong.CancelAfter(SafetyNet);
        using StringWriter said = new(), errors = new();
        int code = await AttackCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = said, Error = errors }, tooLong.Token);
        output.WriteLine($"{said}{errors}");
        return (code, said.ToString());
    }
}
