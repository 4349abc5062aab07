using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Where clients are to find the worker.</summary>
public sealed class SignEndpointsRequest : IProtoMessage<SignEndpointsRequest>
{
    /// <summary>A list of URLs in SCALE.</summary>
    public byte[] EncodedEndpoints { get; set; } = [];

    /// <inheritdoc/>
    public static ProtoSchema<SignEndpointsRequest> Schema { get; } = new ProtoSchema<SignEndpointsRequest>()
        .Field(1, "encoded_endpoints", ProtoKinds.Bytes, message => message.EncodedEndpoints, (message, value) => message.EncodedEndpoints = value);
}
