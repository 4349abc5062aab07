using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>How to end.</summary>
public sealed class StopOptions : IProtoMessage<StopOptions>
{
    /// <summary>Whether snapshots are deleted.</summary>
    public bool RemoveCheckpoints { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<StopOptions> Schema { get; } = new ProtoSchema<StopOptions>()
        .Field(1, "remove_checkpoints", ProtoKinds.Bool, message => message.RemoveCheckpoints, (message, value) => message.RemoveCheckpoints = value);
}
