using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala completion</c>, and what the scripts ask the tool.</summary>
public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "complete -F _phala phala")]
    [InlineData("zsh", "compdef _phala phala")]
    [InlineData("fish", "complete -f -c phala")]
    public async Task A_shell_has_a_script(string shell, string expected)
    {
        CliRun script = (await CliRun.OfAsync("completion", shell)).Ended(0);
        Assert.Contains(expected, script.Output, StringComparison.Ordinal);
        Assert.Contains("[suggest:", script.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_shell_has_none() => (await CliRun.OfAsync("completion", "cmd")).Failed("'cmd'");

    [Theory]
    [InlineData("phala va", "vault")]
    [InlineData("phala vault st", "store")]
    [InlineData("phala verify ", "receipt evidence")]
    [InlineData("phala attack stale", "stale-clone")]
    [InlineData("phala vault list --anch", "--anchored")]
    [InlineData("phala completion f", "fish")]
    public async Task The_tool_knows_what_may_follow(string typed, string expected)
    {
        CliRun told = (await CliRun.OfAsync($"[suggest:{typed.Length}]", typed)).Ended(0);
        Assert.Superset(expected.Split(' ').ToHashSet(), told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
    }
}
