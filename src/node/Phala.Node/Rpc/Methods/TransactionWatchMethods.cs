using System.Globalization;
using System.Text.Json;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.TxPool;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>transactionWatch_v1_*</c>: submits a transaction and tells what becomes of it; what is wrong with it comes as an event too.</summary>
internal sealed class TransactionWatchMethods(TransactionPool pool)
{
    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry) => registry.Subscription(
        new("transactionWatch_v1_submitAndWatch", "transactionWatch_v1_unwatch", "transactionWatch_v1_watchEvent") { AnswersNull = true }, RpcAccess.Safe, SubmitAndWatch);

    private RpcError? SubmitAndWatch(RpcCall call, Subscription subscription)
    {
        if (!call.Parameters.TryHex("transaction", out byte[] bytes)) return call.Parameters.Error;
        PoolRefusal refusal = new(PoolError.BadFormat);
        TransactionWatch? watch = null;
        if (Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic)) refusal = pool.SubmitAndWatch(extrinsic, out watch);
        if (refusal.Error != PoolError.None)
        {
            subscription.Push(End(refusal.Error == PoolError.ImmediatelyDropped ? "dropped" : "invalid", refusal.Data ?? refusal.Message));
            subscription.Stop();
            return null;
        }

        bool isValidated = false;
        _ = WatchPump.RunAsync(watch!, subscription, status =>
        {
            if (status.Kind is not (TransactionStatusKind.Ready or TransactionStatusKind.Future)) return Event(status);
            if (isValidated) return null;
            isValidated = true;
            return Json("validated", static _ => { });
        });
        return null;
    }

    private static byte[]? Event(TransactionStatus status) => status.Kind switch
    {
        TransactionStatusKind.InBlock => Json("bestChainBlockIncluded", writer => WriteBlock(writer, status)),
        TransactionStatusKind.Retracted => Json("bestChainBlockIncluded", static writer => writer.WriteNull("block")),
        TransactionStatusKind.Finalized => Json("finalized", writer => WriteBlock(writer, status)),
        TransactionStatusKind.FinalityTimeout => End("dropped", "Maximum number of finality watchers has been reached"),
        TransactionStatusKind.Usurped => End("invalid", "Extrinsic was rendered invalid by another extrinsic"),
        TransactionStatusKind.Dropped => End("dropped", "Extrinsic dropped from the pool due to exceeding limits"),
        TransactionStatusKind.Invalid => End("invalid", "Extrinsic marked as invalid"),
        _ => null,
    };

    // The index is a string in this interface.
    private static void WriteBlock(Utf8JsonWriter writer, in TransactionStatus status)
    {
        writer.WriteStartObject("block");
        writer.WriteHash("hash", status.Hash);
        writer.WriteString("index", status.Index.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private static byte[] End(string name, string error) => Json(name, writer => writer.WriteString("error", error));

    private static byte[] Json(string name, Action<Utf8JsonWriter> rest) => RpcJson.Serialize(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", name);
        rest(writer);
        writer.WriteEndObject();
    });
}
