using System.CommandLine;
using System.Text.Json;
using Phala.Cli;
using Phala.Cli.Dev;
using Phala.Fuzz.Targets.Client;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala contract</c>, as a user types it.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class ContractCommandTests(CliNetwork network)
{
    private const string Ones = "0x1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task A_contract_is_deployed_called_and_asked_by_the_names_and_types_of_its_file()
    {
        string file = network.PathOf("counter.contract"), receipt = network.PathOf("counter.receipt");
        await File.WriteAllBytesAsync(file, CounterContract.File(), TestContext.Current.CancellationToken);
        Assert.Equal("no", (await network.RunAsync("contract", "code", "--contract", file)).Ended(2).Line("on cluster"));
        CliRun refused = (await network.RunAsync("contract", "deploy", "new", "2000", "--contract", file, "--from", "//Alice", "--json")).Ended(2);
        Assert.Equal(("would revert", "TooMuch"), (refused.Text("result"), refused.Json.GetProperty("output").GetProperty("Err")[0].GetString()));
        Assert.Equal("there already", (await network.RunAsync("contract", "upload", "--contract", file, "--from", "//Alice")).Ended(0).Line("result"));

        CliRun made = (await network.RunAsync("contract", "deploy", "new", "5", "--salt", "one", "--contract", file, "--from", "//Alice", "--json")).Ended(0);
        string id = made.Text("id");
        Assert.Equal(("instantiated", "there already", "0x6f6e65"), (made.Text("result"), made.Text("upload"), made.Text("salt")));
        Assert.Contains("a quarter more", made.Text("gasLimit"), StringComparison.Ordinal);
        Assert.Equal(5, (await network.RunAsync("contract", "query", "get", "--contract", file, "--id", id, "--json")).Ended(0).Json.GetProperty("output").GetInt32());

        CliRun called = (await network.RunAsync("contract", "call", "add", "7", "--contract", file, "--id", id, "--from", "//Alice", "--receipt", receipt)).Ended(0);
        Assert.Equal(("Succeeded", """{"Ok":[12]}"""), (called.Line("result"), called.Line("output")));
        Assert.Equal("12", (await network.RunAsync("contract", "query", "0x01020304", "--contract", file, "--id", id, "--from", "//Bob", "--anchored")).Ended(0).Line("output"));
        (await CliRun.OfAsync("verify", "receipt", receipt, "--genesis", network.Genesis)).Ended(0);

        CliRun unsent = (await network.RunAsync("contract", "call", "add", "5000", "--contract", file, "--id", id, "--from", "//Alice")).Ended(2);
        Assert.Equal(("would revert", """{"Err":["TooMuch"]}""", "no"), (unsent.Line("result"), unsent.Line("output"), unsent.Line("sent")));
        CliRun sent = (await network.RunAsync("contract", "call", "Counter::add", "5000", "--gas", "1000000000", "--contract", file, "--id", id, "--from", "//Alice")).Ended(2);
        Assert.Equal(("Reverted", """{"Err":["TooMuch"]}""", "1000000000"), (sent.Line("result"), sent.Line("output"), sent.Line("gas limit")));

        CliRun logs = (await network.RunAsync("contract", "logs", id, "--from", "//Alice", "--json")).Ended(0);
        JsonElement[] records = [.. logs.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
        Assert.Equal(["MessageOutput", "MessageOutput"], records.Select(record => record.GetProperty("type").GetString()!).Where(type => type == "MessageOutput"));
        Assert.Contains(records, record => record.GetProperty("type").GetString() == "Log" && record.GetProperty("message").GetString() == "contract call reverted");
        Assert.Contains((await network.RunAsync("contract", "logs", id, "--from", "//Alice", "--level", "error")).Ended(0).Output.Split('\n'), line => line.EndsWith(" error   contract call reverted", StringComparison.Ordinal));
        string last = $"{records.Where(record => record.TryGetProperty("blockNumber", out _)).Max(record => record.GetProperty("blockNumber").GetUInt32())}";
        Assert.All((await network.RunAsync("contract", "logs", id, "--from", "//Alice", "--from-block", last)).Ended(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith(last, line, StringComparison.Ordinal));
        Assert.DoesNotContain("output", (await network.RunAsync("contract", "logs", id, "--from", "//Charlie")).Ended(0).Output, StringComparison.Ordinal);
        Assert.Equal("", (await network.RunAsync("contract", "logs", id)).Ended(0).Output);

        CliRun info = (await network.RunAsync("contract", "info", "--contract", file, "--id", id, "--json")).Ended(0);
        Assert.Equal(("yes", info.Text("codeHash")), (info.Text("codeOnCluster"), info.Text("contractRuns")));
        Assert.Equal("0x05060708 Counter::add(by: u32) -> Result<Result<u32, Error>, LangError>", info.Json.GetProperty("messages")[1].GetString());
        Assert.Contains((await network.RunAsync("contract", "code", "--json")).Ended(0).Json.EnumerateArray(), row => row.GetProperty("contract").GetString() == id && row.GetProperty("codeHash").GetString() == info.Text("codeHash"));
        Assert.StartsWith("would fail", (await network.RunAsync("contract", "deploy", "new", "5", "--salt", "one", "--contract", file, "--from", "//Alice")).Ended(2).Line("result"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_go_on_with_what_comes_until_they_are_stopped()
    {
        string vault = DevVault.Id.ToString();
        uint last = (await network.RunAsync("contract", "logs", vault, "--from", "//Alice", "--json")).Ended(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line)).Max(record => record.GetProperty("blockNumber").GetUInt32());
        using AwaitedWriter output = new("returned 0x0000");
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        string[] arguments = ["contract", "logs", vault, "--follow", "--from-block", $"{last + 1}", "--from", "//Alice", "--node", $"{network.Dev.Ports.Node}"];
        Task<int> following = PhalaCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, stop.Token);
        (await network.RunAsync("vault", "store", "followed", "5", "--from", "//Alice")).Ended(0);
        Assert.Contains(" output  returned 0x0000", await output.Awaited.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await following);
    }

    [Theory]
    [InlineData("can't be read", "contract", "info", "--contract", "no/such/file")]
    [InlineData("is no contract's file of ink! 3, 4 or 5: NotJson", "contract", "info", "--contract", "{receipt}")]
    [InlineData("The contract has no 'nonsense'. It has: Token::transfer, place, total.", "contract", "query", "nonsense", "--contract", "{file}", "--id", Ones)]
    [InlineData("The contract has no '5'. It has: new.", "contract", "deploy", "5", "--contract", "{file}", "--from", "//Alice")]
    [InlineData("Argument 'value' of 'Token::transfer': u128 is expected, not \"much\".", "contract", "call", "transfer", Ones, "much", "--contract", "{file}", "--id", Ones, "--from", "//Alice")]
    [InlineData("'total' takes 0 arguments and not 1: total() -> u128.", "contract", "query", "total", "1", "--contract", "{file}", "--id", Ones)]
    [InlineData("does not answer: ", "contract", "query", "total", "--contract", "{file}", "--id", Ones)]
    [InlineData("--id is 32 bytes in hexadecimal", "contract", "query", "total", "--contract", "{file}", "--id", "5")]
    [InlineData("Option '--id' is required", "contract", "query", "total", "--contract", "{file}")]
    [InlineData("--value is a number of PHA", "contract", "deploy", "new", "5", "--contract", "{file}", "--from", "//Alice", "--value", "x")]
    [InlineData("--salt is text, or hexadecimal digits after 0x", "contract", "deploy", "new", "5", "--contract", "{file}", "--from", "//Alice", "--salt", "0x1")]
    [InlineData("The cluster does not take the code", "contract", "upload", "--contract", "{file}", "--from", "//Alice")]
    [InlineData("A contract's id is 32 bytes in hexadecimal.", "contract", "logs", "5")]
    [InlineData("--level is one of error, warn, info, debug, trace.", "contract", "logs", Ones, "--level", "loud")]
    [InlineData("Option '--contract' is required", "contract", "deploy", "new", "5", "--from", "//Alice")]
    public async Task Wrong_input_is_answered_with_what_is_wrong(string expected, params string[] arguments)
    {
        string file = network.PathOf("sample.contract");
        await File.WriteAllBytesAsync(file, ContractFileSamples.Five, TestContext.Current.CancellationToken);
        (await network.RunAsync([.. arguments.Select(argument => argument.Replace("{file}", file, StringComparison.Ordinal).Replace("{receipt}", network.Receipt, StringComparison.Ordinal))])).Failed(expected);
    }
}
