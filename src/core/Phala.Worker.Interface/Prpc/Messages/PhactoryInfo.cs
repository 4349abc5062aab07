using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Interface.Prpc.Messages;

/// <summary>What a worker is and where it stands. Not signed: it tells operators, and proves nothing.</summary>
public sealed class PhactoryInfo : IProtoMessage<PhactoryInfo>
{
    /// <summary>Whether it was begun with a chain.</summary>
    public bool Initialized { get; set; }

    /// <summary>Whether the chain has it as a worker.</summary>
    public bool Registered { get; set; }

    /// <summary>The chain's first block, hexadecimal.</summary>
    public string? GenesisBlockHash { get; set; }

    /// <summary>The identity key, hexadecimal without 0x.</summary>
    public string? PublicKey { get; set; }

    /// <summary>The key for older envelopes: the identity key.</summary>
    public string? EcdhPublicKey { get; set; }

    /// <summary>The number after the newest final block that it knows.</summary>
    public uint Headernum { get; set; }

    /// <summary>0.</summary>
    public uint ParaHeadernum { get; set; }

    /// <summary>The number after the last block whose entries are applied.</summary>
    public uint Blocknum { get; set; }

    /// <summary>The root of the chain's state at the newest final block, hexadecimal.</summary>
    public string StateRoot { get; set; } = "";

    /// <summary>Whether nothing vouches for the worker's hardware and program.</summary>
    public bool DevMode { get; set; }

    /// <summary>Messages that wait for the chain.</summary>
    public ulong PendingMessages { get; set; }

    /// <summary>0.</summary>
    public ulong Score { get; set; }

    /// <summary>Its part among the gatekeepers.</summary>
    public GatekeeperStatus? Gatekeeper { get; set; }

    /// <summary>The program's version.</summary>
    public string Version { get; set; } = "";

    /// <summary>Nothing: the measurement says what runs.</summary>
    public string GitRevision { get; set; } = "";

    /// <summary>Its memory.</summary>
    public MemoryUsage? MemoryUsage { get; set; }

    /// <summary>False.</summary>
    public bool WaitingForParaheaders { get; set; }

    /// <summary>The same, as far as it follows from the chain.</summary>
    public SystemInfo? System { get; set; }

    /// <summary>False.</summary>
    public bool CanLoadChainState { get; set; }

    /// <summary>0.</summary>
    public uint SafeModeLevel { get; set; }

    /// <summary>The time of the newest final block in milliseconds since 1970.</summary>
    public ulong CurrentBlockTime { get; set; }

    /// <summary>The newest interface of contracts that it knows.</summary>
    public string MaxSupportedPinkRuntimeVersion { get; set; } = "";

    /// <summary>What can vouch for it: nothing.</summary>
    public List<string> SupportedAttestationMethods { get; } = [];

    /// <summary>0.</summary>
    public uint LiveSidevmInstances { get; set; }

    /// <summary>How many seconds a query may take.</summary>
    public uint QueryTimeout { get; set; }

    /// <summary>What vouches for hardware and program, in words for people.</summary>
    public string Attestation { get; set; } = "";

    /// <summary>What it runs, hexadecimal.</summary>
    public string Measurement { get; set; } = "";

    /// <summary>The key that names this boot's session, hexadecimal.</summary>
    public string SessionKey { get; set; } = "";

    /// <summary>What queries are sealed to, hexadecimal.</summary>
    public string SessionEncryptionKey { get; set; } = "";

    /// <summary>The last block in which the session counts; 0 where none is recorded.</summary>
    public uint LeaseEnd { get; set; }

    /// <summary>Whether it answers queries.</summary>
    public bool Serving { get; set; }

    /// <summary>Why not, where it does not.</summary>
    public string NotServingReason { get; set; } = "";

    /// <summary>The newest final block that it knows, hexadecimal.</summary>
    public string HeadHash { get; set; } = "";

    /// <summary>How many entries the queue has there.</summary>
    public ulong QueueCount { get; set; }

    /// <summary>How many of them every stream has applied.</summary>
    public ulong AppliedCount { get; set; }

    /// <inheritdoc/>
    public static ProtoSchema<PhactoryInfo> Schema { get; } = new ProtoSchema<PhactoryInfo>()
        .Field(1, "initialized", ProtoKinds.Bool, message => message.Initialized, (message, value) => message.Initialized = value)
        .Field(2, "registered", ProtoKinds.Bool, message => message.Registered, (message, value) => message.Registered = value)
        .Optional(4, "genesis_block_hash", ProtoKinds.Text, message => message.GenesisBlockHash, (message, value) => message.GenesisBlockHash = value)
        .Optional(5, "public_key", ProtoKinds.Text, message => message.PublicKey, (message, value) => message.PublicKey = value)
        .Optional(6, "ecdh_public_key", ProtoKinds.Text, message => message.EcdhPublicKey, (message, value) => message.EcdhPublicKey = value)
        .Field(7, "headernum", ProtoKinds.UInt32, message => message.Headernum, (message, value) => message.Headernum = value)
        .Field(8, "para_headernum", ProtoKinds.UInt32, message => message.ParaHeadernum, (message, value) => message.ParaHeadernum = value)
        .Field(9, "blocknum", ProtoKinds.UInt32, message => message.Blocknum, (message, value) => message.Blocknum = value)
        .Field(10, "state_root", ProtoKinds.Text, message => message.StateRoot, (message, value) => message.StateRoot = value)
        .Field(11, "dev_mode", ProtoKinds.Bool, message => message.DevMode, (message, value) => message.DevMode = value)
        .Field(12, "pending_messages", ProtoKinds.UInt64, message => message.PendingMessages, (message, value) => message.PendingMessages = value)
        .Field(13, "score", ProtoKinds.UInt64, message => message.Score, (message, value) => message.Score = value)
        .Optional(14, "gatekeeper", new MessageKind<GatekeeperStatus>(), message => message.Gatekeeper, (message, value) => message.Gatekeeper = value)
        .Field(15, "version", ProtoKinds.Text, message => message.Version, (message, value) => message.Version = value)
        .Field(16, "git_revision", ProtoKinds.Text, message => message.GitRevision, (message, value) => message.GitRevision = value)
        .Optional(18, "memory_usage", new MessageKind<MemoryUsage>(), message => message.MemoryUsage, (message, value) => message.MemoryUsage = value)
        .Field(21, "waiting_for_paraheaders", ProtoKinds.Bool, message => message.WaitingForParaheaders, (message, value) => message.WaitingForParaheaders = value)
        .Optional(23, "system", new MessageKind<SystemInfo>(), message => message.System, (message, value) => message.System = value)
        .Field(24, "can_load_chain_state", ProtoKinds.Bool, message => message.CanLoadChainState, (message, value) => message.CanLoadChainState = value)
        .Field(25, "safe_mode_level", ProtoKinds.UInt32, message => message.SafeModeLevel, (message, value) => message.SafeModeLevel = value)
        .Field(26, "current_block_time", ProtoKinds.UInt64, message => message.CurrentBlockTime, (message, value) => message.CurrentBlockTime = value)
        .Field(27, "max_supported_pink_runtime_version", ProtoKinds.Text, message => message.MaxSupportedPinkRuntimeVersion, (message, value) => message.MaxSupportedPinkRuntimeVersion = value)
        .Repeated(28, "supported_attestation_methods", ProtoKinds.Text, message => message.SupportedAttestationMethods)
        .Field(29, "live_sidevm_instances", ProtoKinds.UInt32, message => message.LiveSidevmInstances, (message, value) => message.LiveSidevmInstances = value)
        .Field(30, "query_timeout", ProtoKinds.UInt32, message => message.QueryTimeout, (message, value) => message.QueryTimeout = value)
        .Field(64, "attestation", ProtoKinds.Text, message => message.Attestation, (message, value) => message.Attestation = value)
        .Field(65, "measurement", ProtoKinds.Text, message => message.Measurement, (message, value) => message.Measurement = value)
        .Field(66, "session_key", ProtoKinds.Text, message => message.SessionKey, (message, value) => message.SessionKey = value)
        .Field(67, "session_encryption_key", ProtoKinds.Text, message => message.SessionEncryptionKey, (message, value) => message.SessionEncryptionKey = value)
        .Field(68, "lease_end", ProtoKinds.UInt32, message => message.LeaseEnd, (message, value) => message.LeaseEnd = value)
        .Field(69, "serving", ProtoKinds.Bool, message => message.Serving, (message, value) => message.Serving = value)
        .Field(70, "not_serving_reason", ProtoKinds.Text, message => message.NotServingReason, (message, value) => message.NotServingReason = value)
        .Field(71, "head_hash", ProtoKinds.Text, message => message.HeadHash, (message, value) => message.HeadHash = value)
        .Field(72, "queue_count", ProtoKinds.UInt64, message => message.QueueCount, (message, value) => message.QueueCount = value)
        .Field(73, "applied_count", ProtoKinds.UInt64, message => message.AppliedCount, (message, value) => message.AppliedCount = value);
}
