using Phala.Chain;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Shapes;
using Phala.Runtime.Interface.Storage;
using Phala.Trie;

namespace Phala.Runtime.Interface;

/// <summary>Accounts, the block being executed, and events: what every other pallet stands on.</summary>
[Documented]
public static partial class FrameSystem
{
    /// <summary>The name in metadata.</summary>
    public const string Name = "System";

    /// <summary>The prefix of addresses: Phala's.</summary>
    public const ushort Ss58Prefix = 30;

    /// <summary>Accounts.</summary>
    public static readonly StorageMap<AccountId, AccountId, AccountInfo, AccountInfo> Account = new(Name, "Account", Hasher.Blake2_128Concat, () => AccountInfo.Missing);

    /// <summary>How many extrinsics the block has; there while it is executed.</summary>
    public static readonly StorageValue<U32Codec, uint> ExtrinsicCount = new(Name, "ExtrinsicCount");

    /// <summary>What the block has taken so far.</summary>
    public static readonly StorageValue<PerDispatchClass<Weight>, PerDispatchClass<Weight>> BlockWeight = new(Name, "BlockWeight", () => default);

    /// <summary>Hashes of the last 4096 blocks and the genesis.</summary>
    public static readonly StorageMap<U32Codec, uint, Hash256, Hash256> BlockHash = new(Name, "BlockHash", Hasher.Twox64Concat, () => default);

    /// <summary>The block's number.</summary>
    public static readonly StorageValue<U32Codec, uint> Number = new(Name, "Number", () => 0u);

    /// <summary>The parent's hash.</summary>
    public static readonly StorageValue<Hash256, Hash256> ParentHash = new(Name, "ParentHash", () => default);

    /// <summary>The block's digest without the seal.</summary>
    public static readonly StorageValue<Digest, Digest> Digest = new(Name, "Digest", () => default);

    /// <summary>What happened in the block.</summary>
    public static readonly StorageValue<VecCodec<EventRecord, EventRecord>, Vec<EventRecord>> Events = new(Name, "Events", () => default);

    /// <summary>How many events there are.</summary>
    public static readonly StorageValue<U32Codec, uint> EventCount = new(Name, "EventCount", () => 0u);

    /// <summary>The rules that the chain follows.</summary>
    public static readonly StorageValue<LastRuntimeUpgradeInfo, LastRuntimeUpgradeInfo> LastRuntimeUpgrade = new(Name, "LastRuntimeUpgrade");

    /// <summary>The table of contents.</summary>
    public static PalletShape Shape { get; } = new PalletShape(Name, 0, "frame_system", Docs)
        .Call<Remark>(0)
        .Call<RemarkWithEvent>(7)
        .Event<ExtrinsicSuccess>(0)
        .Event<ExtrinsicFailed>(1)
        .Event<CodeUpdated>(2)
        .Event<NewAccount>(3)
        .Event<KilledAccount>(4)
        .Event<Remarked>(5)
        .Stores(Account, ExtrinsicCount, BlockWeight, BlockHash, Number, ParentHash, Digest, Events, EventCount, LastRuntimeUpgrade)
        .Constant<BlockWeights, BlockWeights>("BlockWeights", BlockLimits.Weights, "What a block may take.")
        .Constant<BlockLength, BlockLength>("BlockLength", BlockLimits.Length, "How many bytes of extrinsics a block may hold.")
        .Constant<U32Codec, uint>("BlockHashCount", BlockLimits.BlockHashCount, "How many blocks back the hashes of blocks are kept.")
        .Constant<RuntimeDbWeight, RuntimeDbWeight>("DbWeight", BlockLimits.Database, "What the state costs.")
        .Constant<U16Codec, ushort>("SS58Prefix", Ss58Prefix, "The prefix of addresses.");

    /// <summary>Puts bytes into a block and does nothing with them.</summary>
    /// <param name="Bytes">Any bytes.</param>
    [Scale] public readonly partial record struct Remark([ScaleName("remark")] Vec<byte> Bytes) : ICall<Remark>;

    /// <summary>Puts bytes into a block and tells their hash in an event.</summary>
    /// <param name="Remark">Any bytes.</param>
    [Scale] public readonly partial record struct RemarkWithEvent(Vec<byte> Remark) : ICall<RemarkWithEvent>;

    /// <summary>An extrinsic was executed.</summary>
    /// <param name="DispatchInfo">What it cost.</param>
    [Scale] public readonly partial record struct ExtrinsicSuccess(DispatchInfo DispatchInfo) : IEvent<ExtrinsicSuccess>;

    /// <summary>An extrinsic failed: its call changed nothing, its fee was paid.</summary>
    /// <param name="DispatchError">Why.</param>
    /// <param name="DispatchInfo">What it cost.</param>
    [Scale] public readonly partial record struct ExtrinsicFailed(DispatchError DispatchError, DispatchInfo DispatchInfo) : IEvent<ExtrinsicFailed>;

    /// <summary>The code for light clients has changed, and with it the rules.</summary>
    [Scale] public readonly partial record struct CodeUpdated : IEvent<CodeUpdated>;

    /// <summary>An account came into being.</summary>
    /// <param name="Account">The account.</param>
    [Scale] public readonly partial record struct NewAccount(AccountId Account) : IEvent<NewAccount>;

    /// <summary>An account ceased to be.</summary>
    /// <param name="Account">The account.</param>
    [Scale] public readonly partial record struct KilledAccount(AccountId Account) : IEvent<KilledAccount>;

    /// <summary>Bytes were put into the block.</summary>
    /// <param name="Sender">By whom.</param>
    /// <param name="Hash">Their BLAKE2b-256 hash.</param>
    [Scale] public readonly partial record struct Remarked(AccountId Sender, Hash256 Hash) : IEvent<Remarked>;
}
