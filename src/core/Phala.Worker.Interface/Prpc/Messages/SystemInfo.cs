using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What follows from the chain.</summary>
public sealed class SystemInfo : IProtoMessage<SystemInfo>
{
    /// <summary>Whether the chain has it as a worker.</summary>
    public bool Registered { get; set; }

    /// <summary>The identity key, hexadecimal.</summary>
    public string PublicKey { get; set; } = "";

    /// <summary>The key for older envelopes.</summary>
    public string EcdhPublicKey { get; set; } = "";

    /// <summary>Its part among the gatekeepers.</summary>
    public GatekeeperStatus? Gatekeeper { get; set; }

    /// <summary>The clusters that it executes.</summary>
    public ulong NumberOfClusters { get; set; }

    /// <summary>Their contracts.</summary>
    public ulong NumberOfContracts { get; set; }

    /// <summary>The newest rules of execution that it knows.</summary>
    public uint MaxSupportedConsensusVersion { get; set; }

    /// <summary>0.</summary>
    public uint GenesisBlock { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<SystemInfo> Schema { get; } = new ProtoSchema<SystemInfo>()
        .Field(1, "registered", ProtoKinds.Bool, message => message.Registered, (message, value) => message.Registered = value)
        .Field(2, "public_key", ProtoKinds.Text, message => message.PublicKey, (message, value) => message.PublicKey = value)
        .Field(3, "ecdh_public_key", ProtoKinds.Text, message => message.EcdhPublicKey, (message, value) => message.EcdhPublicKey = value)
        .Optional(4, "gatekeeper", new MessageKind<GatekeeperStatus>(), message => message.Gatekeeper, (message, value) => message.Gatekeeper = value)
        .Field(5, "number_of_clusters", ProtoKinds.UInt64, message => message.NumberOfClusters, (message, value) => message.NumberOfClusters = value)
        .Field(6, "number_of_contracts", ProtoKinds.UInt64, message => message.NumberOfContracts, (message, value) => message.NumberOfContracts = value)
        .Field(7, "max_supported_consensus_version", ProtoKinds.UInt32, message => message.MaxSupportedConsensusVersion, (message, value) => message.MaxSupportedConsensusVersion = value)
        .Field(8, "genesis_block", ProtoKinds.UInt32, message => message.GenesisBlock, (message, value) => message.GenesisBlock = value);
}
