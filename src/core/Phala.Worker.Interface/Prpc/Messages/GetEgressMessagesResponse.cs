using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Messages that wait for the chain.</summary>
public sealed class GetEgressMessagesResponse : IProtoMessage<GetEgressMessagesResponse>
{
    /// <summary>A list of OutboundMessages in SCALE.</summary>
    public byte[] EncodedMessages { get; set; } = [];

    /// <inheritdoc/>
    public static ProtoSchema<GetEgressMessagesResponse> Schema { get; } = new ProtoSchema<GetEgressMessagesResponse>()
        .Field(1, "encoded_messages", ProtoKinds.Bytes, message => message.EncodedMessages, (message, value) => message.EncodedMessages = value);
}
