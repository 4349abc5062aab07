using Phala.Node.Rpc.Messages;

namespace Phala.Node.Rpc;

/// <summary>
/// The methods that a server answers, each registered by hand. The server adds <c>rpc_methods</c>, which lists exactly these, aliases too. A name registered
/// twice is a bug of the composition and throws.
/// </summary>
/// <example>
/// <code>
/// registry.Method("chain_getHeader", RpcAccess.Safe, (call, result) =&gt;
/// {
///     if (!call.Parameters.TryOptionalHash("hash", out Hash256? hash)) return call.Parameters.Error;
///     chain.Header(hash).Write(result);
///     return null;
/// });
/// registry.Subscription(new("chain_subscribeNewHeads", "chain_unsubscribeNewHeads", "chain_newHead"), RpcAccess.Safe, (_, subscription) =&gt;
/// {
///     heads.Add(subscription, chain.BestHeaderJson);
///     return null;
/// });
/// registry.Alias("chain_subscribeNewHead", "chain_subscribeNewHeads");
/// </code>
/// </example>
public sealed class RpcRegistry
{
    private readonly Dictionary<string, RpcMethod> _methods = new(StringComparer.Ordinal);

    /// <summary>A method that answers at once.</summary>
    public RpcRegistry Method(string name, RpcAccess access, RpcHandler handler) =>
        Add(new RpcMethod(name, access, (call, result) => new ValueTask<RpcError?>(handler(call, result))));

    /// <summary>A method that answers later.</summary>
    public RpcRegistry AsyncMethod(string name, RpcAccess access, RpcAsyncHandler handler) => Add(new RpcMethod(name, access, handler));

    /// <summary>A kind of subscription that begins at once.</summary>
    public RpcRegistry Subscription(SubscriptionKind kind, RpcAccess access, RpcSubscribeHandler handler) =>
        AsyncSubscription(kind, access, (call, subscription) => new ValueTask<RpcError?>(handler(call, subscription)));

    /// <summary>A kind of subscription that begins after work that takes time.</summary>
    public RpcRegistry AsyncSubscription(SubscriptionKind kind, RpcAccess access, RpcAsyncSubscribeHandler handler)
    {
        Add(new RpcMethod(kind.Subscribe, access, (call, result) => call.Session is { } session
            ? session.SubscribeAsync(kind, handler, call, result)
            : new ValueTask<RpcError?>(RpcError.NeedsWebSocket)));
        return Method(kind.Unsubscribe, access, (call, result) =>
        {
            if (!call.Parameters.TryString("subscription", out string id)) return call.Parameters.Error;
            bool ended = call.Session is { } session && session.Unsubscribe(kind, id);
            if (kind.AnswersNull) result.WriteNullValue();
            else result.WriteBooleanValue(ended);
            return null;
        });
    }

    /// <summary>Another name for a method that is registered already.</summary>
    public RpcRegistry Alias(string alias, string name)
    {
        if (!_methods.TryGetValue(name, out RpcMethod? method)) throw new ArgumentException($"{name} is not registered.", nameof(name));
        return Add(method with { Name = alias });
    }

    /// <summary>What was registered, and <c>rpc_methods</c>.</summary>
    internal MethodTable Freeze()
    {
        const string list = "rpc_methods";
        string[] names = [.. _methods.Keys.Append(list).Order(StringComparer.Ordinal)];
        byte[] json = RpcJson.Serialize(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("methods");
            foreach (string name in names) writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        RpcMethod methods = new(list, RpcAccess.Safe, (_, result) =>
        {
            result.WriteRawValue(json, skipInputValidation: true);
            return new ValueTask<RpcError?>((RpcError?)null);
        });
        return new MethodTable(_methods.Values.Append(methods));
    }

    private RpcRegistry Add(RpcMethod method)
    {
        if (!_methods.TryAdd(method.Name, method)) throw new ArgumentException($"{method.Name} is registered twice.", nameof(method));
        return this;
    }
}
