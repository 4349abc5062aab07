using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec.Codecs;
using Phala.Codec.TypeInfo;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Runtime.Interface.Apis;

/// <summary>
/// The runtime APIs: what clients may ask the runtime at a block, by name and with what arguments. Metadata, the runtime's version, the native runtime's dispatch by name
/// and the light clients' module all take them from here.
/// </summary>
/// <remarks><b>Trust.</b> Names and types only. An answer that a node gives is its own; a light client computes it from proved state.</remarks>
public static class RuntimeApis
{
    /// <summary>The APIs in the order in which the version lists them.</summary>
    public static IReadOnlyList<RuntimeApiShape> All { get; } =
    [
        new("Core", 5, "Versions and the execution of blocks.",
        [
            Method("version", "The versions of the rules.", RuntimeVersion.Describe),
            Method("execute_block", "Executes a block; fails where it breaks the rules.", UnitCodec.Describe, In("block", Block.Describe)),
            Method("initialize_block", "Begins a block; tells which extrinsics it may take.", ExtrinsicInclusionModeCodec.Describe, In("header", Header.Describe)),
        ]),
        new("Metadata", 2, "The description of the runtime.",
        [
            Method("metadata", "The description in version 14.", OpaqueMetadata.Describe),
            Method("metadata_at_version", "The description in a version, where there is one.", types => types.Option(OpaqueMetadata.Describe(types)), In("version", U32Codec.Describe)),
            Method("metadata_versions", "The versions that there are.", types => types.Sequence(U32Codec.Describe(types))),
        ]),
        new("BlockBuilder", 6, "The making of blocks.",
        [
            Method("apply_extrinsic", "Adds an extrinsic to the block, unless it is not valid.", ApplyResult, In("extrinsic", UncheckedExtrinsicType.Describe)),
            Method("finalize_block", "Ends the block.", Header.Describe),
            Method("inherent_extrinsics", "The extrinsics that the author must put in front.", types => types.Sequence(UncheckedExtrinsicType.Describe(types)), In("inherent", InherentData.Describe)),
            Method("check_inherents", "Whether the author's extrinsics are right.", CheckInherentsResult.Describe, In("block", Block.Describe), In("data", InherentData.Describe)),
        ]),
        new("TaggedTransactionQueue", 3, "The transaction pool's question.",
        [
            Method(
                "validate_transaction",
                "Whether a block on top of the given one can take a transaction, and how the pool orders it.",
                types => types.Result(ValidTransaction.Describe(types), TransactionValidityError.Describe(types)),
                In("source", TransactionSourceCodec.Describe),
                In("tx", UncheckedExtrinsicType.Describe),
                In("block_hash", Hash256.Describe)),
        ]),
        new("AccountNonceApi", 1, "Nonces.",
        [
            Method("account_nonce", "The nonce of the account's next transaction, those that wait left out.", U32Codec.Describe, In("account", AccountId.Describe)),
        ]),
        new("TransactionPaymentApi", 4, "Fees, in units of 10⁻¹² PHA.",
        [
            Method("query_info", "What an extrinsic weighs and costs. Its signature is not looked at.", RuntimeDispatchInfo.Describe, In("uxt", UncheckedExtrinsicType.Describe), In("len", U32Codec.Describe)),
            Method("query_fee_details", "What the fee of an extrinsic consists of.", FeeDetails.Describe, In("uxt", UncheckedExtrinsicType.Describe), In("len", U32Codec.Describe)),
            Method("query_weight_to_fee", "The fee of a weight.", U128Codec.Describe, In("weight", Weight.Describe)),
            Method("query_length_to_fee", "The fee of so many bytes.", U128Codec.Describe, In("length", U32Codec.Describe)),
        ]),
        new("AuraApi", 1, "Who authors blocks.",
        [
            Method("slot_duration", "The length of a slot in milliseconds.", SlotDuration.Describe),
            Method("authorities", "Those who author the next block, in the order of their turns.", types => types.Sequence(AuraAuthorityId.Describe(types))),
        ]),
        new("GrandpaApi", 3, "Who makes blocks final.",
        [
            Method("grandpa_authorities", "Those whose votes make the next block final.", types => types.Sequence(GrandpaAuthority.Describe(types))),
            Method("current_set_id", "How often the set has changed.", U64Codec.Describe),
        ]),
        new("SessionKeys", 1, "The keys of a validator.",
        [
            Method("generate_session_keys", "Makes new keys in the node's key store and returns the public ones.", Bytes, In("seed", types => types.Option(Bytes(types)))),
            Method("decode_session_keys", "The public keys one by one, each with its kind.", DecodedKeys, In("encoded", Bytes)),
        ]),
    ];

    private static RuntimeApiMethod Method(string name, string docs, Func<TypeRegistryBuilder, int> output, params RuntimeApiInput[] inputs) => new(name, inputs, output, docs);

    private static RuntimeApiInput In(string name, Func<TypeRegistryBuilder, int> describe) => new(name, describe);

    private static int Bytes(TypeRegistryBuilder types) => types.Sequence(U8Codec.Describe(types));

    private static int ApplyResult(TypeRegistryBuilder types) =>
        types.Result(types.Result(UnitCodec.Describe(types), DispatchError.Describe(types)), TransactionValidityError.Describe(types));

    private static int DecodedKeys(TypeRegistryBuilder types) => types.Option(types.Sequence(types.Tuple(Bytes(types), KeyTypeId.Describe(types))));
}
