using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>A field of a message.</summary>
/// <typeparam name="TMessage">The message.</typeparam>
/// <param name="number">Its number.</param>
/// <param name="name">Its name, in lower case with underscores.</param>
/// <param name="declaration">Its type as a .proto file has it, such as <c>repeated string</c>.</param>
public abstract class ProtoField<TMessage>(int number, string name, string declaration)
{
    /// <summary>Its number.</summary>
    public int Number { get; } = number;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its name as protobuf writes it in JSON: <c>genesisBlockHash</c> for <c>genesis_block_hash</c>. Both are read.</summary>
    public string CamelName { get; } = ToCamel(name);

    /// <summary>Its type as a .proto file has it.</summary>
    public string Declaration { get; } = declaration;

    internal abstract bool TryRead(ref ProtoReader reader, ProtoWireType type, int depth, TMessage message);

    internal abstract void Write(ProtoWriter writer, TMessage message);

    internal abstract bool TryReadJson(JsonElement element, int depth, TMessage message);

    /// <summary>Writes name and value; nothing where an optional field has none.</summary>
    internal abstract void WriteJson(Utf8JsonWriter writer, TMessage message);

    private static string ToCamel(string name)
    {
        string[] words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(word => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
