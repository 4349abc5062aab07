using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What a contract is.</summary>
public sealed class ContractInfo : IProtoMessage<ContractInfo>
{
    /// <summary>Its id, hexadecimal.</summary>
    public string Id { get; set; } = "";

    /// <summary>The hash of its code, hexadecimal.</summary>
    public string CodeHash { get; set; } = "";

    /// <summary>Its share of query time.</summary>
    public uint Weight { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<ContractInfo> Schema { get; } = new ProtoSchema<ContractInfo>()
        .Field(1, "id", ProtoKinds.Text, message => message.Id, (message, value) => message.Id = value)
        .Field(2, "code_hash", ProtoKinds.Text, message => message.CodeHash, (message, value) => message.CodeHash = value)
        .Field(3, "weight", ProtoKinds.UInt32, message => message.Weight, (message, value) => message.Weight = value);
}
