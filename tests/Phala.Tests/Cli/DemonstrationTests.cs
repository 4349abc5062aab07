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
        Assert.Equal(["command", "command", "query", "query"], lines.Select(line => line.GetProperty("event").GetString()));
        Assert.All(lines, line => Assert.True(line.GetProperty("isGood").GetBoolean()));
        Assert.Equal(["Alice", "Alice", "Bob", "Eve"], lines.Select(line => line.GetProperty("account").GetString()));
        Assert.All(lines[..2], line => Assert.Equal(("Succeeded", 304), (line.GetProperty("outcome").GetString(), line.GetProperty("sealedBytes").GetInt32())));
        Assert.True(lines[1].GetProperty("block").GetUInt32() > lines[0].GetProperty("block").GetUInt32());
        Assert.Equal(("the answer is 42", JsonValueKind.Null), (lines[2].GetProperty("answer").GetString(), lines[2].GetProperty("refused").ValueKind));
        Assert.Equal(("NotAllowed", JsonValueKind.Null), (lines[3].GetProperty("refused").GetString(), lines[3].GetProperty("answer").ValueKind));
        Assert.InRange(lines[3].GetProperty("ageSeconds").GetDouble(), 0, 60);
    }
}
