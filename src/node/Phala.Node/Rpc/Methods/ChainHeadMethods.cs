using System.Text.Json;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>chainHead_v1_*</c>: follows the chain, block by block, and looks into the blocks that are pinned for the follower.</summary>
internal sealed class ChainHeadMethods(ChainView chain, ChainBroadcast broadcast)
{
    /// <summary>How many questions one storage operation takes; what is over is to be asked again.</summary>
    private const int MaxQueries = 1024;

    private static readonly SubscriptionKind Kind = new("chainHead_v1_follow", "chainHead_v1_unfollow", "chainHead_v1_followEvent") { AnswersNull = true };
    private static readonly RpcError TooManyFollows = new(-32800, "Maximum number of chainHead_follow has been reached");
    private static readonly RpcError NotPinned = new(-32801, "Invalid block hash");
    private static readonly RpcError NoRuntime = new(-32802, "The runtime call requires a follow with runtime updates");
    private static readonly RpcError NotWaiting = new(-32803, "Wait for continue event not generated");
    private static readonly RpcError DuplicateHashes = new(-32804, "Received duplicate hashes for the `chainHead_unpin` method");
    private readonly FollowOperations _operations = new(chain);

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Subscription(Kind, RpcAccess.Safe, Follow);
        registry.Method("chainHead_v1_header", RpcAccess.Safe, Header);
        registry.Method("chainHead_v1_body", RpcAccess.Safe, Body);
        registry.Method("chainHead_v1_call", RpcAccess.Safe, Call);
        registry.Method("chainHead_v1_storage", RpcAccess.Safe, Storage);
        registry.Method("chainHead_v1_unpin", RpcAccess.Safe, Unpin);
        registry.Method("chainHead_v1_continue", RpcAccess.Safe, Continue);
        registry.Method("chainHead_v1_stopOperation", RpcAccess.Safe, StopOperation);
    }

    private RpcError? Follow(RpcCall call, Subscription subscription)
    {
        if (!call.Parameters.TryBoolean("withRuntime", out bool withRuntime)) return call.Parameters.Error;
        if (!SessionQuotas.Of(subscription.Session).Follows.TryTake(1, subscription)) return TooManyFollows;
        FollowSession session = new(subscription, withRuntime);
        subscription.State = session;
        broadcast.Follow(session);
        return null;
    }

    private static RpcError? Header(RpcCall call, Utf8JsonWriter result)
    {
        if (!TryRead(call, out FollowSession? session, out Hash256 hash)) return call.Parameters.Error;
        if (session is null)
        {
            result.WriteNullValue();
            return null;
        }

        if (!session.TryGetPinned(hash, out KnownBlock? block)) return NotPinned;
        result.WriteHexValue(Scale.Encode(block.Header));
        return null;
    }

    private RpcError? Body(RpcCall call, Utf8JsonWriter result)
    {
        if (!TryRead(call, out FollowSession? session, out Hash256 hash)) return call.Parameters.Error;
        return Begin(call, result, session, hash, 0, (operation, block, _) => _operations.BodyAsync(session!, operation, block));
    }

    private RpcError? Call(RpcCall call, Utf8JsonWriter result)
    {
        if (!(TryRead(call, out FollowSession? session, out Hash256 hash) && call.Parameters.TryString("function", out string method)
            && call.Parameters.TryHex("callParameters", out byte[] arguments))) return call.Parameters.Error;
        if (session is { WithRuntime: false }) return NoRuntime;
        return Begin(call, result, session, hash, 0, (operation, block, _) => _operations.CallAsync(session!, operation, block, method, arguments));
    }

    private static RpcError? Storage(RpcCall call, Utf8JsonWriter result)
    {
        if (!TryRead(call, out FollowSession? session, out Hash256 hash)) return call.Parameters.Error;
        if (!StorageQuery.TryReadList(call.Parameters, "items", out StorageQuery[] queries, out RpcError? wrong)) return wrong;
        if (!call.Parameters.TryOptionalHex("childTrie", out byte[]? child)) return call.Parameters.Error;
        int discarded = Math.Max(0, queries.Length - MaxQueries);
        ArraySegment<StorageQuery> taken = new(queries, 0, queries.Length - discarded);
        return Begin(call, result, session, hash, discarded, (operation, block, stopped) => FollowOperations.StorageAsync(session!, operation, block, taken, child, stopped));
    }

    private static RpcError? Unpin(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryString("followSubscription", out string id) && parameters.TryHashes("hashOrHashes", out Hash256[] hashes))) return parameters.Error;
        FollowSession.UnpinError error = Find(call, id)?.Unpin(hashes) ?? FollowSession.UnpinError.None;
        if (error != FollowSession.UnpinError.None) return error == FollowSession.UnpinError.Duplicate ? DuplicateHashes : NotPinned;
        result.WriteNullValue();
        return null;
    }

    // Answers are sent as fast as they are read, so no operation ever waits to be continued.
    private static RpcError? Continue(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryString("followSubscription", out string id) && parameters.TryString("operationId", out _))) return parameters.Error;
        if (Find(call, id) is not null) return NotWaiting;
        result.WriteNullValue();
        return null;
    }

    private static RpcError? StopOperation(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryString("followSubscription", out string id) && parameters.TryString("operationId", out string operation))) return parameters.Error;
        Find(call, id)?.EndOperation(operation);
        result.WriteNullValue();
        return null;
    }

    /// <summary>Reads the subscription and the hash that most methods begin with.</summary>
    /// <returns>False where they can't be read. A subscription that is not there any more is null.</returns>
    private static bool TryRead(RpcCall call, out FollowSession? session, out Hash256 hash)
    {
        (session, hash) = (null, default);
        if (!(call.Parameters.TryString("followSubscription", out string id) && call.Parameters.TryHash("hash", out hash))) return false;
        session = Find(call, id);
        return true;
    }

    private static FollowSession? Find(RpcCall call, string id) =>
        call.Session is { } session && session.TryFind(id, Kind, out Subscription? subscription) ? subscription.State as FollowSession : null;

    /// <summary>Begins an operation; its events follow the answer.</summary>
    private static RpcError? Begin(RpcCall call, Utf8JsonWriter result, FollowSession? session, in Hash256 hash, int discarded, Func<string, KnownBlock, CancellationToken, Task> run)
    {
        KnownBlock? block = null;
        if (session is not null && !session.TryGetPinned(hash, out block)) return NotPinned;
        result.WriteStartObject();
        if (session is not null && session.TryBeginOperation(out string? operation, out CancellationToken stopped))
        {
            result.WriteString("result", "started");
            result.WriteString("operationId", operation);
            if (discarded > 0) result.WriteNumber("discardedItems", discarded);
            call.AfterReply(() => _ = Task.Run(() => FollowOperations.RunAsync(session, operation, () => run(operation, block!, stopped)), CancellationToken.None));
        }
        else
        {
            result.WriteString("result", "limitReached");
        }

        result.WriteEndObject();
        return null;
    }
}
