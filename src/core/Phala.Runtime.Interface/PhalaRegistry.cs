using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Runtime.Interface.Workers;
using Phala.Trie;

namespace Phala.Runtime.Interface;

/// <summary>Who the workers are: their programs, sessions, endpoints and offices, and the public keys of clusters and contracts.</summary>
[Documented]
public static partial class PhalaRegistry
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "PhalaRegistry";

    /// <summary>How many blocks a session's lease lasts.</summary>
    public const uint LeaseLength = 600;

    /// <summary>How many seconds a registration lasts.</summary>
    public const ulong RegistrationLength = 90 * 24 * 60 * 60;

    /// <summary>The most URLs of a worker's endpoint, and the longest of them in characters.</summary>
    public const int MaxEndpoints = 8, MaxEndpointUrl = 256;

    /// <summary>How many milliseconds an endpoint's signature is good for.</summary>
    public const ulong EndpointLength = 4 * 60 * 60 * 1000;

    /// <summary>The workers that are gatekeepers.</summary>
    public static readonly StorageValue<VecCodec<Sr25519PublicKey, Sr25519PublicKey>, Vec<Sr25519PublicKey>> Gatekeeper = new(Name, "Gatekeeper", () => default);

    /// <summary>The public half of the gatekeepers' key.</summary>
    public static readonly StorageValue<Sr25519PublicKey, Sr25519PublicKey> GatekeeperMasterPubkey = new(Name, "GatekeeperMasterPubkey");

    /// <summary>When the gatekeepers came into office: block, and seconds since 1970.</summary>
    public static readonly StorageValue<Tuple2Codec<U32Codec, uint, U64Codec, ulong>, (uint Block, ulong Seconds)> GatekeeperLaunchedAt = new(Name, "GatekeeperLaunchedAt");

    /// <summary>Registered workers by identity.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, WorkerInfoV2, WorkerInfoV2> Workers = new(Name, "Workers", Hasher.Twox64Concat);

    /// <summary>The block in which a worker was first registered.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, U32Codec, uint> WorkerAddedAt = new(Name, "WorkerAddedAt", Hasher.Twox64Concat);

    /// <summary>The block in which a worker was registered last: what it said of itself before counts no more.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, U32Codec, uint> WorkerUpdatedAt = new(Name, "WorkerUpdatedAt", Hasher.Twox64Concat, () => 0u);

    /// <summary>Sessions by the worker's identity: the newest.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, SessionRecord, SessionRecord> Sessions = new(Name, "Sessions", Hasher.Twox64Concat);

    /// <summary>Contracts' identity keys.</summary>
    public static readonly StorageMap<Hash256, Hash256, Sr25519PublicKey, Sr25519PublicKey> ContractKeys = new(Name, "ContractKeys", Hasher.Twox64Concat);

    /// <summary>What commands to a cluster are sealed to, by epoch.</summary>
    public static readonly StorageMap<ClusterEpoch, ClusterEpoch, X25519PublicKey, X25519PublicKey> ClusterKeys = new(Name, "ClusterKeys", Hasher.Twox64Concat);

    /// <summary>Clusters' identity keys: what their messages to the chain are signed with.</summary>
    public static readonly StorageMap<Hash256, Hash256, Sr25519PublicKey, Sr25519PublicKey> ClusterIdentities = new(Name, "ClusterIdentities", Hasher.Twox64Concat);

    /// <summary>The newest epoch of a cluster that has keys.</summary>
    public static readonly StorageMap<Hash256, Hash256, U32Codec, uint> ClusterEpochs = new(Name, "ClusterEpochs", Hasher.Twox64Concat);

    /// <summary>The measurements of programs that may be workers.</summary>
    public static readonly StorageValue<VecCodec<Measurement, Measurement>, Vec<Measurement>> PRuntimeAllowList = new(Name, "PRuntimeAllowList", () => default);

    /// <summary>The block in which a measurement was allowed.</summary>
    public static readonly StorageMap<Measurement, Measurement, U32Codec, uint> PRuntimeAddedAt = new(Name, "PRuntimeAddedAt", Hasher.Twox64Concat);

    /// <summary>Where workers answer, by identity.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, VersionedWorkerEndpoints, VersionedWorkerEndpoints> Endpoints = new(Name, "Endpoints", Hasher.Twox64Concat);

    /// <summary>When an endpoint was signed, in milliseconds since 1970: an older signature changes it no more.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, U64Codec, ulong> EndpointsSignedAt = new(Name, "EndpointsSignedAt", Hasher.Twox64Concat, () => 0ul);

    /// <summary>The least version of a worker: major, minor, patch.</summary>
    public static readonly StorageValue<Tuple3Codec<U32Codec, uint, U32Codec, uint, U32Codec, uint>, (uint Major, uint Minor, uint Patch)> MinimumPRuntimeVersion =
        new(Name, "MinimumPRuntimeVersion", () => default);

    /// <summary>Whether workers that nothing vouches for are registered. Part of the genesis: only chains for development say yes.</summary>
    public static readonly StorageValue<BoolCodec, bool> AllowInsecureDev = new(Name, "AllowInsecureDev", () => false);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 41, "phala_pallets::registry", Docs)
        .Call<ForceRegisterWorker>(1)
        .Call<RegisterGatekeeper>(3)
        .Call<UnregisterGatekeeper>(4)
        .Call<RegisterWorkerV2>(7)
        .Call<UpdateWorkerEndpoint>(8)
        .Call<AddPruntime>(9)
        .Call<RemovePruntime>(10)
        .Call<SetMinimumPruntimeVersion>(13)
        .Call<RecordSession>(64)
        .Event<GatekeeperAdded>(0)
        .Event<GatekeeperRemoved>(1)
        .Event<WorkerAdded>(2)
        .Event<WorkerUpdated>(3)
        .Event<MinimumPRuntimeVersionChangedTo>(7)
        .Event<GatekeeperLaunched>(9)
        .Event<SessionRecorded>(64)
        .Event<EndpointUpdated>(65)
        .Event<PruntimeAdded>(66)
        .Event<PruntimeRemoved>(67)
        .Event<ClusterKeyAvailable>(68)
        .Errors<ErrorCodec, Error>()
        .Stores(
            Gatekeeper, GatekeeperMasterPubkey, GatekeeperLaunchedAt, Workers, WorkerAddedAt, WorkerUpdatedAt, Sessions, ContractKeys, ClusterKeys, ClusterIdentities, ClusterEpochs,
            PRuntimeAllowList, PRuntimeAddedAt, Endpoints, EndpointsSignedAt, MinimumPRuntimeVersion, AllowInsecureDev)
        .Constant<U32Codec, uint>("LeaseLength", LeaseLength, "How many blocks a session's lease lasts.")
        .Constant<U64Codec, ulong>("RegistrationLength", RegistrationLength, "How many seconds a registration lasts.")
        .Constant<U32Codec, uint>("LongestSessionAge", SessionClaim.LongestAge, "How many blocks old a session's claim or a registration may be.");

    /// <summary>What can go wrong.</summary>
    [Scale("phala_pallets::registry::pallet::Error")]
    public enum Error : byte
    {
        /// <summary>The message is none that the registry knows.</summary>
        CannotHandleUnknownMessage = 0,

        /// <summary>The sender may not say this.</summary>
        InvalidSender = 1,

        /// <summary>The key is no key.</summary>
        InvalidPubKey = 2,

        /// <summary>The signature is not of the key.</summary>
        InvalidSignature = 5,

        /// <summary>The attestation binds something else.</summary>
        InvalidRuntimeInfoHash = 14,

        /// <summary>The worker says something about itself that can't be so.</summary>
        InvalidRuntimeInfo = 15,

        /// <summary>The input can't be.</summary>
        InvalidInput = 16,

        /// <summary>There is no such worker.</summary>
        WorkerNotFound = 18,

        /// <summary>The chain registers no worker that nothing vouches for.</summary>
        NoneAttestationDisabled = 19,

        /// <summary>The worker is no gatekeeper, or is one already.</summary>
        InvalidGatekeeper = 20,

        /// <summary>The gatekeepers have no key yet.</summary>
        MasterKeyUninitialized = 23,

        /// <summary>The worker follows another chain.</summary>
        GenesisBlockHashRejected = 24,

        /// <summary>The program's measurement is not allowed, or its version too low.</summary>
        PRuntimeRejected = 27,

        /// <summary>The measurement is allowed already.</summary>
        PRuntimeAlreadyExists = 28,

        /// <summary>The measurement is not allowed anyway.</summary>
        PRuntimeNotFound = 29,

        /// <summary>The last gatekeeper stays.</summary>
        CannotRemoveLastGatekeeper = 32,

        /// <summary>The endpoint was signed too long ago, in the future, or before the one that stands.</summary>
        InvalidEndpointSigningTime = 35,

        /// <summary>The parachain is another.</summary>
        ParachainIdMismatch = 37,

        /// <summary>The registration has expired: the worker has to be registered again.</summary>
        RegistrationExpired = 64,

        /// <summary>The block that a claim or a registration names is none of this chain, or too old.</summary>
        SessionNotCanonical = 65,

        /// <summary>A later session stands, or the lease was renewed further.</summary>
        SessionSuperseded = 66,

        /// <summary>The claim renews a session that is not the worker's.</summary>
        SessionUnknown = 67,

        /// <summary>The worker was registered after it said this.</summary>
        RegistrationSuperseded = 68,
    }

    /// <summary>Registers a worker without an attestation; for root, on a chain for development.</summary>
    /// <param name="Pubkey">Its identity key.</param>
    /// <param name="EcdhPubkey">Its key for older envelopes.</param>
    /// <param name="Operator">Who runs it.</param>
    [Scale] public readonly partial record struct ForceRegisterWorker(Sr25519PublicKey Pubkey, Sr25519PublicKey EcdhPubkey, Option<AccountId> Operator) : ICall<ForceRegisterWorker>;

    /// <summary>Makes a worker a gatekeeper; for root.</summary>
    /// <param name="Gatekeeper">The worker.</param>
    [Scale] public readonly partial record struct RegisterGatekeeper(Sr25519PublicKey Gatekeeper) : ICall<RegisterGatekeeper>;

    /// <summary>Takes the office from a gatekeeper; for root.</summary>
    /// <param name="Gatekeeper">The worker.</param>
    [Scale] public readonly partial record struct UnregisterGatekeeper(Sr25519PublicKey Gatekeeper) : ICall<UnregisterGatekeeper>;

    /// <summary>Registers a worker, for the first time or again. Anybody may pay for it.</summary>
    /// <param name="PruntimeInfo">What it says of itself.</param>
    /// <param name="Attestation">An attestation whose report data begins with the BLAKE2b-256 hash of that.</param>
    [Scale] public readonly partial record struct RegisterWorkerV2(WorkerRegistrationInfoV2 PruntimeInfo, Option<AttestationReport> Attestation) : ICall<RegisterWorkerV2>;

    /// <summary>Says where a worker answers. Anybody may pay for it.</summary>
    /// <param name="EndpointPayload">Where.</param>
    /// <param name="Signature">The identity's signature: 64 bytes.</param>
    [Scale] public readonly partial record struct UpdateWorkerEndpoint(WorkerEndpointPayload EndpointPayload, Vec<byte> Signature) : ICall<UpdateWorkerEndpoint>;

    /// <summary>Allows a program; for root.</summary>
    /// <param name="PruntimeHash">Its measurement.</param>
    [Scale] public readonly partial record struct AddPruntime(Measurement PruntimeHash) : ICall<AddPruntime>;

    /// <summary>Allows a program no longer; for root. Sessions of it may not be renewed.</summary>
    /// <param name="PruntimeHash">Its measurement.</param>
    [Scale] public readonly partial record struct RemovePruntime(Measurement PruntimeHash) : ICall<RemovePruntime>;

    /// <summary>Sets the least version of a worker; for root.</summary>
    /// <param name="Major">Of the three numbers the first.</param>
    /// <param name="Minor">The second.</param>
    /// <param name="Patch">The third.</param>
    [Scale] public readonly partial record struct SetMinimumPruntimeVersion(uint Major, uint Minor, uint Patch) : ICall<SetMinimumPruntimeVersion>;

    /// <summary>Records a worker's session, or renews its lease. Signed by anybody who pays, or bare.</summary>
    /// <param name="Claim">The claim with what supports it.</param>
    [Scale] public readonly partial record struct RecordSession(SignedSessionClaim Claim) : ICall<RecordSession>;

    /// <summary>A worker became a gatekeeper.</summary>
    /// <param name="Pubkey">The worker.</param>
    [Scale] public readonly partial record struct GatekeeperAdded(Sr25519PublicKey Pubkey) : IEvent<GatekeeperAdded>;

    /// <summary>A gatekeeper is one no longer.</summary>
    /// <param name="Pubkey">The worker.</param>
    [Scale] public readonly partial record struct GatekeeperRemoved(Sr25519PublicKey Pubkey) : IEvent<GatekeeperRemoved>;

    /// <summary>A worker was registered for the first time.</summary>
    /// <param name="Pubkey">Its identity key.</param>
    /// <param name="AttestationProvider">What vouches for it.</param>
    /// <param name="ConfidenceLevel">How that was graded.</param>
    [Scale] public readonly partial record struct WorkerAdded(Sr25519PublicKey Pubkey, Option<AttestationProvider> AttestationProvider, byte ConfidenceLevel) : IEvent<WorkerAdded>;

    /// <summary>A worker was registered again.</summary>
    /// <param name="Pubkey">Its identity key.</param>
    /// <param name="AttestationProvider">What vouches for it.</param>
    /// <param name="ConfidenceLevel">How that was graded.</param>
    [Scale] public readonly partial record struct WorkerUpdated(Sr25519PublicKey Pubkey, Option<AttestationProvider> AttestationProvider, byte ConfidenceLevel) : IEvent<WorkerUpdated>;

    /// <summary>The least version of a worker changed.</summary>
    /// <param name="Major">Of the three numbers the first.</param>
    /// <param name="Minor">The second.</param>
    /// <param name="Patch">The third.</param>
    [Scale] public readonly partial record struct MinimumPRuntimeVersionChangedTo(uint Major, uint Minor, uint Patch) : IEvent<MinimumPRuntimeVersionChangedTo>;

    /// <summary>The gatekeepers came into office.</summary>
    [Scale] public readonly partial record struct GatekeeperLaunched : IEvent<GatekeeperLaunched>;

    /// <summary>A worker's session was recorded, or its lease renewed.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Session">The key that names the session.</param>
    /// <param name="Lease">How often it was renewed.</param>
    /// <param name="LeaseEnd">The number of the last block in which it counts.</param>
    [Scale] public readonly partial record struct SessionRecorded(Sr25519PublicKey Worker, Sr25519PublicKey Session, uint Lease, uint LeaseEnd) : IEvent<SessionRecorded>;

    /// <summary>A worker says where it answers.</summary>
    /// <param name="Worker">The worker.</param>
    [Scale] public readonly partial record struct EndpointUpdated(Sr25519PublicKey Worker) : IEvent<EndpointUpdated>;

    /// <summary>A program was allowed.</summary>
    /// <param name="Measurement">Its measurement.</param>
    [Scale] public readonly partial record struct PruntimeAdded(Measurement Measurement) : IEvent<PruntimeAdded>;

    /// <summary>A program is allowed no longer.</summary>
    /// <param name="Measurement">Its measurement.</param>
    [Scale] public readonly partial record struct PruntimeRemoved(Measurement Measurement) : IEvent<PruntimeRemoved>;

    /// <summary>Commands to a cluster may be sealed.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Epoch">The epoch.</param>
    /// <param name="CommandKey">What they are sealed to.</param>
    [Scale] public readonly partial record struct ClusterKeyAvailable(Hash256 Cluster, uint Epoch, X25519PublicKey CommandKey) : IEvent<ClusterKeyAvailable>;
}
