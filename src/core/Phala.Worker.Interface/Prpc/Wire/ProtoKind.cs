using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>A type of values in messages, with its encodings.</summary>
/// <typeparam name="TValue">The values.</typeparam>
/// <param name="typeName">Its name in a .proto file.</param>
/// <param name="wireType">How it is encoded.</param>
public abstract class ProtoKind<TValue>(string typeName, ProtoWireType wireType)
{
    /// <summary>Messages may be nested so deeply.</summary>
    public const int MaxDepth = 16;

    /// <summary>Its name in a .proto file.</summary>
    public string TypeName { get; } = typeName;

    /// <summary>How it is encoded.</summary>
    public ProtoWireType WireType { get; } = wireType;

    /// <summary>Whether a value is not written, being what an absent field means.</summary>
    public abstract bool IsDefault(TValue value);

    /// <summary>Reads a value.</summary>
    /// <param name="reader">Stands behind the tag.</param>
    /// <param name="depth">How many messages are around it.</param>
    /// <param name="value">The value.</param>
    public abstract bool TryRead(ref ProtoReader reader, int depth, out TValue value);

    /// <summary>Writes a value, without its tag.</summary>
    public abstract void Write(ProtoWriter writer, TValue value);

    /// <summary>Reads a value of a JSON document.</summary>
    public abstract bool TryReadJson(JsonElement element, int depth, out TValue value);

    /// <summary>Writes a value as JSON.</summary>
    public abstract void WriteJson(Utf8JsonWriter writer, TValue value);
}
