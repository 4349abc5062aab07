using System.Text.Json;
using Phala.Chain.Aura;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Crypto.Keys;
using Phala.Node.TxPool;
using Phala.Runtime.Interface;
using Phala.Testing.Chain;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Network.Light;

/// <summary>An unmodified smoldot joins a node from the chain's raw specification.</summary>
public sealed class SmoldotTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Text(ReadOnlySpan<byte> bytes) => Hex.Format(bytes);

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, false)]
    [InlineData(100, true)]
    public async Task ItSyncsReadsCallsAndSubmits(int history, bool web)
    {
        await using NetworkNode node = new(sessionLength: 4);
        node.AuthorFinal(history);
        node.Listen();
        using LightClient client = new();
        await client.AddAsync(node.RawSpec(web));

        Hash256 first = node.AuthorFinal(1);
        await client.UntilAsync("finalized", first);
        Assert.Single(node.Network.Peers, peer => peer.Roles == "LIGHT");
        Assert.Equal(history >= 4, Grandpa.CurrentSetId.Get(node.StateOf(first).Main) > 0);
        await ReadAsync(client, node, first);

        OpaqueExtrinsic transfer = node.Sign(Actor.Alice, new Balances.TransferKeepAlive(Actor.Bob.Address, 5 * Balances.Pha));
        using ReadySubscription ready = node.Pool.SubscribeReady(4);
        string extrinsic = Text(Scale.Encode(transfer));
        await client.SubmitAsync(extrinsic);

        // The client looks at what it is to send when there is a new best block.
        node.Author();
        PoolTransaction arrived = await client.OrTimeoutAsync(ready.Transactions.ReadAsync(Stop).AsTask());
        Assert.Equal(transfer.Hash(), arrived.Hash);
        Hash256 included = node.Author(transfer);
        await client.UntilAsync("newBlock", included);
        node.FinalizeBest();
        await client.UntilAsync("finalized", included);
        JsonElement statuses = await client.StatusAsync(extrinsic, "finalized");
        Assert.Contains("inBlock", statuses.EnumerateArray().Select(status => status.GetString()));
    }

    [Fact]
    public async Task ItComesBackToANodeThatWasEndedAndGoesOnOverChangesOfAuthorities()
    {
        await using NetworkNode node = new(sessionLength: 2);
        node.AuthorFinal(3);
        node.Listen();
        using LightClient client = new();
        await client.AddAsync(node.RawSpec());
        await client.UntilAsync("finalized", node.AuthorFinal(1));
        await node.RestartAsync();
        Hash256 last = node.AuthorFinal(5);
        await client.UntilAsync("finalized", last);
        Assert.Equal(4ul, Grandpa.CurrentSetId.Get(node.StateOf(last).Main));
    }

    private static async Task ReadAsync(LightClient client, NetworkNode node, Hash256 block)
    {
        string account = Text(FrameSystem.Account.Key(Actor.Bob.Account));
        JsonElement value = await client.CallAsync("state_getStorage", account);
        Assert.Equal(Text(Scale.Encode(FrameSystem.Account.Get(node.StateOf(block).Main, Actor.Bob.Account))), value.GetString());
        JsonElement keys = await client.CallAsync("state_getKeysPaged", Text(FrameSystem.Account.Prefix), 2);
        Assert.Equal(2, keys.GetArrayLength());
        JsonElement nonce = await client.CallAsync("system_accountNextIndex", Ss58.Encode(Actor.Alice.Account.AsSpan(), FrameSystem.Ss58Prefix));
        Assert.Equal(0, nonce.GetInt32());
        JsonElement set = await client.CallAsync("state_call", "GrandpaApi_current_set_id", "0x");
        Assert.Equal(Text(BitConverter.GetBytes(Grandpa.CurrentSetId.Get(node.StateOf(block).Main))), set.GetString());
        JsonElement events = await client.OperateAsync("chainHead_v1_call", Text(block.AsSpan()), "AuraApi_authorities", "0x");
        Assert.Equal(Text(Scale.Encode<VecCodec<AuraAuthorityId, AuraAuthorityId>, Vec<AuraAuthorityId>>(Aura.Authorities.Get(node.StateOf(block).Main))), events[0].GetProperty("output").GetString());
    }
}
