using System.Text.Json;
using Phala.Trie;
using Phala.Trie.Storage;

namespace Phala.Node.Rpc.Methods;

/// <summary><c>childstate_*</c>: storage of child tries.</summary>
internal sealed class ChildStateMethods(ChainView chain)
{
    /// <summary>Registers them.</summary>
    public void Register(RpcRegistry registry)
    {
        registry.Method("childstate_getStorage", RpcAccess.Safe, (call, result) => ReadValue(call, result, static (writer, value) => writer.WriteHexValue(value)));
        registry.Method("childstate_getStorageHash", RpcAccess.Safe, (call, result) => ReadValue(call, result, StateMethods.WriteDigest));
        registry.Method("childstate_getStorageSize", RpcAccess.Safe, (call, result) => ReadValue(call, result, static (writer, value) => writer.WriteNumberValue(value.Length)));
        registry.Method("childstate_getStorageEntries", RpcAccess.Safe, GetEntries);
        registry.Method("childstate_getKeys", RpcAccess.Safe, GetKeys);
        registry.Method("childstate_getKeysPaged", RpcAccess.Safe, GetKeysPaged);
        registry.Alias("childstate_getKeysPagedAt", "childstate_getKeysPaged");
    }

    private RpcError? ReadValue(RpcCall call, Utf8JsonWriter result, Action<Utf8JsonWriter, ReadOnlySpan<byte>> write)
    {
        RpcParameters parameters = call.Parameters;
        if (!(ChildKey.TryRead(parameters, out byte[] name, out RpcError? wrong) && parameters.TryHex("key", out byte[] key)
            && parameters.TryOptionalHash("at", out Hash256? at))) return wrong ?? parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        Write(result, state.Child(name), key, write);
        return null;
    }

    private RpcError? GetEntries(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(ChildKey.TryRead(parameters, out byte[] name, out RpcError? wrong) && parameters.TryHexList("keys", out byte[][] keys)
            && parameters.TryOptionalHash("at", out Hash256? at))) return wrong ?? parameters.Error;
        if (keys.Length > StateMethods.MaxKeys) return NodeErrors.InvalidCount(keys.Length, StateMethods.MaxKeys);
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        MerkleTrie child = state.Child(name);
        result.WriteStartArray();
        foreach (byte[] key in keys) Write(result, child, key, static (writer, value) => writer.WriteHexValue(value));
        result.WriteEndArray();
        return null;
    }

    // The server's limit of a response ends the walk.
    private RpcError? GetKeys(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(ChildKey.TryRead(parameters, out byte[] name, out RpcError? wrong) && parameters.TryOptionalHex("prefix", out byte[]? prefix)
            && parameters.TryOptionalHash("at", out Hash256? at))) return wrong ?? parameters.Error;
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        StateMethods.WriteKeys(result, state.Child(name), prefix ?? [], null, long.MaxValue);
        return null;
    }

    private RpcError? GetKeysPaged(RpcCall call, Utf8JsonWriter result)
    {
        RpcParameters parameters = call.Parameters;
        if (!(ChildKey.TryRead(parameters, out byte[] name, out RpcError? wrong) && parameters.TryOptionalHex("prefix", out byte[]? prefix)
            && parameters.TryUInt32("count", out uint count) && parameters.TryOptionalHex("startKey", out byte[]? startKey)
            && parameters.TryOptionalHash("at", out Hash256? at))) return wrong ?? parameters.Error;
        if (count > StateMethods.MaxPage) return NodeErrors.InvalidCount(count, StateMethods.MaxPage);
        if (chain.StateAt(at, out StateSnapshot? state) is { } error) return error;
        StateMethods.WriteKeys(result, state.Child(name), prefix ?? [], startKey, count);
        return null;
    }

    private static void Write(Utf8JsonWriter result, MerkleTrie child, byte[] key, Action<Utf8JsonWriter, ReadOnlySpan<byte>> write)
    {
        if (child.TryGet(key, out ReadOnlySpan<byte> value)) write(result, value);
        else result.WriteNullValue();
    }
}
