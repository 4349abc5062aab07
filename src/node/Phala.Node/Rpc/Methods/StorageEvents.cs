using System.Text.Json;

namespace Phala.Node.Rpc.Methods;

/// <summary>The events of walks through the storage of old blocks, as JSON.</summary>
internal static class StorageEvents
{
    /// <summary>One answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="childName">The child trie that it is from; null for the main trie.</param>
    public static byte[] Answer(StorageAnswer answer, byte[]? childName) => Event("storage", writer =>
    {
        answer.WriteMembers(writer);
        if (childName is not null) writer.WriteHex("childTrieKey", childName);
    });

    /// <summary>One difference.</summary>
    /// <param name="answer">What the key holds now, or held where it is deleted.</param>
    /// <param name="type"><c>added</c>, <c>modified</c> or <c>deleted</c>.</param>
    /// <param name="childName">The child trie that it is from; null for the main trie.</param>
    public static byte[] Difference(StorageAnswer answer, string type, byte[]? childName) => Event("storageDiff", writer =>
    {
        answer.WriteMembers(writer);
        writer.WriteString("type", type);
        if (childName is not null) writer.WriteHex("childTrieKey", childName);
    });

    /// <summary>The walk is at its end.</summary>
    public static byte[] Done(string walk) => Event($"{walk}Done", static _ => { });

    /// <summary>The walk can't be done.</summary>
    public static byte[] Error(string walk, string error) => Event($"{walk}Error", writer => writer.WriteString("error", error));

    private static byte[] Event(string name, Action<Utf8JsonWriter> rest) => RpcJson.Serialize(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", name);
        rest(writer);
        writer.WriteEndObject();
    });
}
