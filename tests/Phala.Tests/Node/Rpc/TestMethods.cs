using Phala.Node.Rpc;
using Phala.Trie;

namespace Phala.Tests.Node.Rpc;

/// <summary>Methods that do something with what they are given, and some that fail.</summary>
internal static class TestMethods
{
    public static SubscriptionKind Ticks { get; } = new("test_subscribeTicks", "test_unsubscribeTicks", "test_tick");

    public static void Register(RpcRegistry registry)
    {
        registry.Method("test_add", RpcAccess.Safe, (call, result) =>
        {
            if (!(call.Parameters.TryUInt32("first", out uint first) && call.Parameters.TryUInt32("second", out uint second))) return call.Parameters.Error;
            result.WriteNumberValue((ulong)first + second);
            return null;
        });
        registry.Method("test_hash", RpcAccess.Safe, (call, result) =>
        {
            if (!call.Parameters.TryOptionalHash("at", out Hash256? at)) return call.Parameters.Error;
            if (at is { } hash) result.WriteHexValue(hash.AsSpan());
            else result.WriteNullValue();
            return null;
        });
        registry.Method("test_text", RpcAccess.Safe, (call, result) =>
        {
            if (!call.Parameters.TryUInt32("length", out uint length)) return call.Parameters.Error;
            result.WriteStringValue(new string('x', (int)length));
            return null;
        });
        registry.Method("test_fail", RpcAccess.Safe, (_, result) =>
        {
            result.WriteStartArray();
            return new RpcError(1010, "Invalid Transaction", "Transaction is outdated");
        });
        registry.Method("test_throw", RpcAccess.Safe, (_, _) => throw new InvalidOperationException("a secret"));
        registry.Method("test_nothing", RpcAccess.Safe, (_, _) => null);
        registry.Method("test_half", RpcAccess.Safe, (_, result) =>
        {
            result.WriteStartObject();
            return null;
        });
        registry.Method("test_secret", RpcAccess.Unsafe, (_, result) =>
        {
            result.WriteStringValue("open");
            return null;
        });
        registry.AsyncMethod("test_later", RpcAccess.Safe, async (call, result) =>
        {
            if (!call.Parameters.TryUInt32("milliseconds", out uint milliseconds)) return call.Parameters.Error;
            await Task.Delay((int)milliseconds, call.Aborted);
            result.WriteNumberValue(milliseconds);
            return null;
        });
        registry.AsyncMethod("test_throwLater", RpcAccess.Safe, async (_, _) =>
        {
            await Task.Yield();
            throw new InvalidOperationException("a secret");
        });
        registry.Alias("test_sum", "test_add");

        // Pushes the numbers from 0 up before the reply.
        registry.Subscription(Ticks, RpcAccess.Safe, (call, subscription) =>
        {
            if (!call.Parameters.TryUInt32("count", out uint count)) return call.Parameters.Error;
            for (uint tick = 0; tick < count; tick++) subscription.Push(RpcJson.Serialize(writer => writer.WriteNumberValue(tick)));
            return null;
        });
    }
}
