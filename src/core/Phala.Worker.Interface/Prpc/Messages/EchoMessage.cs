using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Anything.</summary>
public sealed class EchoMessage : IProtoMessage<EchoMessage>
{
    /// <summary>It.</summary>
    public byte[] EchoMsg { get; set; } = [];

    /// <inheritdoc/>
    public static ProtoSchema<EchoMessage> Schema { get; } = new ProtoSchema<EchoMessage>()
        .Field(1, "echo_msg", ProtoKinds.Bytes, message => message.EchoMsg, (message, value) => message.EchoMsg = value);
}
