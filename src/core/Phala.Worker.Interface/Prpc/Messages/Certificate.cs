using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>A key, and who says that it may sign.</summary>
public sealed class Certificate : IProtoMessage<Certificate>
{
    /// <summary>Key, rights and expiry in SCALE.</summary>
    public byte[] EncodedBody { get; set; } = [];

    /// <summary>Who says so; none where the key speaks for itself.</summary>
    public Signature? Signature { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<Certificate> Schema { get; } = new ProtoSchema<Certificate>()
        .Field(1, "encoded_body", ProtoKinds.Bytes, message => message.EncodedBody, (message, value) => message.EncodedBody = value)
        .Optional(2, "signature", new MessageKind<Signature>(), message => message.Signature, (message, value) => message.Signature = value);
}
