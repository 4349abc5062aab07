using System.Text.Json;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>The events of <c>chainHead_v1_follow</c> as JSON.</summary>
internal static class FollowEvents
{
    /// <summary>The subscription is at its end; nothing follows.</summary>
    public static byte[] Stop { get; } = Event("stop", static _ => { });

    /// <summary>The finalized blocks from which the follower begins.</summary>
    /// <param name="finalized">The blocks, the lowest first.</param>
    /// <param name="runtime">The version of the rules after the last of them; null where the follower does not want to know.</param>
    public static byte[] Initialized(IEnumerable<Hash256> finalized, RuntimeVersion? runtime) => Event("initialized", writer =>
    {
        writer.WriteHashes("finalizedBlockHashes", finalized);
        if (runtime is null) return;
        writer.WritePropertyName("finalizedBlockRuntime");
        writer.WriteRuntime(runtime);
    });

    /// <summary>A block was added.</summary>
    /// <param name="block">The block.</param>
    /// <param name="withRuntime">Whether the follower wants to know the rules.</param>
    /// <param name="changed">The version of the rules after it, where it changes them.</param>
    public static byte[] NewBlock(KnownBlock block, bool withRuntime, RuntimeVersion? changed) => Event("newBlock", writer =>
    {
        writer.WriteHash("blockHash", block.Id.Hash);
        writer.WriteHash("parentBlockHash", block.Header.ParentHash);
        if (!withRuntime) return;
        writer.WritePropertyName("newRuntime");
        if (changed is null) writer.WriteNullValue();
        else writer.WriteRuntime(changed);
    });

    /// <summary>There is another best block.</summary>
    public static byte[] BestChanged(KnownBlock best) => Event("bestBlockChanged", writer => writer.WriteHash("bestBlockHash", best.Id.Hash));

    /// <summary>Blocks are final, others never will be.</summary>
    public static byte[] Finalized(IEnumerable<Hash256> finalized, IEnumerable<Hash256> pruned) => Event("finalized", writer =>
    {
        writer.WriteHashes("finalizedBlockHashes", finalized);
        writer.WriteHashes("prunedBlockHashes", pruned);
    });

    /// <summary>An event of an operation.</summary>
    public static byte[] Operation(string name, string operation, Action<Utf8JsonWriter>? rest = null) => Event(name, writer =>
    {
        writer.WriteString("operationId", operation);
        rest?.Invoke(writer);
    });

    private static byte[] Event(string name, Action<Utf8JsonWriter> rest) => RpcJson.Serialize(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", name);
        rest(writer);
        writer.WriteEndObject();
    });
}
