using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>A block number.</summary>
public sealed class SyncedTo : IProtoMessage<SyncedTo>
{
    /// <summary>The number.</summary>
    public uint SyncedToValue { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<SyncedTo> Schema { get; } = new ProtoSchema<SyncedTo>()
        .Field(1, "synced_to", ProtoKinds.UInt32, message => message.SyncedToValue, (message, value) => message.SyncedToValue = value);
}
