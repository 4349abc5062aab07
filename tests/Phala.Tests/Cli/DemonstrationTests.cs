using System.Text.Json;
using Phala.Cli.Dev;
using Phala.Cli.Output;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>The demonstration of <c>phala dev</c>, as scripts read it.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class DemonstrationTests(CliNetwork network)
{
    [Fact]
    public async Task Each_command_and_query_is_a_line_of_JSON()
    {
        using StringWriter output = new();
        Assert.True(await new Demonstration(network.Dev, new Transcript(output, isJson: true)).RunAsync(TestContext.Current.CancellationToken));
        JsonElement[] lines = [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(["command Bob", "command Charlie", "query Eve", "query Bob", "query Eve", "command Alice", "query Eve"], lines.Select(line => $"{line.GetProperty("event").GetString()} {line.GetProperty("account").GetString()}"));
        Assert.All(lines, line => Assert.True(line.GetProperty("isGood").GetBoolean()));
        Assert.All((int[])[0, 1, 5], at => Assert.Equal("Succeeded", lines[at].GetProperty("outcome").GetString()));
        Assert.Equal(lines[0].GetProperty("sealedBytes").GetInt32(), lines[1].GetProperty("sealedBytes").GetInt32());
        Assert.Contains("StillOpen", lines[2].GetProperty("answer").GetString()!, StringComparison.Ordinal);
        Assert.Equal(("120000000000000", "0"), (lines[3].GetProperty("answer").GetString(), lines[4].GetProperty("answer").GetString()));
        Assert.Contains("Charlie", lines[6].GetProperty("answer").GetString()!, StringComparison.Ordinal);
        Assert.InRange(lines[3].GetProperty("ageSeconds").GetDouble(), 0, 60);
    }
}
