using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>One value in SCALE.</summary>
public sealed class Encoded : IProtoMessage<Encoded>
{
    /// <summary>Its encoding.</summary>
    public byte[] EncodedValue { get; set; } = [];

    /// <inheritdoc/>
    public static ProtoSchema<Encoded> Schema { get; } = new ProtoSchema<Encoded>()
        .Field(1, "encoded", ProtoKinds.Bytes, message => message.EncodedValue, (message, value) => message.EncodedValue = value);
}
