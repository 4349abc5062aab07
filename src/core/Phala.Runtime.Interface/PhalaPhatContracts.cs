using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Clusters;
using Phala.Runtime.Interface.Keys;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Trie;

namespace Phala.Runtime.Interface;

/// <summary>Clusters of workers and their confidential contracts: who they are, what they are told, and what became of it.</summary>
[Documented]
public static partial class PhalaPhatContracts
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "PhalaPhatContracts";

    /// <summary>The longest code of a contract in bytes.</summary>
    public const uint MaxCode = 2 * 1024 * 1024;

    /// <summary>The longest constructor call of a contract in bytes.</summary>
    public const uint MaxInstantiateData = 64 * 1024;

    /// <summary>How many workers a cluster may have.</summary>
    public const uint MaxWorkers = 64;

    /// <summary>For so many entries votes for reports are kept, so that two that differ are evidence.</summary>
    public const uint VotesKept = 256;

    /// <summary>For so many anchored entries of a cluster the hash of the report is kept, so that its receipts can be proven.</summary>
    public const uint ReportsKept = 65_536;

    /// <summary>Contracts by id.</summary>
    public static readonly StorageMap<Hash256, Hash256, BasicContractInfo, BasicContractInfo> Contracts = new(Name, "Contracts", Hasher.Twox64Concat);

    /// <summary>How many clusters there were.</summary>
    public static readonly StorageValue<U64Codec, ulong> ClusterCounter = new(Name, "ClusterCounter", () => 0ul);

    /// <summary>Clusters by id.</summary>
    public static readonly StorageMap<Hash256, Hash256, ClusterInfo, ClusterInfo> Clusters = new(Name, "Clusters", Hasher.Twox64Concat);

    /// <summary>A cluster's contracts that came into being.</summary>
    public static readonly StorageMap<Hash256, Hash256, VecCodec<Hash256, Hash256>, Vec<Hash256>> ClusterContracts = new(Name, "ClusterContracts", Hasher.Twox64Concat, () => default);

    /// <summary>A cluster's members.</summary>
    public static readonly StorageMap<Hash256, Hash256, VecCodec<Sr25519PublicKey, Sr25519PublicKey>, Vec<Sr25519PublicKey>> ClusterWorkers =
        new(Name, "ClusterWorkers", Hasher.Twox64Concat, () => default);

    /// <summary>The cluster of a worker: it is a member of one at most.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, Hash256, Hash256> ClusterByWorkers = new(Name, "ClusterByWorkers", Hasher.Twox64Concat);

    /// <summary>Workers that agreed to become a member of a cluster.</summary>
    public static readonly StorageMap<Sr25519PublicKey, Sr25519PublicKey, Hash256, Hash256> WorkerConsents = new(Name, "WorkerConsents", Hasher.Twox64Concat);

    /// <summary>The hash of the system contract's code in new clusters.</summary>
    public static readonly StorageValue<Hash256, Hash256> PinkSystemCodeHash = new(Name, "PinkSystemCodeHash");

    /// <summary>What is held to be a cluster's state: the newest that enough members reported alike.</summary>
    public static readonly StorageMap<Hash256, Hash256, ClusterAnchor, ClusterAnchor> ClusterAnchors = new(Name, "ClusterAnchors", Hasher.Twox64Concat);

    /// <summary>How many members must report alike.</summary>
    public static readonly StorageMap<Hash256, Hash256, U32Codec, uint> ReportQuorum = new(Name, "ReportQuorum", Hasher.Twox64Concat, () => 1u);

    /// <summary>What members reported of an entry.</summary>
    public static readonly StorageMap<ClusterCount, ClusterCount, VecCodec<ReportVote, ReportVote>, Vec<ReportVote>> ReportVotes = new(Name, "ReportVotes", Hasher.Twox64Concat, () => default);

    /// <summary>The hash of the report of an entry that enough members made alike. Of each cluster the last <see cref="ReportsKept"/> are kept, also after its end.</summary>
    public static readonly StorageMap<ClusterCount, ClusterCount, Hash256, Hash256> AnchoredReports = new(Name, "AnchoredReports", Hasher.Twox64Concat);

    /// <summary>The entries of a cluster whose votes are kept, from the oldest.</summary>
    public static readonly StorageMap<Hash256, Hash256, VecCodec<U64Codec, ulong>, Vec<ulong>> VotedCounts = new(Name, "VotedCounts", Hasher.Twox64Concat, () => default);

    /// <summary>How many entries of a cluster were anchored.</summary>
    public static readonly StorageMap<Hash256, Hash256, U64Codec, ulong> AnchoredTotals = new(Name, "AnchoredTotals", Hasher.Twox64Concat, () => 0ul);

    /// <summary>The entries of a cluster whose anchored reports are kept: the entry that was anchored as the n-th is at place n modulo <see cref="ReportsKept"/>, which stands in the key instead of a count.</summary>
    public static readonly StorageMap<ClusterCount, ClusterCount, U64Codec, ulong> AnchoredEntries = new(Name, "AnchoredEntries", Hasher.Twox64Concat);

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 48, "phala_pallets::phat", Docs)
        .Call<AddCluster>(0)
        .Call<ClusterUploadResource>(1)
        .Call<TransferToCluster>(2)
        .Call<PushContractMessage>(3)
        .Call<InstantiateContract>(4)
        .Call<ClusterDestroy>(5)
        .Call<AddWorkerToCluster>(8)
        .Call<RemoveWorkerFromCluster>(9)
        .Call<ReportEntry>(64)
        .Call<ConsentToCluster>(65)
        .Call<SetReportQuorum>(66)
        .Event<ClusterCreated>(0)
        .Event<ClusterPubkeyAvailable>(1)
        .Event<ClusterDeployed>(2)
        .Event<ClusterDeploymentFailed>(3)
        .Event<Instantiating>(4)
        .Event<ContractPubkeyAvailable>(5)
        .Event<Instantiated>(6)
        .Event<ClusterDestroyed>(7)
        .Event<Transfered>(8)
        .Event<WorkerAddedToCluster>(9)
        .Event<WorkerRemovedFromCluster>(10)
        .Event<CommandExecuted>(64)
        .Event<ClusterAnchored>(65)
        .Event<ReportsDiffer>(66)
        .Event<WorkerConsented>(67)
        .Errors<ErrorCodec, Error>()
        .Stores(
            Contracts, ClusterCounter, Clusters, ClusterContracts, ClusterWorkers, ClusterByWorkers, WorkerConsents, PinkSystemCodeHash, ClusterAnchors, ReportQuorum, ReportVotes, AnchoredReports, VotedCounts,
            AnchoredTotals, AnchoredEntries)
        .Constant<U32Codec, uint>("MaxCode", MaxCode, "The longest code of a contract in bytes.")
        .Constant<U32Codec, uint>("MaxInstantiateData", MaxInstantiateData, "The longest constructor call of a contract in bytes.")
        .Constant<U32Codec, uint>("MaxWorkers", MaxWorkers, "How many workers a cluster may have.");

    /// <summary>What can go wrong.</summary>
    [Scale("phala_pallets::phat::pallet::Error")]
    public enum Error : byte
    {
        /// <summary>There is no such cluster.</summary>
        ClusterNotFound = 1,

        /// <summary>The cluster has no keys yet.</summary>
        ClusterNotDeployed = 2,

        /// <summary>The sender may not do this in the cluster.</summary>
        ClusterPermissionDenied = 3,

        /// <summary>The contract exists.</summary>
        DuplicatedContract = 4,

        /// <summary>The worker is named twice, or is a member already.</summary>
        DuplicatedDeployment = 5,

        /// <summary>A cluster needs a worker.</summary>
        NoWorkerSpecified = 6,

        /// <summary>The sender may not say this.</summary>
        InvalidSender = 7,

        /// <summary>There is no such worker, or it is no member.</summary>
        WorkerNotFound = 8,

        /// <summary>The payload is too long.</summary>
        PayloadTooLarge = 9,

        /// <summary>The chain has no system contract for new clusters.</summary>
        NoPinkSystemCode = 10,

        /// <summary>There is no such contract.</summary>
        ContractNotFound = 11,

        /// <summary>The worker is a member of another cluster.</summary>
        WorkerIsBusy = 12,

        /// <summary>The worker has not agreed to become a member.</summary>
        WorkerHasNotConsented = 64,

        /// <summary>There are more workers than a cluster may have.</summary>
        TooManyWorkers = 65,

        /// <summary>The report is not of a member's session, or its signature not that session's.</summary>
        InvalidReport = 66,

        /// <summary>The entry is anchored by an equal report, or too long ago.</summary>
        ReportStale = 67,

        /// <summary>The quorum is no number of members.</summary>
        InvalidQuorum = 68,
    }

    /// <summary>Makes a cluster; for root.</summary>
    /// <param name="Owner">Who owns it, and pays the deposit.</param>
    /// <param name="Permission">Who may add to it.</param>
    /// <param name="DeployWorkers">Its members.</param>
    /// <param name="Deposit">What the owner has in it.</param>
    /// <param name="GasPrice">The price of one unit of gas.</param>
    /// <param name="DepositPerItem">What a stored item locks.</param>
    /// <param name="DepositPerByte">What a stored byte locks.</param>
    /// <param name="TreasuryAccount">Who is paid for gas.</param>
    [Scale] public readonly partial record struct AddCluster(
        AccountId Owner,
        ClusterAccess Permission,
        Vec<Sr25519PublicKey> DeployWorkers,
        UInt128 Deposit,
        UInt128 GasPrice,
        UInt128 DepositPerItem,
        UInt128 DepositPerByte,
        AccountId TreasuryAccount) : ICall<AddCluster>;

    /// <summary>Adds code to a cluster.</summary>
    /// <param name="ClusterId">The cluster.</param>
    /// <param name="ResourceType">What it is.</param>
    /// <param name="ResourceData">Its bytes.</param>
    [Scale] public readonly partial record struct ClusterUploadResource(Hash256 ClusterId, ResourceType ResourceType, Vec<byte> ResourceData) : ICall<ClusterUploadResource>;

    /// <summary>Moves tokens into a cluster.</summary>
    /// <param name="Amount">How many.</param>
    /// <param name="ClusterId">The cluster.</param>
    /// <param name="DestAccount">Whose they are there.</param>
    [Scale] public readonly partial record struct TransferToCluster(UInt128 Amount, Hash256 ClusterId, AccountId DestAccount) : ICall<TransferToCluster>;

    /// <summary>Sends a contract a command.</summary>
    /// <param name="ContractId">The contract.</param>
    /// <param name="Payload">The encoding of a <see cref="Messages.CommandPayload"/>.</param>
    /// <param name="Deposit">Tokens to move into the cluster first.</param>
    [Scale] public readonly partial record struct PushContractMessage(Hash256 ContractId, Vec<byte> Payload, UInt128 Deposit) : ICall<PushContractMessage>;

    /// <summary>Makes a contract.</summary>
    /// <param name="CodeIndex">Its code.</param>
    /// <param name="Data">Selector and arguments of the constructor.</param>
    /// <param name="Salt">What distinguishes it from others of the same deployer and code.</param>
    /// <param name="ClusterId">The cluster.</param>
    /// <param name="Transfer">Tokens that it is given.</param>
    /// <param name="GasLimit">What its constructor may take.</param>
    /// <param name="StorageDepositLimit">What it may lock at most.</param>
    /// <param name="Deposit">Tokens to move into the cluster first.</param>
    [Scale] public readonly partial record struct InstantiateContract(
        CodeIndex CodeIndex,
        Vec<byte> Data,
        Vec<byte> Salt,
        Hash256 ClusterId,
        UInt128 Transfer,
        ulong GasLimit,
        Option<UInt128> StorageDepositLimit,
        UInt128 Deposit) : ICall<InstantiateContract>;

    /// <summary>Ends a cluster; for root.</summary>
    /// <param name="ClusterId">The cluster.</param>
    [Scale] public readonly partial record struct ClusterDestroy(Hash256 ClusterId) : ICall<ClusterDestroy>;

    /// <summary>Makes a worker that agreed a member; for the cluster's owner.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="ClusterId">The cluster.</param>
    [Scale] public readonly partial record struct AddWorkerToCluster(Sr25519PublicKey Worker, Hash256 ClusterId) : ICall<AddWorkerToCluster>;

    /// <summary>Ends a worker's membership; for the cluster's owner, or the worker's operator.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="ClusterId">The cluster.</param>
    [Scale] public readonly partial record struct RemoveWorkerFromCluster(Sr25519PublicKey Worker, Hash256 ClusterId) : ICall<RemoveWorkerFromCluster>;

    /// <summary>Counts a member's report of an entry. Bare.</summary>
    /// <param name="Report">The report.</param>
    [Scale] public readonly partial record struct ReportEntry(SignedClusterReport Report) : ICall<ReportEntry>;

    /// <summary>Agrees, as the operator of a worker, that it becomes a member of a cluster.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="ClusterId">The cluster.</param>
    [Scale] public readonly partial record struct ConsentToCluster(Sr25519PublicKey Worker, Hash256 ClusterId) : ICall<ConsentToCluster>;

    /// <summary>Sets how many members must report alike; for the cluster's owner.</summary>
    /// <param name="ClusterId">The cluster.</param>
    /// <param name="Quorum">How many: from 1 to the number of members.</param>
    [Scale] public readonly partial record struct SetReportQuorum(Hash256 ClusterId, uint Quorum) : ICall<SetReportQuorum>;

    /// <summary>A cluster was made.</summary>
    /// <param name="Cluster">Its id.</param>
    /// <param name="SystemContract">Its system contract.</param>
    [Scale] public readonly partial record struct ClusterCreated(Hash256 Cluster, Hash256 SystemContract) : IEvent<ClusterCreated>;

    /// <summary>A cluster has an identity.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Pubkey">Its identity key.</param>
    [Scale] public readonly partial record struct ClusterPubkeyAvailable(Hash256 Cluster, Sr25519PublicKey Pubkey) : IEvent<ClusterPubkeyAvailable>;

    /// <summary>A member executes.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Pubkey">Its identity key.</param>
    /// <param name="Worker">The member.</param>
    [Scale] public readonly partial record struct ClusterDeployed(Hash256 Cluster, Sr25519PublicKey Pubkey, Sr25519PublicKey Worker) : IEvent<ClusterDeployed>;

    /// <summary>A member could not begin.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Worker">The member.</param>
    [Scale] public readonly partial record struct ClusterDeploymentFailed(Hash256 Cluster, Sr25519PublicKey Worker) : IEvent<ClusterDeploymentFailed>;

    /// <summary>A contract is being made.</summary>
    /// <param name="Contract">Its id.</param>
    /// <param name="Cluster">Its cluster.</param>
    /// <param name="Deployer">Who makes it.</param>
    [Scale] public readonly partial record struct Instantiating(Hash256 Contract, Hash256 Cluster, AccountId Deployer) : IEvent<Instantiating>;

    /// <summary>A contract has an identity.</summary>
    /// <param name="Contract">The contract.</param>
    /// <param name="Cluster">Its cluster.</param>
    /// <param name="Pubkey">Its identity key.</param>
    [Scale] public readonly partial record struct ContractPubkeyAvailable(Hash256 Contract, Hash256 Cluster, Sr25519PublicKey Pubkey) : IEvent<ContractPubkeyAvailable>;

    /// <summary>A contract came into being.</summary>
    /// <param name="Contract">The contract.</param>
    /// <param name="Cluster">Its cluster.</param>
    /// <param name="Deployer">Who made it.</param>
    [Scale] public readonly partial record struct Instantiated(Hash256 Contract, Hash256 Cluster, Hash256 Deployer) : IEvent<Instantiated>;

    /// <summary>A cluster ended.</summary>
    /// <param name="Cluster">The cluster.</param>
    [Scale] public readonly partial record struct ClusterDestroyed(Hash256 Cluster) : IEvent<ClusterDestroyed>;

    /// <summary>Tokens were moved into a cluster.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Account">Whose they are there.</param>
    /// <param name="Amount">How many.</param>
    [Scale] public readonly partial record struct Transfered(Hash256 Cluster, Hash256 Account, UInt128 Amount) : IEvent<Transfered>;

    /// <summary>A worker became a member.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Cluster">The cluster.</param>
    [Scale] public readonly partial record struct WorkerAddedToCluster(Sr25519PublicKey Worker, Hash256 Cluster) : IEvent<WorkerAddedToCluster>;

    /// <summary>A worker is a member no longer.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Cluster">The cluster.</param>
    [Scale] public readonly partial record struct WorkerRemovedFromCluster(Sr25519PublicKey Worker, Hash256 Cluster) : IEvent<WorkerRemovedFromCluster>;

    /// <summary>What became of a command.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Receipt">The receipt.</param>
    [Scale] public readonly partial record struct CommandExecuted(Hash256 Cluster, Receipt Receipt) : IEvent<CommandExecuted>;

    /// <summary>Enough members reported an entry alike.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Anchor">What they reported.</param>
    [Scale] public readonly partial record struct ClusterAnchored(Hash256 Cluster, ClusterAnchor Anchor) : IEvent<ClusterAnchored>;

    /// <summary>Two members reported an entry differently: one of them is wrong.</summary>
    /// <param name="Cluster">The cluster.</param>
    /// <param name="Count">The queue's count after the entry.</param>
    /// <param name="First">What one reported.</param>
    /// <param name="Second">What the other reported.</param>
    [Scale] public readonly partial record struct ReportsDiffer(Hash256 Cluster, ulong Count, ReportVote First, ReportVote Second) : IEvent<ReportsDiffer>;

    /// <summary>A worker agreed to become a member.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Cluster">The cluster.</param>
    [Scale] public readonly partial record struct WorkerConsented(Sr25519PublicKey Worker, Hash256 Cluster) : IEvent<WorkerConsented>;
}
