using Phala.Codec;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;

namespace Phala.Worker.Rpc;

/// <summary>A method with its messages.</summary>
/// <typeparam name="TRequest">What it takes.</typeparam>
/// <typeparam name="TReply">What it gives.</typeparam>
internal sealed class PrpcMethod<TRequest, TReply>(string name, bool isPublic, int maxBody, Func<TRequest, CancellationToken, ValueTask<Result<TReply, PrpcRefusal>>> handler)
    : PrpcMethod(name, isPublic, maxBody)
    where TRequest : class, IProtoMessage<TRequest>, new()
    where TReply : class, IProtoMessage<TReply>, new()
{
    /// <inheritdoc/>
    public override async ValueTask<PrpcReply> CallAsync(ReadOnlyMemory<byte> body, bool isJson, CancellationToken cancellation)
    {
        ProtoError error = Decode(body, isJson, out TRequest request);
        if (error != ProtoError.None) return Refuse(new PrpcRefusal($"DecodeError({error})", PrpcStatus.BadRequest), isJson);
        Result<TReply, PrpcRefusal> result = await handler(request, cancellation).ConfigureAwait(false);
        return result.TryGet(out TReply? reply, out PrpcRefusal? refusal) ? new PrpcReply(PrpcStatus.Ok, isJson ? TReply.Schema.EncodeJson(reply) : TReply.Schema.Encode(reply)) : Refuse(refusal!, isJson);
    }

    /// <summary>A refusal as bytes.</summary>
    internal static PrpcReply Refuse(PrpcRefusal refusal, bool isJson)
    {
        PrpcError error = new() { Message = refusal.Message };
        return new PrpcReply(refusal.Status, isJson ? PrpcError.Schema.EncodeJson(error) : PrpcError.Schema.Encode(error));
    }

    private static ProtoError Decode(ReadOnlyMemory<byte> body, bool isJson, out TRequest request)
    {
        if (!isJson) return TRequest.Schema.Decode(body.Span, out request);
        if (!body.IsEmpty) return TRequest.Schema.DecodeJson(body, out request);
        request = new TRequest();
        return ProtoError.None;
    }
}
