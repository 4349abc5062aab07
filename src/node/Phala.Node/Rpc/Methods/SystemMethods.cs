using System.Text.Json;
using Phala.Chain;
using Phala.Crypto.Keys;
using Phala.Runtime.Apis;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>system_*</c>: the node, the chain it is of, and the next nonce of an account.</summary>
internal sealed class SystemMethods(NodeContext context, ChainView chain)
{
    private const int DryRunUndecodable = 2;
    private readonly uint _startingBlock = chain.Store.Best.Number;

    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        Text(registry, "system_name", context.Node.Name);
        Text(registry, "system_version", context.Node.Version);
        Text(registry, "system_chain", context.Chain.Name);
        Text(registry, "system_localPeerId", context.Node.PeerId);
        Json(registry, "system_properties", writer => writer.WriteRawValue(context.Chain.Properties.Span));
        Json(registry, "system_chainType", WriteChainType);
        Json(registry, "system_health", writer => context.Health().Write(writer));
        Json(registry, "system_nodeRoles", writer => WriteTexts(writer, context.Node.Roles));
        Json(registry, "system_localListenAddresses", writer => WriteTexts(writer, context.Node.ListenAddresses()));
        Json(registry, "system_peers", WritePeers);
        Json(registry, "system_syncState", WriteSyncState);
        registry.Method("system_accountNextIndex", RpcAccess.Safe, AccountNextIndex);
        registry.Method("system_dryRun", RpcAccess.Unsafe, DryRun);
        registry.Alias("account_nextIndex", "system_accountNextIndex");
        registry.Alias("system_dryRunAt", "system_dryRun");
    }

    private static void Text(RpcRegistry registry, string name, string text) => Json(registry, name, writer => writer.WriteStringValue(text));

    private static void Json(RpcRegistry registry, string name, Action<Utf8JsonWriter> write) => registry.Method(name, RpcAccess.Safe, (_, result) =>
    {
        write(result);
        return null;
    });

    private static void WriteTexts(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private void WriteChainType(Utf8JsonWriter writer)
    {
        if (context.Chain.Type is "Development" or "Local" or "Live")
        {
            writer.WriteStringValue(context.Chain.Type);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("Custom", context.Chain.Type);
        writer.WriteEndObject();
    }

    private void WritePeers(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (PeerFacts peer in context.Node.Peers())
        {
            writer.WriteStartObject();
            writer.WriteString("peerId", peer.PeerId);
            writer.WriteString("roles", peer.Roles);
            writer.WriteHash("bestHash", peer.BestHash);
            writer.WriteNumber("bestNumber", peer.BestNumber);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteSyncState(Utf8JsonWriter writer)
    {
        uint best = chain.Store.Best.Number, highest = context.Node.Peers().Select(peer => peer.BestNumber).Append(best).Max();
        writer.WriteStartObject();
        writer.WriteNumber("startingBlock", _startingBlock);
        writer.WriteNumber("currentBlock", best);
        writer.WriteNumber("highestBlock", highest);
        writer.WriteEndObject();
    }

    private RpcError? AccountNextIndex(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!parameters.TryString("account", out string text)) return parameters.Error;
        Span<byte> bytes = stackalloc byte[Ss58.MaxAccountLength];
        if (Ss58.TryDecode(text, bytes, out int length, out _) != Ss58Error.None || length != AccountId.Size)
        {
            parameters.Fail("account", "an address of 32 bytes");
            return parameters.Error;
        }

        result.WriteNumberValue(context.Pool.NextNonce(new AccountId(bytes[..length])));
        return null;
    }

    private RpcError? DryRun(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(parameters.TryHex("extrinsic", out byte[] extrinsic) && parameters.TryOptionalHash("at", out Hash256? at))) return parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state, out BlockId block) is { } error) return error;
        ApiAnswer answer = chain.Call(state, block, "BlockBuilder_apply_extrinsic", extrinsic);
        if (answer.Error != ApiError.None) return new RpcError(DryRunUndecodable, "Unable to dry run extrinsic", NodeErrors.CallText(answer.Error, "BlockBuilder_apply_extrinsic"));
        result.WriteHexValue(answer.Bytes);
        return null;
    }
}
