using System.Globalization;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala vault</c>, as a user types it.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class VaultCommandTests(CliNetwork network)
{
    private const string Ones = "0x1111111111111111111111111111111111111111111111111111111111111111";

    private static readonly string Alice = CliNetwork.AddressOf("Alice"), Bob = CliNetwork.AddressOf("Bob");

    [Fact]
    public async Task A_secret_is_granted_read_and_revoked_and_forgotten()
    {
        CliRun granted = (await network.RunAsync("vault", "grant", "shared", Bob, "--from", "//Alice")).Ended(0);
        Assert.Equal("Succeeded", granted.Line("result"));
        Assert.Matches(@"^\d+/0$", granted.Line("message"));

        CliRun read = (await network.RunAsync("vault", "read", "shared", "--owner", Alice, "--from", "//Bob", "--json")).Ended(0);
        Assert.Equal("1234", read.Text("secret"));
        Assert.InRange(double.Parse(read.Text("ageSeconds"), CultureInfo.InvariantCulture), 0, 60);
        Assert.Equal("1234", (await network.RunAsync("vault", "read", "shared", "--from", "//Alice", "--anchored")).Ended(0).Line("secret"));
        Assert.Equal(Bob, (await network.RunAsync("vault", "readers", "shared", "--from", "//Alice", "--json")).Ended(0).Text("readers"));
        Assert.Contains((await network.RunAsync("vault", "list", "--from", "//Alice", "--json")).Ended(0).Json.EnumerateArray(), name => name.GetProperty("name").GetString() == "shared");
        Assert.Contains("shared", (await network.RunAsync("vault", "list", "--from", "//Alice")).Ended(0).Output, StringComparison.Ordinal);

        Assert.Equal("Succeeded", (await network.RunAsync("vault", "revoke", "shared", Bob, "--from", "//Alice", "--json")).Ended(0).Text("result"));
        Assert.Equal("NotAllowed", (await network.RunAsync("vault", "read", "shared", "--owner", Alice, "--from", "//Bob", "--json")).Ended(2).Text("refused"));
        Assert.Equal("NotAllowed", (await network.RunAsync("vault", "read", "shared", "--owner", Alice, "--from", "//Bob")).Ended(2).Line("refused"));
        Assert.Equal("NoSuchSecret", (await network.RunAsync("vault", "remove", "nothing", "--from", "//Alice", "--json")).Ended(2).Text("result"));
    }

    [Fact]
    public async Task A_command_that_nobody_pays_for_is_not_sent() =>
        (await network.RunAsync("vault", "store", "free", "x", "--from", "//Dave")).Failed("it would fail with Contracts.StorageDepositNotEnoughFunds");

    [Fact]
    public async Task A_wrong_password_leads_to_another_account()
    {
        Assert.Equal("The account has no secrets.", (await network.RunAsync("vault", "list", "--from", "//Alice", "--password", "wrong")).Ended(0).Output.Trim());
        Assert.Equal("NotAllowed", (await network.RunAsync("vault", "read", "shared", "--owner", Alice, "--from", "//Alice", "--password", "wrong", "--json")).Ended(2).Text("refused"));
    }

    [Theory]
    [InlineData("The secret is empty", "vault", "list", "--from", "")]
    [InlineData("This is no secret phrase or URI", "vault", "list", "--from", "no/such/file")]
    [InlineData("has a password already", "vault", "list", "--from", "//Alice///x", "--password", "y")]
    [InlineData("can't be read", "vault", "list", "--from", "//Alice", "--password-filename", "no/such/file")]
    [InlineData("--contract is 32 bytes in hexadecimal", "vault", "list", "--from", "//Alice", "--contract", "0x12zz")]
    [InlineData("--cluster is 32 bytes in hexadecimal", "vault", "list", "--from", "//Alice", "--cluster", "12")]
    [InlineData("does not answer: ", "vault", "list", "--from", "//Alice", "--contract", Ones)]
    [InlineData("UnknownContract", "vault", "store", "a", "b", "--from", "//Alice", "--contract", Ones)]
    [InlineData("has no cluster", "vault", "list", "--from", "//Alice", "--cluster", Ones)]
    [InlineData("begins with block", "vault", "list", "--from", "//Alice", "--genesis", Ones)]
    [InlineData("checksum", "vault", "grant", "shared", "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs3", "--from", "//Alice")]
    [InlineData("--max-age", "vault", "list", "--from", "//Alice", "--max-age", "0")]
    [InlineData("Required argument 'name' missing", "vault", "read", "--from", "//Alice")]
    public async Task Wrong_input_is_answered_with_what_is_wrong(string expected, params string[] arguments) => (await network.RunAsync(arguments)).Failed(expected);

    [Fact]
    public async Task A_receipt_that_cannot_be_written_is_said_before_anything_is_sent()
    {
        (await network.RunAsync("vault", "store", "lost", "x", "--from", "//Alice", "--receipt", network.PathOf("no/such/folder/receipt"))).Failed("can't be written");
        Assert.DoesNotContain("lost", (await network.RunAsync("vault", "list", "--from", "//Alice")).Ended(0).Output, StringComparison.Ordinal);
        string file = network.PathOf("new.receipt");
        (await network.RunAsync("vault", "store", "a", "b", "--from", "//Alice", "--contract", Ones, "--receipt", file)).Failed("UnknownContract");
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_named() =>
        (await CliRun.OfAsync("vault", "list", "--from", "//Alice", "--node", "ws://127.0.0.1:1")).Failed("'phala dev' starts a network of its own");
}
