using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Nothing.</summary>
public sealed class Empty : IProtoMessage<Empty>
{
    /// <inheritdoc/>
    public static ProtoSchema<Empty> Schema { get; } = new();
}
