using System.Buffers.Binary;
using System.Collections.Frozen;
using Phala.Chain;
using Phala.Chain.Aura;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Codec.Codecs;
using Phala.Runtime.Execution;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Apis;
using Phala.Runtime.Interface.Dispatch;
using Phala.Runtime.Interface.Transactions;
using Phala.Runtime.Interface.Versions;
using Phala.Runtime.Pallets;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Runtime.Apis;

/// <summary>Answers what clients ask the runtime by name (<c>state_call</c>). The names are those of <see cref="RuntimeApis"/>; each stands here once.</summary>
public sealed class RuntimeApiCalls
{
    private readonly PhalaRuntime _runtime;
    private readonly MetadataCache _metadata = new();
    private readonly FrozenDictionary<string, ApiMethod> _methods;

    /// <summary>Takes the runtime that is asked.</summary>
    public RuntimeApiCalls(PhalaRuntime runtime)
    {
        _runtime = runtime;
        _methods = new Dictionary<string, ApiMethod>(StringComparer.Ordinal)
        {
            ["Core_version"] = static (in question) => Scale.Encode(PhalaVersion.Of(question.SpecVersion)),
            ["Core_execute_block"] = ExecuteBlock,
            ["Core_initialize_block"] = static (in question) => new byte[] { (byte)ExtrinsicInclusionMode.AllExtrinsics },
            ["Metadata_metadata"] = (in question) => Scale.Encode<VecCodec<U8Codec, byte>, Vec<byte>>(_metadata.Get(14, question.SpecVersion)!.Value),
            ["Metadata_metadata_at_version"] = MetadataAtVersion,
            ["Metadata_metadata_versions"] = static (in question) => Scale.Encode<VecCodec<U32Codec, uint>, Vec<uint>>([.. Interface.Metadata.RuntimeMetadata.Versions]),
            ["BlockBuilder_apply_extrinsic"] = ApplyExtrinsic,
            ["BlockBuilder_finalize_block"] = static (in question) => ApiError.NotHere,
            ["BlockBuilder_inherent_extrinsics"] = static (in question) => ApiError.NotHere,
            ["BlockBuilder_check_inherents"] = static (in question) => ApiError.NotHere,
            ["TaggedTransactionQueue_validate_transaction"] = ValidateTransaction,
            ["AccountNonceApi_account_nonce"] = AccountNonce,
            ["TransactionPaymentApi_query_info"] = QueryInfo,
            ["TransactionPaymentApi_query_fee_details"] = QueryFeeDetails,
            ["TransactionPaymentApi_query_weight_to_fee"] = WeightToFee,
            ["TransactionPaymentApi_query_length_to_fee"] = LengthToFee,
            ["AuraApi_slot_duration"] = static (in question) => Scale.Encode<U64Codec, ulong>(Aura.SlotDuration.Get(question.Main)),
            ["AuraApi_authorities"] = static (in question) => Scale.Encode<VecCodec<AuraAuthorityId, AuraAuthorityId>, Vec<AuraAuthorityId>>(Aura.Authorities.Get(question.Main)),
            ["GrandpaApi_grandpa_authorities"] =
                static (in question) => Scale.Encode<VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>>(Grandpa.Authorities.Get(question.Main)),
            ["GrandpaApi_current_set_id"] = static (in question) => Scale.Encode<U64Codec, ulong>(Grandpa.CurrentSetId.Get(question.Main)),
            ["SessionKeys_generate_session_keys"] = static (in question) => ApiError.NotHere,
            ["SessionKeys_decode_session_keys"] = DecodeSessionKeys,
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The methods that are answered.</summary>
    public IEnumerable<string> Methods => _methods.Keys;

    /// <summary>Metadata in a version for a state; null where there is no such version.</summary>
    public Vec<byte>? Metadata(uint version, StateSnapshot state) => _metadata.Get(version, UpgradePallet.SpecVersion(new StateOverlay(state).Main));

    /// <summary>Answers a question. Any name and arguments give an answer or an error.</summary>
    /// <param name="state">The state in which it is asked.</param>
    /// <param name="at">The block after which the state is this one.</param>
    /// <param name="method">The method, such as <c>Core_version</c>.</param>
    /// <param name="arguments">The encoded arguments, one after the other.</param>
    public ApiAnswer Call(StateSnapshot state, BlockId at, string method, ReadOnlySpan<byte> arguments) =>
        _methods.TryGetValue(method, out ApiMethod? answer) ? answer(new ApiQuestion(_runtime, state, at, arguments)) : ApiError.UnknownMethod;

    private ApiAnswer ExecuteBlock(in ApiQuestion question)
    {
        if (!question.TryRead<Block, Block>(out Block block)) return ApiError.BadArguments;
        Header header = block.Header.Digest.TryGetSeal(out _) ? block.Header with { Digest = block.Header.Digest.WithoutLast() } : block.Header;
        BlockFault fault = _runtime.Execute(question.State, question.At, header, block.Extrinsics, static _ => { }, out _);
        return fault.Error == BlockError.None ? Array.Empty<byte>() : ApiError.BadBlock;
    }

    private ApiAnswer MetadataAtVersion(in ApiQuestion question) => question.TryRead<U32Codec, uint>(out uint version)
        ? Scale.Encode<OptionCodec<VecCodec<U8Codec, byte>, Vec<byte>>, Option<Vec<byte>>>(_metadata.Get(version, question.SpecVersion) is { } bytes ? new(bytes) : default)
        : ApiError.BadArguments;

    private static ApiAnswer ApplyExtrinsic(in ApiQuestion question) =>
        question.TryReadTransaction(0, 0, out ScratchBlock? scratch, out PreparedTransaction? transaction) ? scratch.Apply(transaction).Encode() : ApiError.BadArguments;

    private static ApiAnswer ValidateTransaction(in ApiQuestion question)
    {
        if (question.Arguments.IsEmpty || question.Arguments[0] > (byte)TransactionSource.External) return ApiError.BadArguments;
        if (!question.TryReadTransaction(1, Hash256.Size, out ScratchBlock? scratch, out PreparedTransaction? transaction)) return ApiError.BadArguments;
        return scratch.Validate(transaction).TryGet(out ValidTransaction? valid, out TransactionValidityError error)
            ? (byte[])[0, .. Scale.Encode(valid)]
            : (byte[])[1, .. Scale.Encode(error)];
    }

    private static ApiAnswer AccountNonce(in ApiQuestion question) => question.TryRead<AccountId, AccountId>(out AccountId account)
        ? Scale.Encode<U32Codec, uint>(FrameSystem.Account.Get(question.Main, account).Nonce)
        : ApiError.BadArguments;

    private static ApiAnswer QueryInfo(in ApiQuestion question)
    {
        if (!question.TryReadTransaction(0, sizeof(uint), out _, out PreparedTransaction? transaction)) return ApiError.BadArguments;
        UInt128 fee = transaction.IsSigned ? TransactionPaymentPallet.Fee(transaction.Info, LengthAtEnd(question)).Total : 0;
        return Scale.Encode(new RuntimeDispatchInfo(transaction.Info.Weight, transaction.Info.Class, fee));
    }

    private static ApiAnswer QueryFeeDetails(in ApiQuestion question)
    {
        if (!question.TryReadTransaction(0, sizeof(uint), out _, out PreparedTransaction? transaction)) return ApiError.BadArguments;
        Option<InclusionFee> fee = transaction.IsSigned ? new(TransactionPaymentPallet.Fee(transaction.Info, LengthAtEnd(question))) : default;
        return Scale.Encode(new FeeDetails(fee, transaction.Extensions.Tip));
    }

    /// <summary>The extrinsic's length as the client knows it: what it asks about may be unlike what it will send.</summary>
    private static uint LengthAtEnd(in ApiQuestion question) => BinaryPrimitives.ReadUInt32LittleEndian(question.Arguments[^sizeof(uint)..]);

    private static ApiAnswer WeightToFee(in ApiQuestion question) => question.TryRead<Weight, Weight>(out Weight weight)
        ? Scale.Encode<U128Codec, UInt128>(TransactionPaymentPallet.OfWeight(weight))
        : ApiError.BadArguments;

    private static ApiAnswer LengthToFee(in ApiQuestion question) => question.TryRead<U32Codec, uint>(out uint length)
        ? Scale.Encode<U128Codec, UInt128>(TransactionPaymentPallet.OfLength(length))
        : ApiError.BadArguments;

    /// <summary>Both keys with their kinds; none where the bytes are no session keys.</summary>
    private static ApiAnswer DecodeSessionKeys(in ApiQuestion question)
    {
        if (!question.TryRead<VecCodec<U8Codec, byte>, Vec<byte>>(out Vec<byte> encoded)) return ApiError.BadArguments;
        if (!Scale.Decode<SessionKeys>(encoded.AsSpan()).TryGet(out SessionKeys keys)) return new byte[] { 0 };
        ScaleWriter writer = ScaleWriter.Pooled();
        writer.WriteByte(1);
        writer.WriteLength(2);
        writer.WriteByteSequence(keys.Aura.AsSpan());
        writer.WriteSpan("aura"u8);
        writer.WriteByteSequence(keys.Grandpa.AsSpan());
        writer.WriteSpan("gran"u8);
        byte[] answer = writer.Written.ToArray();
        writer.Dispose();
        return answer;
    }
}
