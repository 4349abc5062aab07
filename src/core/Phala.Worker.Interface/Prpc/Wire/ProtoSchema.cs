using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>The fields of a protobuf message, and by them its encodings in bytes and in JSON.</summary>
/// <remarks>
/// <para><b>Concept.</b> A message is described once, as a list of fields; reading and writing follow the list. No code is generated, and nothing is found by reflection.</para>
/// <para><b>Invariant.</b> What is written is read again as the same values, in bytes and in JSON. Unknown fields are passed over, as proto3 wants.</para>
/// <para><b>Trust.</b> Reading is total and bounded by the input. What the values mean is for others to check.</para>
/// </remarks>
/// <typeparam name="TMessage">The message.</typeparam>
public sealed class ProtoSchema<TMessage>
    where TMessage : class, IProtoMessage<TMessage>, new()
{
    /// <summary>The encoder that leaves texts readable: what is written is no part of a web page.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<ProtoField<TMessage>> _fields = [];

    /// <summary>The fields, as they were added.</summary>
    public IReadOnlyList<ProtoField<TMessage>> Fields => _fields;

    /// <summary>Adds a field that is left out where it is the type's default.</summary>
    public ProtoSchema<TMessage> Field<TValue>(int number, string name, ProtoKind<TValue> kind, Func<TMessage, TValue> get, Action<TMessage, TValue> set) =>
        Add(new SingleField<TMessage, TValue>(number, name, kind, get, set, isOptional: false));

    /// <summary>Adds a field that may have no value.</summary>
    public ProtoSchema<TMessage> Optional<TValue>(int number, string name, ProtoKind<TValue> kind, Func<TMessage, TValue?> get, Action<TMessage, TValue> set)
        where TValue : class =>
        Add(new SingleField<TMessage, TValue>(number, name, kind, get, set, isOptional: true));

    /// <summary>Adds a field with any number of values.</summary>
    public ProtoSchema<TMessage> Repeated<TValue>(int number, string name, ProtoKind<TValue> kind, Func<TMessage, List<TValue>> get)
        where TValue : class =>
        Add(new RepeatedField<TMessage, TValue>(number, name, kind, get));

    /// <summary>Adds a field that finds values by text.</summary>
    public ProtoSchema<TMessage> Map<TValue>(int number, string name, ProtoKind<TValue> kind, Func<TMessage, SortedDictionary<string, TValue>> get)
        where TValue : class, new() =>
        Add(new MapField<TMessage, TValue>(number, name, kind, get));

    /// <summary>A message's bytes.</summary>
    public byte[] Encode(TMessage message)
    {
        ProtoWriter writer = new();
        Write(writer, message);
        return writer.Written.ToArray();
    }

    /// <summary>Reads a message.</summary>
    public ProtoError Decode(ReadOnlySpan<byte> bytes, out TMessage message)
    {
        message = new TMessage();
        ProtoReader reader = new(bytes);
        return TryRead(ref reader, 0, message) ? ProtoError.None : reader.Error;
    }

    /// <summary>A message as JSON, in UTF-8. Fields bear the names of the .proto file.</summary>
    public byte[] EncodeJson(TMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, Readable)) WriteJson(writer, message);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads a message from JSON.</summary>
    public ProtoError DecodeJson(ReadOnlyMemory<byte> json, out TMessage message)
    {
        message = new TMessage();
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4 * ProtoKind<TMessage>.MaxDepth });
            return TryReadJson(document.RootElement, 0, message) ? ProtoError.None : ProtoError.BadJson;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The parser of the base library answers malformed text, and text that is no Unicode, by exceptions alone.
            return ProtoError.BadJson;
        }
    }

    internal bool TryRead(ref ProtoReader reader, int depth, TMessage message)
    {
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out int number, out ProtoWireType type)) return false;
            ProtoField<TMessage>? field = _fields.Find(field => field.Number == number);
            if (!(field?.TryRead(ref reader, type, depth, message) ?? reader.TrySkip(type))) return false;
        }

        return true;
    }

    internal void Write(ProtoWriter writer, TMessage message)
    {
        foreach (ProtoField<TMessage> field in _fields) field.Write(writer, message);
    }

    internal bool TryReadJson(JsonElement element, int depth, TMessage message)
    {
        if (element.ValueKind != JsonValueKind.Object) return false;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            ProtoField<TMessage>? field = _fields.Find(field => property.NameEquals(field.Name) || property.NameEquals(field.CamelName));
            if (field is not null && !field.TryReadJson(property.Value, depth, message)) return false;
        }

        return true;
    }

    internal void WriteJson(Utf8JsonWriter writer, TMessage message)
    {
        writer.WriteStartObject();
        foreach (ProtoField<TMessage> field in _fields) field.WriteJson(writer, message);
        writer.WriteEndObject();
    }

    private ProtoSchema<TMessage> Add(ProtoField<TMessage> field)
    {
        if (_fields.Exists(other => other.Number == field.Number || other.Name == field.Name)) throw new ArgumentException($"{field.Name} or its number is there already.", nameof(field));
        _fields.Add(field);
        return this;
    }
}
