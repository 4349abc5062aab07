using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Blocks;
using Phala.Client.Storage;
using Phala.Client.Transactions;
using Phala.Crypto.Keys;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Versions;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>The client and a real node, end to end.</summary>
public sealed class ChainClientTests(DevNode node) : IClassFixture<DevNode>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATransferIsFollowedToItsFinalBlockAndReadAtBothSidesOfIt()
    {
        await using ChainClient client = await node.ConnectAsync();
        using AccountSigner alice = AccountSigner.Development("Alice");
        AccountId target = Account(1);
        OpaqueExtrinsic transfer = (await client.Transactions.SignAsync(alice, new Balances.TransferKeepAlive(MultiAddress.Id(target), Balances.Pha), null, Stop)).Require();
        UInt128 fee = (await client.Transactions.FeeAsync(transfer, null, Stop)).Require().PartialFee;
        await using TransactionWatch watch = (await client.Transactions.WatchAsync(transfer, Stop)).Require();
        List<TransactionStatusKind> seen = [];
        Hash256 block = default;
        while (seen.Count == 0 || seen[^1] != TransactionStatusKind.Finalized)
        {
            TransactionStatus status = (await watch.NextAsync(Stop)).Require();
            seen.Add(status.Kind);
            block = status.Hash;
        }

        Assert.Equal([TransactionStatusKind.Ready, TransactionStatusKind.InBlock, TransactionStatusKind.Finalized], seen);
        Header header = (await client.Blocks.HeaderAsync(block, Stop)).Require();
        Assert.True((await client.Blocks.FinalizedAsync(Stop)).Require().Number >= header.Number);
        Assert.Equal(Balances.Pha, (await client.Storage.GetAsync(FrameSystem.Account, target, block, Stop)).Require().Data.Free);
        Assert.Equal((UInt128)0, (await client.Storage.GetAsync(FrameSystem.Account, target, header.ParentHash, Stop)).Require().Data.Free);
        Assert.Contains(transfer, (await client.Blocks.BlockAsync(block, Stop)).Require().Extrinsics);
        Assert.True(fee > 0);
    }

    [Theory]
    [InlineData(SignatureScheme.Sr25519)]
    [InlineData(SignatureScheme.Ed25519)]
    [InlineData(SignatureScheme.Ecdsa)]
    public async Task EverySchemeSigns(SignatureScheme scheme)
    {
        await using ChainClient client = await node.ConnectAsync();
        using AccountSigner bob = AccountSigner.Development("Bob");
        Assert.Equal(SecretUriError.None, AccountSigner.TryOpen("//Somebody", scheme, out AccountSigner? somebody));
        using AccountSigner signer = somebody!;
        Assert.True((await client.Transactions.SendAsync(bob, new Balances.TransferKeepAlive(signer.Address, 10 * Balances.Pha), null, Stop)).Require().IsSuccess);
        TransactionResult result = (await client.Transactions.SendAsync(signer, new Balances.TransferKeepAlive(bob.Address, Balances.Pha), new TransactionOptions { Tip = 5 }, Stop)).Require();
        Assert.Equal(new Balances.Transfer(signer.Account, bob.Account, Balances.Pha), result.EventsOf<Balances.Transfer>().Single());
        Assert.Equal((UInt128)5, result.EventsOf<TransactionPayment.TransactionFeePaid>().Single().Tip);
        Assert.True(result.IsSuccess);
        Assert.Null(result.ErrorName);
    }

    [Fact]
    public async Task AFailedCallNamesItsError()
    {
        await using ChainClient client = await node.ConnectAsync();
        using AccountSigner charlie = AccountSigner.Development("Charlie");
        TransactionResult poor = (await client.Transactions.SendAsync(charlie, new Balances.TransferKeepAlive(MultiAddress.Id(Account(2)), UInt128.MaxValue / 2), null, Stop)).Require();
        Assert.Equal("Arithmetic.Underflow", poor.ErrorName);
        Assert.False(poor.IsSuccess);
        Assert.Empty(poor.EventsOf<Balances.Transfer>());
        TransactionResult burn = (await client.Transactions.SendAsync(charlie, new Balances.Burn(UInt128.MaxValue / 2, false), null, Stop)).Require();
        Assert.Equal("Token.FundsUnavailable", burn.ErrorName);
        RuntimeCall[] calls = [.. Enumerable.Repeat(RuntimeCall.Of(new FrameSystem.Remark()), (int)Utility.BatchedCallsLimit + 1)];
        TransactionResult many = (await client.Transactions.SendAsync(charlie, new Utility.Batch([.. calls]), null, Stop)).Require();
        Assert.Equal("Utility.TooManyCalls", many.ErrorName);
        TransactionResult root = (await client.Transactions.SendAsync(charlie, new Balances.ForceSetBalance(charlie.Address, 1), null, Stop)).Require();
        Assert.Equal("BadOrigin", root.ErrorName);
    }

    [Fact]
    public async Task ABatchDoesAllThatItHolds()
    {
        await using ChainClient client = await node.ConnectAsync();
        using AccountSigner dave = AccountSigner.Development("Dave");
        RuntimeCall[] calls = [.. Enumerable.Range(10, 5).Select(number => RuntimeCall.Of(new Balances.TransferKeepAlive(MultiAddress.Id(Account(number)), (UInt128)(ulong)number * Balances.Pha)))];
        TransactionResult result = (await client.Transactions.SendAsync(dave, new Utility.BatchAll([.. calls]), new TransactionOptions { Period = null }, Stop)).Require();
        Assert.True(result.IsSuccess);
        Assert.Equal(5, result.EventsOf<Balances.Endowed>().Count());
        IReadOnlyList<KeyValuePair<AccountId, AccountInfo>> entries = (await client.Storage.EntriesAsync(FrameSystem.Account, result.Block, Stop)).Require();
        Assert.All(Enumerable.Range(10, 5), number => Assert.Equal((UInt128)(ulong)number * Balances.Pha, entries.Single(entry => entry.Key == Account(number)).Value.Data.Free));
        Assert.Equal(entries.Count, entries.DistinctBy(entry => entry.Key).Count());
    }

    [Fact]
    public async Task PagesTogetherAreTheMap()
    {
        await using ChainClient client = await node.ConnectAsync();
        Hash256 block = (await client.Blocks.BestAsync(Stop)).Require().Hash;
        IReadOnlyList<KeyValuePair<AccountId, AccountInfo>> whole = (await client.Storage.EntriesAsync(FrameSystem.Account, block, Stop)).Require();
        List<KeyValuePair<AccountId, AccountInfo>> read = [];
        byte[]? after = null;
        int pages = 0;
        do
        {
            StoragePage<AccountId, AccountInfo> page = (await client.Storage.PageAsync(FrameSystem.Account, 5, after, block, Stop)).Require();
            read.AddRange(page.Entries);
            after = page.Last;
            pages++;
        }
        while (after is not null);
        Assert.Equal(whole, read);
        Assert.Equal((whole.Count / 5) + 1, pages);
        Assert.True(whole.Count >= 12);
        Assert.Contains(whole, entry => entry.Key == Actor.Alice.Account);
    }

    [Fact]
    public async Task AnOldNonceIsRefusedWithSubstratesCode()
    {
        await using ChainClient client = await node.ConnectAsync();
        using AccountSigner eve = AccountSigner.Development("Eve");
        await client.Transactions.SendAsync(eve, new FrameSystem.Remark(), null, Stop);
        Assert.Equal(1u, (await client.Transactions.NonceAsync(eve.Account, Stop)).Require());
        ClientFailure failure = (await client.Transactions.SendAsync(eve, new FrameSystem.Remark(), new TransactionOptions { Nonce = 0 }, Stop)).Failure!;
        Assert.Equal((ClientError.Refused, 1010, "Transaction is outdated"), (failure.Error, failure.Code, failure.Data));
        OpaqueExtrinsic twice = (await client.Transactions.SignAsync(eve, new FrameSystem.Remark(), new TransactionOptions { Nonce = 3 }, Stop)).Require();
        Assert.Equal(twice.Hash(), (await client.Transactions.SubmitAsync(twice, Stop)).Require());
        Assert.Equal(1013, (await client.Transactions.SubmitAsync(twice, Stop)).Failure!.Code);
    }

    [Fact]
    public async Task ATransactionThatIsUsurpedIsNotWaitedForInVain()
    {
        await using ChainClient client = await node.ConnectAsync();
        using AccountSigner ferdie = AccountSigner.Development("Ferdie");
        OpaqueExtrinsic first = (await client.Transactions.SignAsync(ferdie, new FrameSystem.Remark(), new TransactionOptions { Nonce = 1 }, Stop)).Require();
        await using TransactionWatch watch = (await client.Transactions.WatchAsync(first, Stop)).Require();
        Assert.Equal(TransactionStatusKind.Future, (await watch.NextAsync(Stop)).Require().Kind);
        OpaqueExtrinsic second = (await client.Transactions.SignAsync(ferdie, new FrameSystem.Remark(), new TransactionOptions { Nonce = 1, Tip = Balances.Pha }, Stop)).Require();
        await using TransactionWatch other = (await client.Transactions.WatchAsync(second, Stop)).Require();
        await client.Transactions.SendAsync(ferdie, new FrameSystem.Remark(), new TransactionOptions { Nonce = 0 }, Stop);
        Assert.True((await other.InBlockAsync(Stop)).Require().IsSuccess);
        ClientError error = (await watch.FinalizedAsync(Stop)).Failure!.Error;
        Assert.True(error is ClientError.Usurped or ClientError.Invalid or ClientError.Dropped, $"{error}");
    }

    [Theory]
    [InlineData(HeadKind.Best)]
    [InlineData(HeadKind.Finalized)]
    [InlineData(HeadKind.All)]
    public async Task HeadsFollowEachOther(HeadKind kind)
    {
        await using ChainClient client = await node.ConnectAsync();
        await using ClientSubscription<Header> heads = (await client.Blocks.SubscribeAsync(kind, Stop)).Require();
        List<Header> seen = [];
        await foreach (ClientResult<Header> head in heads.ReadAllAsync(Stop))
        {
            seen.Add(head.Require());
            if (seen.Count == 4) break;
        }

        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.True(pair.Second.Number > pair.First.Number));
        if (kind != HeadKind.Finalized) Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.Equal(pair.First.Hash(), pair.Second.ParentHash));
    }

    [Fact]
    public async Task TheChainIsTheOneThatTheProgramKnows()
    {
        await using ChainClient client = await node.ConnectAsync();
        ChainVersion version = (await client.CheckMetadataAsync(Stop)).Require();
        Assert.Equal(("phala-node", PhalaVersion.Transaction), (version.SpecName, version.TransactionVersion));
        Assert.Equal(client.Genesis, (await client.Blocks.HashAsync(0, Stop)).Require());
        await using ChainClient same = await node.ConnectAsync(new ClientOptions { Genesis = client.Genesis });
        ClientFailure failure = (await ChainClient.ConnectAsync(node.Address, new ClientOptions { Genesis = new Hash256(new byte[] { 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 }) }, Stop)).Failure!;
        Assert.Equal(ClientError.WrongGenesis, failure.Error);
        Assert.Contains(client.Genesis.ToString()!, failure.Message, StringComparison.Ordinal);
    }

    private static AccountId Account(int number)
    {
        byte[] bytes = new byte[AccountId.Size];
        (bytes[0], bytes[31]) = ((byte)number, 0xC1);
        return new AccountId(bytes);
    }
}
