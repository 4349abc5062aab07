using System.Text.RegularExpressions;
using Phala.Client;
using Phala.Client.Transactions;
using Phala.Runtime.Interface;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>The example of docs/guides/client.md does what it says, and is the one that runs here.</summary>
public sealed partial class GuideTests(DevNode node) : IClassFixture<DevNode>
{
    [Fact]
    public async Task TheExampleRuns()
    {
        List<string> lines = [];
        await ExampleAsync(node.Address, lines.Add);
        Assert.Equal(3, lines.Count);
        Assert.StartsWith("paid ", lines[0], StringComparison.Ordinal);
        Assert.Equal("Bob has 10000001 PHA", lines[1]);
        Assert.Equal("Token.FundsUnavailable", lines[2]);
    }

    [Fact]
    public void TheExampleOfTheGuideIsTheOneThatRuns()
    {
        string guide = Fence().Match(File.ReadAllText(Repository.Path("docs/guides/client.md"))).Groups[1].Value;
        string source = Region().Match(File.ReadAllText(Repository.Path("tests/Phala.Tests/Client/GuideTests.cs"))).Groups[1].Value;
        Assert.Equal(Trim(source), Trim(guide[guide.IndexOf("using AccountSigner", StringComparison.Ordinal)..]));
        Assert.True(Trim(guide).Count() <= 30);
    }

    private static async Task ExampleAsync(Uri address, Action<string> print)
    {
        // guide
        using AccountSigner alice = AccountSigner.Development("Alice");
        using AccountSigner bob = AccountSigner.Development("Bob");
        await using ChainClient client = (await ChainClient.ConnectAsync(address)).Require();

        var sent = await client.Transactions.SendAsync(alice, new Balances.TransferKeepAlive(bob.Address, Balances.Pha));
        if (!sent.TryGet(out TransactionResult? result, out ClientFailure? failure)) throw new ClientException(failure);
        print($"paid {result.EventsOf<TransactionPayment.TransactionFeePaid>().Single().ActualFee} for block {result.Block}");

        AccountInfo account = (await client.Storage.GetAsync(FrameSystem.Account, bob.Account, result.Block)).Require();
        print($"Bob has {account.Data.Free / Balances.Pha} PHA");

        TransactionResult poor = (await client.Transactions.SendAsync(bob, new Balances.Burn(UInt128.MaxValue, false))).Require();
        print(poor.ErrorName ?? "burnt");
        // end
    }

    private static IEnumerable<string> Trim(string code) => code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("// guide\n(.*?)// end", RegexOptions.Singleline)]
    private static partial Regex Region();
}
