using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Where the worker says that it is to be found.</summary>
public sealed class GetEndpointResponse : IProtoMessage<GetEndpointResponse>
{
    /// <summary>A WorkerEndpointPayload in SCALE.</summary>
    public byte[]? EncodedEndpointPayload { get; set; }

    /// <summary>The identity's signature.</summary>
    public byte[]? Signature { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<GetEndpointResponse> Schema { get; } = new ProtoSchema<GetEndpointResponse>()
        .Optional(1, "encoded_endpoint_payload", ProtoKinds.Bytes, message => message.EncodedEndpointPayload, (message, value) => message.EncodedEndpointPayload = value)
        .Optional(2, "signature", ProtoKinds.Bytes, message => message.Signature, (message, value) => message.Signature = value);
}
