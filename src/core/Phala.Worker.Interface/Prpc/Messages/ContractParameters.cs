using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What a contract's id follows from.</summary>
public sealed class ContractParameters : IProtoMessage<ContractParameters>
{
    /// <summary>Who makes it, hexadecimal.</summary>
    public string Deployer { get; set; } = "";

    /// <summary>Its cluster.</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>Its code.</summary>
    public string CodeHash { get; set; } = "";

    /// <summary>What distinguishes it from others.</summary>
    public string Salt { get; set; } = "";

    /// <inheritdoc/>
    public static ProtoSchema<ContractParameters> Schema { get; } = new ProtoSchema<ContractParameters>()
        .Field(1, "deployer", ProtoKinds.Text, message => message.Deployer, (message, value) => message.Deployer = value)
        .Field(2, "cluster_id", ProtoKinds.Text, message => message.ClusterId, (message, value) => message.ClusterId = value)
        .Field(3, "code_hash", ProtoKinds.Text, message => message.CodeHash, (message, value) => message.CodeHash = value)
        .Field(4, "salt", ProtoKinds.Text, message => message.Salt, (message, value) => message.Salt = value);
}
