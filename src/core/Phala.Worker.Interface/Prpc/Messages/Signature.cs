using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>A signature with what it is checked by.</summary>
public sealed class Signature : IProtoMessage<Signature>
{
    /// <summary>Whose.</summary>
    public Certificate? SignedBy { get; set; }

    /// <summary>How.</summary>
    public SignatureType SignatureType { get; set; }

    /// <summary>The signature.</summary>
    public byte[] SignatureValue { get; set; } = [];

    /// <inheritdoc/>
    public static ProtoSchema<Signature> Schema { get; } = new ProtoSchema<Signature>()
        .Optional(1, "signed_by", new MessageKind<Certificate>(), message => message.SignedBy, (message, value) => message.SignedBy = value)
        .Field(2, "signature_type", new EnumKind<SignatureType>(), message => message.SignatureType, (message, value) => message.SignatureType = value)
        .Field(3, "signature", ProtoKinds.Bytes, message => message.SignatureValue, (message, value) => message.SignatureValue = value);
}
