using System.Text.Unicode;
using Microsoft.Extensions.Logging;
using Phala.Node.Limits;

namespace Phala.Node.Rpc.Messages;

/// <summary>
/// Answers messages: one request or a batch, whichever way they came. Whatever the bytes are, the reply says what became of them, in the order of the requests;
/// a notification is neither run nor answered, as in Substrate. What a handler throws is a bug of ours, told as "Internal error" and counted.
/// </summary>
internal sealed class Dispatcher(MethodTable methods, RpcOptions options, RpcMetrics metrics, TimeProvider time, ILogger log)
{
    /// <summary>Answers a message into the exchange's empty reply, at once or later. The message must stay as it is until then.</summary>
    public ValueTask ExecuteAsync(ReadOnlyMemory<byte> message, Exchange exchange)
    {
        if (!Utf8.IsValid(message.Span))
        {
            exchange.WriteErrorForAll(RpcError.NotJson);
            return default;
        }

        bool isBatch = new JsonScanner(message.Span).Peek() == (byte)'[';
        return isBatch ? ExecuteBatchAsync(message, exchange) : ExecuteOneAsync(message, exchange);
    }

    private async ValueTask ExecuteBatchAsync(ReadOnlyMemory<byte> message, Exchange exchange)
    {
        if (Batch.Check(message.Span, options.MaxBatchLength) is { } error)
        {
            exchange.WriteErrorForAll(error);
            return;
        }

        ReplyBuffer reply = exchange.Reply;
        int position = Batch.Start(message.Span);
        while (Batch.TryNext(message.Span, ref position, out Slice request))
        {
            int before = reply.Length;
            reply.Append(before == 0 ? "["u8 : ","u8);
            await ExecuteOneAsync(request.Of(message), exchange).ConfigureAwait(false);
            if (reply.Length == before + 1) reply.Length = before;
            if (reply.Length < options.MaxResponseSize) continue;
            exchange.WriteErrorForAll(RpcError.BatchResponseTooLong(options.MaxResponseSize));
            return;
        }

        if (reply.Length > 0) reply.Append("]"u8);
    }

    private ValueTask ExecuteOneAsync(ReadOnlyMemory<byte> text, Exchange exchange)
    {
        RequestError error = Request.Parse(text.Span, out Request request);
        if (error == RequestError.None && request.IsNotification) return default;
        exchange.Begin(text, request);
        if (error == RequestError.None) return exchange.Caller.Limiter is { } limiter ? CallWithinLimitAsync(exchange, limiter) : CallAsync(exchange);
        exchange.WriteError(error == RequestError.NotJson ? RpcError.NotJson : RpcError.NotRequest);
        return default;
    }

    private async ValueTask CallWithinLimitAsync(Exchange exchange, RateLimiter limiter)
    {
        bool mayCall = limiter.TryTake(out TimeSpan wait);
        exchange.WasRateLimited = !mayCall || wait > TimeSpan.Zero;
        if (mayCall)
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, exchange.Call.Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CallAsync(exchange).ConfigureAwait(false);
            return;
        }

        Start(exchange);
        End(exchange, RpcError.RateLimited);
    }

    private ValueTask CallAsync(Exchange exchange)
    {
        Start(exchange);
        if (exchange.Method is not { Method: { } method })
        {
            End(exchange, RpcError.MethodNotFound);
            return default;
        }

        if (method.Access == RpcAccess.Unsafe && !exchange.Call.MayUseUnsafe)
        {
            End(exchange, RpcError.DeniedUnsafe);
            return default;
        }

        exchange.BeginResult(options.MaxResponseSize);
        try
        {
            ValueTask<RpcError?> running = method.Run(exchange.Call, exchange.Writer);
            if (!running.IsCompleted) return EndLaterAsync(exchange, running);
            EndResult(exchange, running.GetAwaiter().GetResult());
        }
        catch (Exception exception)
        {
            End(exchange, ErrorOf(exception, method.Name));
        }

        return default;
    }

    private async ValueTask EndLaterAsync(Exchange exchange, ValueTask<RpcError?> running)
    {
        try
        {
            EndResult(exchange, await running.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            End(exchange, ErrorOf(exception, exchange.Method!.Method.Name));
        }
    }

    private void EndResult(Exchange exchange, RpcError? error)
    {
        if (error is null && !exchange.TryEndResult())
        {
            RpcLog.NoResult(log, exchange.Method!.Method.Name);
            error = RpcError.Internal;
        }

        End(exchange, error);
    }

    private void Start(Exchange exchange)
    {
        exchange.Method = methods.TryFind(exchange.MethodName, out MethodEntry? entry) ? entry : null;
        exchange.StartedAt = time.GetTimestamp();
        metrics.CallStarted(exchange);
    }

    private void End(Exchange exchange, RpcError? error)
    {
        if (error is not null) exchange.WriteError(error);
        metrics.CallFinished(exchange, error is not null, time.GetElapsedTime(exchange.StartedAt));
    }

    private RpcError ErrorOf(Exception exception, string method)
    {
        if (exception is ReplyTooLongException) return RpcError.ResponseTooLong(options.MaxResponseSize);
        RpcLog.HandlerFailed(log, method, exception);
        metrics.HandlerFailed();
        return RpcError.Internal;
    }
}
