using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Apis;
using Phala.Runtime.Interface.Apis;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>payment_*</c>: what a transaction costs. Its signature is not looked at.</summary>
internal sealed class PaymentMethods(ChainView chain)
{
    private const int Undecodable = 2;

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("payment_queryInfo", RpcAccess.Safe, (call, result) => Query(call, result, "TransactionPaymentApi_query_info", WriteInfo));
        registry.Method("payment_queryFeeDetails", RpcAccess.Safe, (call, result) => Query(call, result, "TransactionPaymentApi_query_fee_details", WriteDetails));
    }

    private RpcError? Query(RpcCall call, Utf8JsonWriter result, string method, Action<Utf8JsonWriter, byte[]> write)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHex("extrinsic", out byte[] extrinsic) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state, out BlockId block) is { } error) return error;
        byte[] arguments = [.. extrinsic, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(arguments.AsSpan(extrinsic.Length), extrinsic.Length);
        ApiAnswer answer = chain.Call(state, block, method, arguments);
        if (answer.Error != ApiError.None) return new RpcError(Undecodable, "Unable to query dispatch info.", NodeErrors.CallText(answer.Error, method));
        write(result, answer.Bytes);
        return null;
    }

    private static void WriteInfo(Utf8JsonWriter writer, byte[] answer)
    {
        RuntimeDispatchInfo info = Scale.Decode<RuntimeDispatchInfo>(answer).Value;
        writer.WriteStartObject();
        writer.WriteStartObject("weight");
        writer.WriteNumber("ref_time", info.Weight.RefTime);
        writer.WriteNumber("proof_size", info.Weight.ProofSize);
        writer.WriteEndObject();
        writer.WriteString("class", JsonNamingPolicy.CamelCase.ConvertName(info.Class.ToString()));
        writer.WriteString("partialFee", info.PartialFee.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter writer, byte[] answer)
    {
        FeeDetails details = Scale.Decode<FeeDetails>(answer).Value;
        writer.WriteStartObject();
        writer.WritePropertyName("inclusionFee");
        if (details.InclusionFee.TryGet(out InclusionFee fee))
        {
            writer.WriteStartObject();
            writer.WriteString("baseFee", HexNumber(fee.BaseFee));
            writer.WriteString("lenFee", HexNumber(fee.LenFee));
            writer.WriteString("adjustedWeightFee", HexNumber(fee.AdjustedWeightFee));
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteEndObject();
    }

    private static string HexNumber(UInt128 number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");
}
