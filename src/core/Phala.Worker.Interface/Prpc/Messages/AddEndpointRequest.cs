using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Where clients are to find the worker.</summary>
public sealed class AddEndpointRequest : IProtoMessage<AddEndpointRequest>
{
    /// <summary>Passed over: endpoints are URLs.</summary>
    public byte[] EncodedEndpointType { get; set; } = [];

    /// <summary>The URL.</summary>
    public string Endpoint { get; set; } = "";

    /// <inheritdoc/>
    public static ProtoSchema<AddEndpointRequest> Schema { get; } = new ProtoSchema<AddEndpointRequest>()
        .Field(1, "encoded_endpoint_type", ProtoKinds.Bytes, message => message.EncodedEndpointType, (message, value) => message.EncodedEndpointType = value)
        .Field(2, "endpoint", ProtoKinds.Text, message => message.Endpoint, (message, value) => message.Endpoint = value);
}
