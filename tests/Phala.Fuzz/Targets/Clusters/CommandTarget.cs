using Phala.Chain;
using Phala.Clusters;
using Phala.Codec;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Messages;
using Phala.Runtime.Interface.Queue;
using Phala.Testing;
using Phala.Testing.Chain.Clusters;
using Phala.Worker.Interface.Envelopes;

namespace Phala.Fuzz.Targets.Clusters;

/// <summary>Payloads of commands, executed. Past the outermost check is what names a kind of payload.</summary>
internal sealed class CommandTarget : FuzzTarget
{
    private static readonly AccountId Eve = ClusterWorld.Account("eve");
    private static readonly ClusterWorld World = MakeWorld();
    private static readonly byte[] Call = ClusterWorld.Call("store", ClusterWorld.Text("name"), ClusterWorld.Sequence([1, 2, 3]));

    private static readonly SealedCommand Used = World.Seal(Eve, ClusterWorld.Vault, new CommandBody(Vec.Create<byte>(Call), 0, 1000, default, default));

    private static readonly ClusterState State = World.Apply(ClusterWorld.Message(Eve, ClusterWorld.Vault, new CommandPayload.Sealed(Used))).State;

    /// <inheritdoc/>
    public override string Name => "cluster-command";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        ClusterWorld.Plain(Eve, ClusterWorld.Vault, Call).Payload.ToArray(), ClusterWorld.Plain(Eve, ClusterWorld.Vault, Call, ulong.MaxValue).Payload.ToArray(),
        ClusterWorld.Plain(Eve, ClusterWorld.Vault, ClusterWorld.Call("list")).Payload.ToArray(), World.Sealed(Eve, ClusterWorld.Vault, Call, expiry: World.Now + 1000).Payload.ToArray(),
        Encode(Used), Encode(Used with { Epoch = 1 }), Encode(Used with { Expiry = 5 }), Encode(Used with { Expiry = ulong.MaxValue }),
        Scale.Encode<CommandPayload>(new CommandPayload.Encrypted(new EncryptedData(default, new(ClusterWorld.Bytes("point")), [.. new byte[40]]))),
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } =
        [.. Enum.GetNames<NotExecuted>().Except([nameof(NotExecuted.UnknownContract), nameof(NotExecuted.SenderRefused)])];

    /// <inheritdoc/>
    public override long AllocationBound(int inputLength) => (128 << 10) + (64L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        Message message = new(new MessageOrigin.AccountId(Eve), Topics.Command(ClusterWorld.Vault), Vec.Create<byte>(input));
        QueueEntry entry = World.Entry(message);
        EntryResult result = World.Cluster.Apply(State, State.Position.Append(entry.Hash()), entry, [message], World.Secrets);
        if (result.Fault is { } fault) throw new InvalidOperationException(fault.Description);
        ReceiptStatus status = result.Report!.Receipts[0].Status;
        bool passed = input.Length > 0 && input[0] is 0 or 1 or 64;
        return new FuzzOutcome(passed, status is ReceiptStatus.NotExecuted refused ? refused.Reason.ToString() : null);
    }

    private static ClusterWorld MakeWorld()
    {
        ClusterWorld world = new ClusterWorld(gasPrice: 1).Begin();
        world.Apply(ClusterWorld.Deposit(Eve, 10 * ClusterWorld.Gas));
        return world;
    }

    private static byte[] Encode(SealedCommand command) => Scale.Encode<CommandPayload>(new CommandPayload.Sealed(command));
}
