using Phala.Codec;
using Phala.Worker.Interface.Contracts;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala query</c>, as a user types it.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class QueryCommandTests(CliNetwork network)
{
    private const string Ones = "0x1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task A_message_is_named_or_given_in_bytes()
    {
        CliRun named = (await network.RunAsync("query", "list", "--from", "//Alice", "--json")).Ended(0);
        Assert.Equal("ok", named.Text("result"));
        Assert.Contains(Hex.Format("shared"u8)[2..], named.Text("output"), StringComparison.Ordinal);
        Assert.Equal($"{network.Dev.Ports.PublicWorker(0)}", named.Text("worker"));
        CliRun bytes = (await network.RunAsync("query", Hex.Format(VaultCalls.List()), "--from", "//Alice")).Ended(0);
        Assert.Equal(named.Text("output"), bytes.Line("output"));
        Assert.DoesNotContain(Hex.Format("shared"u8)[2..], (await network.RunAsync("query", "list")).Ended(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_contract_refuses_ends_with_2()
    {
        CliRun unknown = (await network.RunAsync("query", "nonsense", "--json")).Ended(2);
        Assert.NotEqual("ok", unknown.Text("result"));
        Assert.NotEqual("ok", (await network.RunAsync("query", "0x01020304")).Ended(2).Line("result"));
    }

    [Theory]
    [InlineData("'xyz' is not hexadecimal digits after 0x", "query", "read", "xyz")]
    [InlineData("begins with a selector of 4 bytes", "query", "0x0102")]
    [InlineData("does not answer: ", "query", "list", "--contract", Ones)]
    [InlineData("--contract is 32 bytes in hexadecimal", "query", "list", "--contract", "vault")]
    [InlineData("The secret is empty", "query", "list", "--from", "")]
    [InlineData("Required argument 'message' missing", "query")]
    public async Task Wrong_input_is_answered_with_what_is_wrong(string expected, params string[] arguments) => (await network.RunAsync(arguments)).Failed(expected);
}
