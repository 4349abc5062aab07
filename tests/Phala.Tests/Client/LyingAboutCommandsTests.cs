using Phala.Chain.Extrinsics;
using Phala.Client;
using Phala.Client.Clusters;
using Phala.Client.Transactions;
using Phala.Client.Verification;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Pallets;
using Phala.Testing.Chain;
using Phala.Testing.Chain.Clusters;
using Phala.Trie;
using Phala.Worker.Interface.Receipts;
using Xunit;

namespace Phala.Tests.Client;

/// <summary>
/// Alice sends a command, and so does Eve, in the same block. Each has a receipt that the chain proves: Eve's command was refused. A node that tells Alice that Eve's command is hers, or that hers is in
/// another block, is not believed.
/// </summary>
public sealed class LyingAboutCommandsTests
{
    private static readonly NotExecuted HersReason = NotExecuted.NonceUsed, EvesReason = NotExecuted.Expired;

    private readonly QueueChain _chain = QueueChain.Create();
    private readonly MemoryNode _node;
    private Func<Hash256, Hash256> _told = block => block;
    private Func<QueueBlock, uint, MessageId> _pushed;
    private Hash256 _reported = ClusterWorld.Vault;
    private bool _isLost, _isFailed;

    public LyingAboutCommandsTests()
    {
        _pushed = IdAt;
        _chain.AddContract(ClusterWorld.Vault, ClusterWorld.Id);
        _chain.Append();
        _chain.Append(spoil: [
            QueueChain.Set(PhalaPhatContracts.ClusterWorkers, ClusterWorld.Id, default(Vec<Sr25519PublicKey>)), QueueChain.Set(PhalaRegistry.ClusterEpochs, ClusterWorld.Id, 0u),
            QueueChain.Set(PhalaRegistry.ClusterKeys, new ClusterEpoch(ClusterWorld.Id, 0), new X25519PublicKey(Phala.Crypto.Encryption.X25519KeyPair.Derive(ClusterWorld.Bytes("key")).PublicKey)),
        ]);
        _chain.Append(changes: true);
        _chain.Append();
        _node = new MemoryNode(_chain) { Submit = Take };
    }

    [Fact]
    public async Task An_honest_node_leads_to_the_receipt_of_the_command()
    {
        VerifiedReceipt receipt = (await SendAsync()).Require();
        Assert.Equal(IdAt(Carrier(), 1), receipt.Receipt.Id);
        Assert.Equal(new ReceiptStatus.NotExecuted(HersReason), receipt.Receipt.Status);
        Assert.Equal(ReceiptVerdict.Verified, ReceiptVerifier.Verify(receipt.File, _chain.Genesis, out _));
    }

    [Fact]
    public async Task Which_command_is_whose_the_node_is_not_asked()
    {
        _pushed = (block, _) => IdAt(block, 0);
        VerifiedReceipt receipt = (await SendAsync()).Require();
        Assert.Equal((IdAt(Carrier(), 1), new ReceiptStatus.NotExecuted(HersReason)), (receipt.Receipt.Id, receipt.Receipt.Status));
    }

    public static TheoryData<string> Lies => ["earlier block", "later block", "block of a fork", "block before it is final", "forged header", "other entry", "other messages", "no messages", "left out"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_command_that_is_not_proven_to_be_in_the_queue_has_no_receipt(string lie)
    {
        int height = _chain.Height + 1;
        switch (lie)
        {
            case "earlier block":
                Move(() => height - 2);
                break;
            case "later block":
                Move(() => height + 1);
                break;
            case "block of a fork":
                _isLost = true;
                break;
            case "block before it is final":
                _node.Height = () => Math.Min(_chain.Height, height - 1);
                break;
            case "forged header":
                _node.Header = header => header.Number == height ? header with { StateRoot = ClusterWorld.Genesis } : header;
                break;
            case "other entry":
                _node.Entry = entry => entry with { Channels = [new EntryChannel(Channel.OfCluster(ClusterWorld.Id), EntryDraft.HashOf(Forged()))] };
                _node.Messages = _ => Encoded(Forged());
                break;
            case "other messages":
                _node.Messages = _ => Encoded(Forged());
                break;
            case "no messages":
                _node.Messages = _ => Encoded(default);
                break;
            default:
                _node.Entry = entry => entry with { Channels = default };
                break;
        }

        ClientResult<VerifiedReceipt> receipt = await SendAsync();
        Assert.False(receipt.IsOk, "A lie was believed.");
        Assert.True(receipt.Failure!.Error == ClientError.NotProven, $"{receipt.Failure}");
    }

    [Fact]
    public async Task A_receipt_of_another_contract_is_not_believed()
    {
        _reported = ClusterWorld.System;
        Assert.Equal(ClientError.NotVerified, (await SendAsync()).Failure?.Error);
    }

    [Fact]
    public async Task A_command_that_is_said_to_have_failed_and_is_in_the_queue_is_sent()
    {
        _isFailed = true;
        Assert.True((await SendAsync()).IsOk);
        Move(() => 1);
        ClientFailure failure = (await SendAsync()).Failure!;
        Assert.Equal(ClientError.Refused, failure.Error);
        Assert.Contains("PhalaMq.QueueFull", failure.Message, StringComparison.Ordinal);
    }

    private static MessageId IdAt(QueueBlock block, uint index) => new(block.Queue.Count, Channel.OfCluster(ClusterWorld.Id), index);

    private static Vec<byte> Encoded(Vec<Message> messages) => Vec.Create<byte>(Scale.Encode<VecCodec<Message, Message>, Vec<Message>>(messages));

    /// <summary>The block with the two commands.</summary>
    private QueueBlock Carrier() => _chain.Blocks.Last(block => block.Added is not null);

    /// <summary>The same messages the other way round: each is somebody else's.</summary>
    private Vec<Message> Forged() => [.. PhalaMq.OutboundMessages.Get(Carrier().State).Reverse()];

    private void Move(Func<int> block) => _told = _ =>
    {
        int number = block();
        _node.ValuesOf = asked => asked == number ? (int)Carrier().Header.Number : asked;
        _node.Bodies[number] = _node.Bodies[(int)Carrier().Header.Number];
        return _chain.Blocks[number].Hash;
    };

    /// <summary>The chain with the transaction, and with what becomes of it.</summary>
    private Hash256 Take(OpaqueExtrinsic transaction)
    {
        Assert.Equal(ExtrinsicError.None, Extrinsic.TryDecode(transaction, out Extrinsic extrinsic));
        Assert.True(extrinsic.TrySplit(out TransactionExtensions _, out _, out ReadOnlySpan<byte> encoded));
        RuntimeCall<PhalaPhatContracts.PushContractMessage> call = Assert.IsType<RuntimeCall<PhalaPhatContracts.PushContractMessage>>(Scale.Decode<RuntimeCall>(encoded).Value);
        using AccountSigner alice = AccountSigner.Development("Alice"), eve = AccountSigner.Development("Eve");
        Message hers = Command(alice, call.Arguments.Payload), eves = Command(eve, call.Arguments.Payload);
        Phase phase = new Phase.ApplyExtrinsic(0);
        DispatchError error = PhalaMq.Error.QueueFull.ToDispatch();
        MessageId told = _pushed(_chain.Best with { Queue = _chain.Best.Queue with { Count = _chain.Best.Queue.Count + 1 } }, 1);
        Vec<EventRecord> events =
        [
            new(phase, RuntimeEvent.Of(new PhalaMq.Pushed(told, hers.Sender, hers.Destination)), default),
            new(phase, _isFailed ? RuntimeEvent.Of(new FrameSystem.ExtrinsicFailed(error, default)) : RuntimeEvent.Of(new FrameSystem.ExtrinsicSuccess(default)), default),
        ];
        QueueChain fork = _chain.Fork(_chain.Height);
        QueueBlock carrier = _chain.Append(_isLost ? [eves] : [eves, hers], spoil: QueueChain.Set(FrameSystem.Events, events));
        foreach (int number in (int[])[1, _chain.Height - 2, _chain.Height]) _node.Bodies[number] = transaction;
        Report(carrier);
        if (!_isLost) return _told(carrier.Hash);
        _node.Fork = fork;
        return fork.Append([eves, hers], spoil: QueueChain.Set(FrameSystem.Events, events)).Hash;
    }

    /// <summary>The entry's report is anchored in the next block.</summary>
    private void Report(QueueBlock carrier)
    {
        Receipt[] receipts = [ReceiptOf(IdAt(carrier, 0), ClusterWorld.Vault, EvesReason), ReceiptOf(IdAt(carrier, 1), _reported, HersReason)];
        ClusterReport report = new(ClusterWorld.Id, carrier.Queue, default, ClusterWorld.Hash("state"), ReceiptTrie.Root(receipts), Vec.Create<Receipt>(receipts));
        Vec<EventRecord> events = [.. receipts.Select(receipt => new EventRecord(new Phase.ApplyExtrinsic(0), RuntimeEvent.Of(new PhalaPhatContracts.CommandExecuted(ClusterWorld.Id, receipt)), default))];
        _chain.Append(spoil: [QueueChain.Set(FrameSystem.Events, events), QueueChain.Set(PhalaPhatContracts.AnchoredReports, new ClusterCount(ClusterWorld.Id, carrier.Queue.Count), report.Hash())]);
        _node.Bodies[_chain.Height] = Extrinsic.Bare(Scale.Encode(RuntimeCall.Of(new PhalaPhatContracts.ReportEntry(new SignedClusterReport(report, default, default)))));
        _chain.Append(spoil: QueueChain.Set(FrameSystem.Events, default(Vec<EventRecord>)));
        _node.News = [_chain.Height];
    }

    private static Message Command(AccountSigner sender, Vec<byte> payload) => new(new MessageOrigin.AccountId(sender.Account), Topics.Command(ClusterWorld.Vault), payload);

    private static Receipt ReceiptOf(MessageId id, Hash256 contract, NotExecuted reason) => new(id, contract, new ReceiptStatus.NotExecuted(reason), default, 0, default);

    private async Task<ClientResult<VerifiedReceipt>> SendAsync()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using ScriptedServer server = new(_node.ServeAsync);
        await using ChainClient chain = (await ChainClient.ConnectAsync(server.Address, new ClientOptions { Genesis = _chain.Genesis }, stop)).Require();
        using VerifiedChain verified = (await VerifiedChain.StartAsync(chain, stop)).Require();
        using HttpClient http = new();
        using ClusterClient cluster = new(chain, verified, http, ClusterWorld.Id);
        using AccountSigner alice = AccountSigner.Development("Alice");
        ClientResult<SentCommand> sent = await cluster.Contract(ClusterWorld.Vault).SendAsync(alice, [1, 2, 3, 4], new CommandOptions { DepositLimit = DepositLimit.Any }, stop);
        if (!sent.TryGet(out SentCommand? command, out ClientFailure? failure)) return failure;
        using (command) return await command.ReceiptAsync(alice, stop);
    }
}
