using System.CommandLine;
using System.Text.Json;
using Phala.Cli;
using Phala.Cli.Dev;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala receipt</c>, and <c>phala verify receipt</c> of what it fetches.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class ReceiptCommandTests(CliNetwork network)
{
    [Fact]
    public async Task A_receipt_is_fetched_by_its_place_and_verified_by_whoever_has_the_file()
    {
        string file = network.PathOf("fetched.receipt");
        CliRun got = (await network.RunAsync("receipt", "get", network.Message, "-o", file, "--json")).Ended(0);
        Assert.Equal((network.Message, $"{DevVault.Id}", "executed"), (got.Text("message"), got.Text("contract"), got.Text("status")));
        Assert.Equal(got.Text("commitment"), (await network.RunAsync("receipt", "get", network.Message)).Ended(0).Line("commitment"));

        CliRun verified = (await CliRun.OfAsync("verify", "receipt", file, "--genesis", network.Genesis, "--json")).Ended(0);
        Assert.Equal(("verified", network.Message, "not opened"), (verified.Text("verdict"), verified.Text("message"), verified.Text("outcome")));
        Assert.StartsWith("Succeeded, gas ", (await CliRun.OfAsync("verify", "receipt", network.Receipt, "--genesis", network.Genesis)).Ended(0).Line("outcome"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_are_followed_until_Ctrl_C()
    {
        using CancellationTokenSource interrupted = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using FirstLine output = new(interrupted.Cancel);
        using StringWriter errors = new();
        int code = await PhalaCommand.Create().Parse(["receipt", "follow", "--from-block", "1", "--json", "--node", $"{network.Dev.Ports.Node}"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, interrupted.Token);
        Assert.Equal((130, ""), (code, errors.ToString()));
        using JsonDocument line = JsonDocument.Parse(output.ToString().Split('\n')[0]);
        Assert.Matches(@"^\d+/\d+$", line.RootElement.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("A command's place is ENTRY/INDEX", "receipt", "get", "first")]
    [InlineData("A command's place is ENTRY/INDEX", "receipt", "get", "1/2/3")]
    [InlineData("The queue has no entry 4000000000 yet", "receipt", "get", "4000000000/0")]
    [InlineData("has no command to the cluster", "receipt", "get", "1/0")]
    [InlineData("No receipt of message 7", "receipt", "get", "MESSAGE/7", "--timeout", "1")]
    [InlineData("--timeout", "receipt", "get", "1/0", "--timeout", "0")]
    [InlineData("--cluster is 32 bytes", "receipt", "get", "1/0", "--cluster", "first")]
    [InlineData("can't be written", "receipt", "get", "1/0", "-o", "no/such/folder/receipt")]
    public async Task Wrong_input_is_answered_with_what_is_wrong(string expected, params string[] arguments) =>
        (await network.RunAsync([.. arguments.Select(argument => argument.Replace("MESSAGE", network.Message.Split('/')[0], StringComparison.Ordinal))])).Failed(expected);

    /// <summary>Does something after the first line.</summary>
    private sealed class FirstLine(Action then) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            then();
        }
    }
}
