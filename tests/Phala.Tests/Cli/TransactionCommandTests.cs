using Phala.Chain.Extrinsics;
using Phala.Client.Transactions;
using Phala.Codec;
using Phala.Runtime.Interface;
using Xunit;

namespace Phala.Tests.Cli;

/// <summary><c>phala tx</c>, as a user types it.</summary>
[Collection(CliNetworkTests.Name)]
public sealed class TransactionCommandTests(CliNetwork network)
{
    private const string Ones = "0x1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task Tokens_are_sent_and_what_the_chain_refuses_ends_with_2()
    {
        string bob = CliNetwork.AddressOf("Bob");
        CliRun sent = (await network.RunAsync("tx", "transfer", bob, "1.5", "--from", "//Dave", "--json")).Ended(0);
        Assert.Equal("ok", sent.Text("result"));
        Assert.EndsWith(" PHA", sent.Text("fee"), StringComparison.Ordinal);
        Assert.Matches("^0x[0-9a-f]{64}$", sent.Text("transaction"));
        Assert.Equal("Token.FundsUnavailable", (await network.RunAsync("tx", "transfer", bob, "100000000", "--from", "//Dave")).Ended(2).Line("result"));
    }

    [Fact]
    public async Task Tokens_in_a_cluster_pay_for_commands()
    {
        Assert.Equal("ok", (await network.RunAsync("tx", "deposit", "10", "--from", "//Ferdie")).Ended(0).Line("result"));
        Assert.Equal("PhalaPhatContracts.ClusterNotFound", (await network.RunAsync("tx", "deposit", "10", "--from", "//Ferdie", "--cluster", Ones, "--json")).Ended(2).Text("result"));
    }

    [Fact]
    public async Task What_was_signed_elsewhere_is_submitted_once()
    {
        using AccountSigner eve = AccountSigner.Development("Eve");
        OpaqueExtrinsic signed = (await network.Dev.Chain.Transactions.SignAsync(eve, new FrameSystem.Remark([1]), null, TestContext.Current.CancellationToken)).Require();
        string text = Hex.Format(Scale.Encode(signed));
        Assert.Equal($"{signed.Hash()}", (await network.RunAsync("tx", "submit", text, "--json")).Ended(0).Text("transaction"));
        (await network.RunAsync("tx", "submit", text)).Failed("outdated");
    }

    [Theory]
    [InlineData("An amount is a number of PHA", "tx", "transfer", "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs2", "1.2.3", "--from", "//Bob")]
    [InlineData("An amount is a number of PHA", "tx", "deposit", "0.1234567890123", "--from", "//Bob")]
    [InlineData("its checksum does not fit", "tx", "transfer", "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs3", "1", "--from", "//Bob")]
    [InlineData("The secret is empty", "tx", "deposit", "1", "--from", "")]
    [InlineData("A cluster's id is 32 bytes", "tx", "deposit", "1", "--from", "//Bob", "--cluster", "0x12")]
    [InlineData("A transaction is hexadecimal digits", "tx", "submit", "hello")]
    [InlineData("This is no transaction", "tx", "submit", "0x0800")]
    [InlineData("error: ", "tx", "submit", "0x0c040000")]
    [InlineData("is no signature scheme", "tx", "deposit", "1", "--from", "//Bob", "--scheme", "rsa")]
    public async Task Wrong_input_is_answered_with_what_is_wrong(string expected, params string[] arguments) => (await network.RunAsync(arguments)).Failed(expected);
}
