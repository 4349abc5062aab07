using Phala.Client.Contracts.Ink;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary>What <c>phala contract</c> keeps its user from: contracts that take more than was estimated, run other code than is thought, and write what looks like the tool's own words.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class ContractSafetyTests(CliNetwork network)
{
    private const int Most = 999;
    private const string Ones = "0x1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task A_command_locks_what_its_estimate_says_and_a_quarter_more_unless_something_else_is_said()
    {
        string file = await HoardAsync();
        CliRun made = (await network.RunAsync("contract", "deploy", "new", "--salt", "limits", "--contract", file, "--from", "//Alice", "--json")).Ended(0);
        Assert.Equal(("as the file", "0.004294967295 PHA (estimated)", "0.005368709118 PHA (estimated, and a quarter more)"), (made.Text("code"), made.Text("deposit"), made.Text("depositLimit")));
        string id = made.Text("id");
        CliRun kept = await KeepAsync(file, id, 100, 0);
        Assert.Equal(("Succeeded", "0.004294967295 PHA (estimated)", "0.005368709118 PHA (estimated, and a quarter more)"), (kept.Line("result"), kept.Line("deposit"), kept.Line("deposit limit")));
        CliRun large = await KeepAsync(file, id, 30_000, 0);
        Assert.True(Pha(large.Line("deposit")) > 0.29m && Pha(large.Line("deposit limit")) == decimal.Round(Pha(large.Line("deposit")) * 1.25m, 12, MidpointRounding.ToZero), large.Output);
        CliRun limited = await KeepAsync(file, id, 60_000, 2, "--deposit-limit", "0.01");
        Assert.Equal(("DepositFailed", "0.01 PHA"), (limited.Line("result"), limited.Line("deposit limit")));
        CliRun unlimited = await KeepAsync(file, id, 60_000, 0, "--deposit-limit", "none", "--gas", "100000000000");
        Assert.Equal(("Succeeded", "-", "none", "100000000000"), (unlimited.Line("result"), unlimited.Line("deposit"), unlimited.Line("deposit limit"), unlimited.Line("gas limit")));
        CliRun freed = await KeepAsync(file, id, 10, 0, "--gas", "100000000000");
        Assert.EndsWith(" PHA given back (estimated)", freed.Line("deposit"), StringComparison.Ordinal);
        Assert.Equal(("Succeeded", "0 PHA (estimated, and a quarter more)"), (freed.Line("result"), freed.Line("deposit limit")));

        // Its constructor stores, and may lock nothing.
        string counter = await WriteAsync("small.contract", CounterContract.File(Most));
        (await network.RunAsync("contract", "deploy", "new", "5", "--contract", counter, "--from", "//Alice", "--deposit-limit", "0")).Failed("did not come into being");
    }

    [Fact]
    public async Task A_contract_of_other_code_is_not_called_nor_read_by_a_files_types_unless_that_is_asked_for()
    {
        string file = await WriteAsync("small.contract", CounterContract.File(Most)), wrong = await WriteAsync("wrong.json", CounterContract.Described(Ones)), hash = Hash(CounterContract.File(Most));
        string id = (await network.RunAsync("contract", "deploy", "new", "5", "--contract", file, "--from", "//Alice", "--json")).Ended(0).Text("id");
        string other = $"other ({hash})";
        CliRun asked = (await network.RunAsync("contract", "query", "get", "--contract", wrong, "--id", id)).Ended(2);
        Assert.Equal(("ok", "\"0x0005000000\"", other), (asked.Line("result"), asked.Line("output"), asked.Line("code")));
        Assert.StartsWith("The contract runs other code than the file's", asked.Line("problem"), StringComparison.Ordinal);
        CliRun read = (await network.RunAsync("contract", "query", "get", "--contract", wrong, "--id", id, "--other-code")).Ended(0);
        Assert.Equal(("5", other), (read.Line("output"), read.Line("code")));
        Assert.Equal("as the file", (await network.RunAsync("contract", "query", "get", "--contract", file, "--id", id)).Ended(0).Line("code"));

        string[][] ways = [[], ["--gas", "10000000000"], ["--gas", "10000000000", "--deposit-limit", "none"]];
        foreach (string[] way in ways)
        {
            CliRun called = (await network.RunAsync(["contract", "call", "add", "1", "--contract", wrong, "--id", id, "--from", "//Alice", .. way])).Ended(2);
            Assert.Equal(("not the file's contract", other, "no"), (called.Line("result"), called.Line("code"), called.Line("sent")));
        }

        CliRun insisted = (await network.RunAsync("contract", "call", "add", "1", "--contract", wrong, "--id", id, "--from", "//Alice", "--other-code")).Ended(0);
        Assert.Equal(("""{"Ok":[6]}""", other), (insisted.Line("output"), insisted.Line("code")));
        (await network.RunAsync("contract", "call", "add", "1", "--contract", file, "--id", Ones, "--from", "//Alice", "--gas", "1", "--deposit-limit", "none")).Failed($"The cluster has no contract {Ones}");
    }

    [Fact]
    public async Task A_contract_whose_constructor_gives_it_other_code_came_into_being_and_its_code_is_told()
    {
        string counter = await WriteAsync("small.contract", CounterContract.File(Most)), hash = Hash(CounterContract.File(Most));
        (await network.RunAsync("contract", "upload", "--contract", counter, "--from", "//Alice")).Ended(0);
        CliRun made = (await network.RunAsync("contract", "deploy", "become", hash, "--contract", await HoardAsync(), "--from", "//Alice", "--json")).Ended(0);
        Assert.Equal(("instantiated", hash, $"other ({hash})"), (made.Text("result"), made.Text("codeHash"), made.Text("code")));
        Assert.Equal("0", (await network.RunAsync("contract", "query", "get", "--contract", counter, "--id", made.Text("id"), "--anchored")).Ended(0).Line("output"));
    }

    [Fact]
    public async Task What_its_sender_cannot_pay_is_not_sent_and_how_to_pay_is_told()
    {
        string file = await WriteAsync("small.contract", CounterContract.File(Most));
        string id = (await network.RunAsync("contract", "deploy", "new", "1", "--contract", file, "--from", "//Alice", "--json")).Ended(0).Text("id");
        CliRun poor = (await network.RunAsync("contract", "call", "add", "1", "--contract", file, "--id", id, "--from", "//Eve", "--gas", "5000000000", "--deposit-limit", "0.25")).Ended(2);
        Assert.Equal(("can't be paid", "0 PHA", "0.255 PHA: gas 0.005 PHA, value 0 PHA, deposit up to 0.25 PHA", "no"), (poor.Line("result"), poor.Line("sender has"), poor.Line("needed"), poor.Line("sent")));
        Assert.Contains("'phala tx deposit AMOUNT'", poor.Line("remedy"), StringComparison.Ordinal);
        Assert.Equal("can't be paid", (await network.RunAsync("contract", "call", "add", "1", "--contract", file, "--id", id, "--from", "//Eve")).Ended(2).Line("result"));
        Assert.Equal("can't be paid", (await network.RunAsync("contract", "deploy", "new", "1", "--contract", file, "--from", "//Eve", "--gas", "5000000000", "--deposit-limit", "none")).Ended(2).Line("result"));
        (await network.RunAsync("tx", "deposit", "0.3", "--from", "//Eve")).Ended(0);
        Assert.Equal("Succeeded", (await network.RunAsync("contract", "call", "add", "1", "--contract", file, "--id", id, "--from", "//Eve", "--gas", "5000000000", "--deposit-limit", "0.25")).Ended(0).Line("result"));
        CliRun given = (await network.RunAsync("contract", "call", "add", "1", "--contract", file, "--id", id, "--from", "//Eve", "--value", "1")).Ended(2);
        Assert.Equal(("would fail: Contracts.TransferFailed", "no"), (given.Line("result"), given.Line("sent")));
        Assert.Contains("'phala tx deposit AMOUNT'", given.Line("remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_word_an_answer_is_is_told_wherever_something_is_said_by_it()
    {
        string file = await WriteAsync("small.contract", CounterContract.File(Most));
        CliRun uploaded = (await network.RunAsync("contract", "upload", "--contract", file, "--from", "//Alice", "--anchored")).Ended(0);
        Assert.Equal(("Anchored", "a worker's answer, whose state the chain holds"), (uploaded.Line("state"), uploaded.Line("decided by")));
        CliRun made = (await network.RunAsync("contract", "deploy", "new", "3", "--contract", file, "--from", "//Alice")).Ended(0);
        Assert.StartsWith("a worker's answer", made.Line("decided by"), StringComparison.Ordinal);
        CliRun[] told =
        [
            uploaded, made, (await network.RunAsync("contract", "info", "--contract", file, "--id", made.Line("id"))).Ended(0), (await network.RunAsync("contract", "code", "--contract", file)).Ended(0),
            (await network.RunAsync("contract", "query", "get", "--contract", file, "--id", made.Line("id"))).Ended(0),
        ];
        foreach (CliRun run in told)
        {
            Assert.StartsWith("http://127.0.0.1:", run.Line("worker"), StringComparison.Ordinal);
            Assert.InRange(decimal.Parse(run.Line("age seconds"), System.Globalization.CultureInfo.InvariantCulture), 0, 60);
            Assert.Contains(run.Line("state"), new[] { "Anchored", "Unanchored" });
        }

        Assert.All((await network.RunAsync("contract", "code", "--json")).Ended(0).Json.EnumerateArray(), row => Assert.Contains(row.GetProperty("state").GetString(), new[] { "Anchored", "Unanchored" }));
    }

    [Fact]
    public async Task Texts_of_a_file_forge_no_line_and_move_no_cursor()
    {
        string file = await HoardAsync();
        CliRun info = (await network.RunAsync("contract", "info", "--contract", file, "--id", Ones)).Ended(2);
        Assert.Equal(("no such contract", @"1.0.0\u202e", @"ink! 5\u009b2J"), (info.Line("contract runs"), info.Line("version"), info.Line("language")));
        Assert.StartsWith(@"hoard\u000acontract runs  0x", info.Line("name"), StringComparison.Ordinal);
        Assert.Contains(@"0x0c0c0c0c keep(bytes\u000d: u32)", info.Output, StringComparison.Ordinal);
        CliRun json = (await network.RunAsync("contract", "info", "--contract", file, "--json")).Ended(0);
        Assert.Equal("1.0.0\u202e", json.Text("version"));
        CliRun wrong = await network.RunAsync("contract", "query", "nothing", "--contract", file, "--id", Ones);
        wrong.Failed(@"It has: keep, spoil\u000aresult  ok.");
        foreach (string text in new[] { info.Output, json.Output, wrong.Errors }) Assert.DoesNotContain(text, letter => letter != '\n' && (char.IsControl(letter) || letter == '\u202e'));
    }

    [Fact]
    public async Task Help_says_who_asks_where_nobody_is_named()
    {
        Assert.Contains("a key that is made for this one question", Joined((await CliRun.OfAsync("contract", "query", "--help")).Output), StringComparison.Ordinal);
        Assert.Contains("a key that is made for this one question", Joined((await CliRun.OfAsync("query", "--help")).Output), StringComparison.Ordinal);
        (await network.RunAsync("contract", "call", "x", "--contract", await HoardAsync(), "--id", Ones, "--from", "//Alice", "--deposit-limit", "much")).Failed("has no 'x'");
        (await network.RunAsync("contract", "call", "keep", "1", "--contract", await HoardAsync(), "--id", Ones, "--from", "//Alice", "--deposit-limit", "much")).Failed("--deposit-limit is a number of PHA");
    }

    private static string Joined(string help) => string.Join(' ', help.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static decimal Pha(string text) => decimal.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static string Hash(byte[] file) => ContractFile.TryRead(file, out ContractFile? contract) is null ? $"{contract!.CodeHash}" : "";

    private async Task<CliRun> KeepAsync(string file, string id, int bytes, int code, params string[] options) =>
        (await network.RunAsync(["contract", "call", "keep", $"{bytes}", "--contract", file, "--id", id, "--from", "//Alice", .. options])).Ended(code);

    private Task<string> HoardAsync() => WriteAsync("hoard.contract", HoardContract.File());

    private async Task<string> WriteAsync(string name, byte[] content)
    {
        string path = network.PathOf(name);
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}
