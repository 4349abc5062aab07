using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Why a request has no reply.</summary>
public sealed class PrpcError : IProtoMessage<PrpcError>
{
    /// <summary>Why, in words.</summary>
    public string Message { get; set; } = "";

    /// <inheritdoc/>
    public static ProtoSchema<PrpcError> Schema { get; } = new ProtoSchema<PrpcError>()
        .Field(1, "message", ProtoKinds.Text, message => message.Message, (message, value) => message.Message = value);
}
