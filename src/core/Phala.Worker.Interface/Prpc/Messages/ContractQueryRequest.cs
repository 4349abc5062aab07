using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>A query in the older envelope.</summary>
public sealed class ContractQueryRequest : IProtoMessage<ContractQueryRequest>
{
    /// <summary>The envelope in SCALE.</summary>
    public byte[] EncodedEncryptedData { get; set; } = [];

    /// <summary>Who asks.</summary>
    public Signature? Signature { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<ContractQueryRequest> Schema { get; } = new ProtoSchema<ContractQueryRequest>()
        .Field(1, "encoded_encrypted_data", ProtoKinds.Bytes, message => message.EncodedEncryptedData, (message, value) => message.EncodedEncryptedData = value)
        .Optional(2, "signature", new MessageKind<Signature>(), message => message.Signature, (message, value) => message.Signature = value);
}
