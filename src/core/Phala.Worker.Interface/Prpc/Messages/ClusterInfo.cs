using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What a cluster is.</summary>
public sealed class ClusterInfo : IProtoMessage<ClusterInfo>
{
    /// <summary>Its id, hexadecimal.</summary>
    public string Id { get; set; } = "";

    /// <summary>The interface of its contracts.</summary>
    public string RuntimeVersion { get; set; } = "";

    /// <summary>The root of its state, hexadecimal.</summary>
    public string StateRoot { get; set; } = "";

    /// <summary>Its system contract, hexadecimal.</summary>
    public string SystemContract { get; set; } = "";

    /// <summary>Its log, hexadecimal.</summary>
    public string? LoggerContract { get; set; }

    /// <summary>How many contracts it has.</summary>
    public ulong NumberOfContracts { get; set; }

    /// <summary>Nothing.</summary>
    public string? JsRuntime { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<ClusterInfo> Schema { get; } = new ProtoSchema<ClusterInfo>()
        .Field(1, "id", ProtoKinds.Text, message => message.Id, (message, value) => message.Id = value)
        .Field(2, "runtime_version", ProtoKinds.Text, message => message.RuntimeVersion, (message, value) => message.RuntimeVersion = value)
        .Field(3, "state_root", ProtoKinds.Text, message => message.StateRoot, (message, value) => message.StateRoot = value)
        .Field(5, "system_contract", ProtoKinds.Text, message => message.SystemContract, (message, value) => message.SystemContract = value)
        .Optional(6, "logger_contract", ProtoKinds.Text, message => message.LoggerContract, (message, value) => message.LoggerContract = value)
        .Field(7, "number_of_contracts", ProtoKinds.UInt64, message => message.NumberOfContracts, (message, value) => message.NumberOfContracts = value)
        .Optional(8, "js_runtime", ProtoKinds.Text, message => message.JsRuntime, (message, value) => message.JsRuntime = value);
}
