using Phala.Chain;
using Phala.Clusters;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Messages;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Envelopes;
using Xunit;

namespace Phala.Tests.Clusters;

/// <summary>Input that stopped every worker of other systems, and more of the kind: each has a result, and the next command is executed.</summary>
public sealed class PoisonTests
{
    private static readonly AccountId Eve = ClusterWorld.Account("eve");

    public static TheoryData<string> Poisons => [.. AllPoisons(World()).Keys];

    [Theory]
    [MemberData(nameof(Poisons))]
    public void Nothing_that_comes_from_the_queue_stops_the_queue(string name)
    {
        ClusterWorld world = World();
        Message[] messages = AllPoisons(world)[name];
        EntryResult result = world.Apply(messages);
        Assert.Null(result.Fault);
        Assert.Equal(messages.Count(message => Topics.TryReadCommand(message.Destination.AsSpan(), out _)), result.Report?.Receipts.Length ?? 0);
        Receipt receipt = Assert.Single(world.Apply(world.Sealed(Eve, ClusterWorld.Vault, ClusterWorld.Call("list"))).Report!.Receipts.ToArray());
        Assert.IsType<ReceiptStatus.Executed>(receipt.Status);
    }

    [Fact]
    public void Random_messages_have_results()
    {
        Random random = new(5);
        ClusterWorld world = World();
        int executed = 0, refused = 0;
        for (int round = 0; round < 60; round++)
        {
            EntryResult result = world.Apply([.. Enumerable.Range(0, 20).Select(_ => Mutate(random, AllPoisons(world).Values.SelectMany(list => list).ToArray(), world))]);
            Assert.Null(result.Fault);
            foreach (Receipt receipt in result.Report?.Receipts ?? default)
            {
                if (receipt.Status is ReceiptStatus.Executed) executed++;
                else refused++;
            }
        }

        Assert.True(executed > 50 && refused > 200, $"{executed} {refused}");
    }

    private static Message Mutate(Random random, Message[] from, ClusterWorld world)
    {
        Message message = random.Next(3) == 0 ? world.Sealed(Eve, ClusterWorld.Vault, ClusterWorld.Call("list")) : from[random.Next(from.Length)];
        byte[] payload = message.Payload.ToArray();
        for (int count = random.Next(3); count > 0 && payload.Length > 0; count--) payload[random.Next(payload.Length)] = (byte)random.Next(256);
        if (random.Next(8) == 0) payload = payload[..random.Next(payload.Length + 1)];
        return message with { Payload = Vec.Create<byte>(payload) };
    }

    private static ClusterWorld World()
    {
        ClusterWorld world = new ClusterWorld().Begin();
        world.Apply(ClusterWorld.Plain(ClusterWorld.Owner, ClusterWorld.System, ClusterWorld.Call("set_older_envelopes", [1])));
        return world;
    }

    private static Dictionary<string, Message[]> AllPoisons(ClusterWorld world)
    {
        Message good = world.Sealed(Eve, ClusterWorld.Vault, ClusterWorld.Call("list"));
        Message Older(Sr25519PublicKey point) => ClusterWorld.Message(Eve, ClusterWorld.Vault, new CommandPayload.Encrypted(new EncryptedData(default, point, [.. new byte[40]])));
        Message Sealed(Vec<byte> ciphertext) => ClusterWorld.Message(Eve, ClusterWorld.Vault, new CommandPayload.Sealed(new SealedCommand(0, new CommandNonce(world.Draw()), world.Now, ciphertext)));
        CommandBody badReply = new(Vec.Create<byte>(ClusterWorld.Call("list")), 0, ClusterWorld.Gas, default, new(default(X25519PublicKey)));
        return new()
        {
            ["payloads that are none"] = [good with { Payload = default }, good with { Payload = [1] }, good with { Payload = [64] }, good with { Payload = [255, 255] }],
            ["every unknown kind of payload"] = [.. Enumerable.Range(0, 256).Select(kind => good with { Payload = [(byte)kind, 0, 0, 0] })],
            ["retired kinds of operations"] = [.. Enumerable.Range(0, 256).Select(kind => new Message(ClusterWorld.Pallet, Topics.ClusterOperation, [(byte)kind, .. ClusterWorld.Genesis.AsSpan()]))],
            ["retired kinds of contract operations"] = [.. Enumerable.Range(0, 256).Select(kind => new Message(ClusterWorld.Pallet, Topics.ContractOperation, [(byte)kind]))],
            ["points that are none, in the older envelope"] = [Older(default), Older(new(Enumerable.Repeat((byte)255, 32).ToArray())), Older(new(Enumerable.Repeat((byte)1, 32).ToArray()))],
            ["points that are none"] = [Sealed([.. new byte[400]]), Sealed([1, .. new byte[399]])],
            ["envelopes shorter than any"] = [Sealed(default), Sealed([1]), Sealed([.. new byte[47]]), Sealed([.. new byte[48]])],
            ["an older envelope shorter than its tag"] = [ClusterWorld.Message(Eve, ClusterWorld.Vault, new CommandPayload.Encrypted(new EncryptedData(default, new(ClusterWorld.Bytes("point")), [1, 2])))],
            ["messages shorter than a selector"] = [.. Enumerable.Range(0, 4).SelectMany(length => (Message[])[ClusterWorld.Plain(Eve, ClusterWorld.Vault, new byte[length]), world.Sealed(Eve, ClusterWorld.System, new byte[length])])],
            ["a nonce longer than any"] = [ClusterWorld.Message(Eve, ClusterWorld.Vault, new CommandPayload.Plain(new InkCommand.InkMessage([.. new byte[33]], default, 0, 0, default)))],
            ["a reply key that nothing can be sealed to"] = [ClusterWorld.Message(Eve, ClusterWorld.Vault, new CommandPayload.Sealed(world.Seal(Eve, ClusterWorld.Vault, badReply)))],
            ["figures at their ends"] = [ClusterWorld.Plain(Eve, ClusterWorld.Vault, [], ulong.MaxValue, UInt128.MaxValue), ClusterWorld.Plain(Eve, ClusterWorld.Vault, [], 0), ClusterWorld.Deposit(Eve, UInt128.MaxValue), ClusterWorld.Deposit(Eve, 0)],
            ["senders of every kind"] = [.. Senders().Select(sender => good with { Sender = sender })],
            ["topics of every kind"] = [.. Topic().Select(topic => good with { Destination = topic })],
            ["texts that are none"] = [ClusterWorld.Plain(Eve, ClusterWorld.Vault, ClusterWorld.Call("store", [4, 255], [0])), ClusterWorld.Plain(Eve, ClusterWorld.Vault, ClusterWorld.Call("store", [254, 255, 255, 255]))],
        };
    }

    private static IEnumerable<MessageOrigin> Senders() =>
    [
        new MessageOrigin.Pallet(default), new MessageOrigin.Contract(default), new MessageOrigin.Worker(default), new MessageOrigin.AccountId(default), new MessageOrigin.MultiLocation(default),
        new MessageOrigin.Gatekeeper(), new MessageOrigin.Cluster(default), new MessageOrigin.Reserved(),
    ];

    private static IEnumerable<Vec<byte>> Topic() =>
        [default, [0], Topics.SystemEvent, Topics.ClusterKeys, Topics.ClusterOperation, Topics.ContractOperation, Topics.ContractRegistryEvent, [.. "phala/contract/zz/command"u8], [.. new byte[300]]];
}
