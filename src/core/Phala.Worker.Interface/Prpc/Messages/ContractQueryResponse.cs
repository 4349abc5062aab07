using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>Its answer.</summary>
public sealed class ContractQueryResponse : IProtoMessage<ContractQueryResponse>
{
    /// <summary>The envelope in SCALE.</summary>
    public byte[] EncodedEncryptedData { get; set; } = [];

    /// <summary>The block it was answered at.</summary>
    public uint Blocknum { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<ContractQueryResponse> Schema { get; } = new ProtoSchema<ContractQueryResponse>()
        .Field(1, "encoded_encrypted_data", ProtoKinds.Bytes, message => message.EncodedEncryptedData, (message, value) => message.EncodedEncryptedData = value)
        .Field(2, "blocknum", ProtoKinds.UInt32, message => message.Blocknum, (message, value) => message.Blocknum = value);
}
