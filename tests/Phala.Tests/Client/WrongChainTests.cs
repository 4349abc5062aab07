using Phala.Client;
using Phala.Client.Transactions;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Metadata;
using Phala.Runtime.Interface.Versions;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>Nothing is signed for another chain or other rules than this program knows.</summary>
public sealed class WrongChainTests
{
    private const string Zeros = "0x0000000000000000000000000000000000000000000000000000000000000000", Ones = "0x1111111111111111111111111111111111111111111111111111111111111111";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("phala-node", PhalaVersion.OldestSpec, PhalaVersion.Transaction, Zeros, null)]
    [InlineData("phala-node", PhalaVersion.LatestSpec, PhalaVersion.Transaction, Zeros, null)]
    [InlineData("phala-node", PhalaVersion.LatestSpec, PhalaVersion.Transaction, Ones, ClientError.WrongGenesis)]
    [InlineData("polkadot", PhalaVersion.LatestSpec, PhalaVersion.Transaction, Zeros, ClientError.UnknownSpec)]
    [InlineData("phala-node", PhalaVersion.LatestSpec + 1, PhalaVersion.Transaction, Zeros, ClientError.UnknownSpec)]
    [InlineData("phala-node", PhalaVersion.OldestSpec - 1, PhalaVersion.Transaction, Zeros, ClientError.UnknownSpec)]
    [InlineData("phala-node", PhalaVersion.LatestSpec, PhalaVersion.Transaction + 1, Zeros, ClientError.WrongTransactionVersion)]
    public async Task SigningAsksForChainRulesAndCalls(string spec, uint specVersion, uint transactionVersion, string genesis, ClientError? expected)
    {
        int genesisAsked = 0;
        await using ScriptedServer server = new(peer => peer.AnswerAllAsync((method, _) => method switch
        {
            "chain_getBlockHash" => $"\"{(genesisAsked++ == 0 ? Zeros : genesis)}\"",
            "state_getRuntimeVersion" => $$"""{"specName":"{{spec}}","specVersion":{{specVersion}},"transactionVersion":{{transactionVersion}}}""",
            _ => "7",
        }));
        await using ChainClient client = (await ChainClient.ConnectAsync(server.Address, null, Stop)).Require();
        using AccountSigner alice = AccountSigner.Development("Alice");
        ClientResult<Phala.Chain.Extrinsics.OpaqueExtrinsic> signed = await client.Transactions.SignAsync(alice, new FrameSystem.Remark(), new TransactionOptions { Period = null }, Stop);
        Assert.Equal(expected, signed.Failure?.Error);
        if (expected is ClientError.UnknownSpec) Assert.Contains($"{spec} {specVersion}; this program knows phala-node", signed.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherMetadataIsTold()
    {
        byte[] metadata = RuntimeMetadata.Encode(14, PhalaVersion.OldestSpec);
        metadata[100] ^= 1;
        await using ScriptedServer server = new(peer => peer.AnswerAllAsync((method, _) => method switch
        {
            "chain_getBlockHash" => $"\"{Zeros}\"",
            "state_getRuntimeVersion" => $$"""{"specName":"phala-node","specVersion":{{PhalaVersion.OldestSpec}},"transactionVersion":1}""",
            _ => $"\"{Phala.Codec.Hex.Format(metadata)}\"",
        }));
        await using ChainClient client = (await ChainClient.ConnectAsync(server.Address, null, Stop)).Require();
        ClientFailure failure = (await client.CheckMetadataAsync(Stop)).Failure!;
        Assert.Equal(ClientError.WrongMetadata, failure.Error);
        Assert.Contains("at byte 100 of", failure.Message, StringComparison.Ordinal);
    }
}
