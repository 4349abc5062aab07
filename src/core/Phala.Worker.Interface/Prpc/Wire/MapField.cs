using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>A field that finds values by text: in bytes a repeated message with the fields <c>key</c> 1 and <c>value</c> 2.</summary>
internal sealed class MapField<TMessage, TValue>(int number, string name, ProtoKind<TValue> kind, Func<TMessage, SortedDictionary<string, TValue>> get)
    : ProtoField<TMessage>(number, name, $"map<string, {kind.TypeName}>")
    where TValue : class, new()
{
    internal override bool TryRead(ref ProtoReader reader, ProtoWireType type, int depth, TMessage message)
    {
        if (type != ProtoWireType.Bytes) return reader.Fail(ProtoError.WrongType);
        if (!reader.TryReadBytes(out ReadOnlySpan<byte> bytes)) return false;
        ProtoReader inner = new(bytes);
        if (!TryReadEntry(ref inner, depth, out string key, out TValue value)) return reader.Fail(inner.Error);
        get(message)[key] = value;
        return true;
    }

    internal override void Write(ProtoWriter writer, TMessage message)
    {
        foreach ((string key, TValue value) in get(message))
        {
            ProtoWriter entry = new();
            entry.WriteTag(1, ProtoWireType.Bytes);
            entry.WriteText(key);
            entry.WriteTag(2, kind.WireType);
            kind.Write(entry, value);
            writer.WriteTag(Number, ProtoWireType.Bytes);
            writer.WriteBytes(entry.Written);
        }
    }

    internal override bool TryReadJson(JsonElement element, int depth, TMessage message)
    {
        if (element.ValueKind == JsonValueKind.Null) return true;
        if (element.ValueKind != JsonValueKind.Object) return false;
        foreach (JsonProperty item in element.EnumerateObject())
        {
            if (!kind.TryReadJson(item.Value, depth, out TValue value)) return false;
            get(message)[item.Name] = value;
        }

        return true;
    }

    internal override void WriteJson(Utf8JsonWriter writer, TMessage message)
    {
        writer.WriteStartObject(Name);
        foreach ((string key, TValue value) in get(message))
        {
            writer.WritePropertyName(key);
            kind.WriteJson(writer, value);
        }

        writer.WriteEndObject();
    }

    private bool TryReadEntry(ref ProtoReader reader, int depth, out string key, out TValue value)
    {
        (key, value) = ("", new TValue());
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out int number, out ProtoWireType type)) return false;
            bool isExpected = number is 1 or 2 && type == (number == 1 ? ProtoWireType.Bytes : kind.WireType);
            if (number is 1 or 2 && !isExpected) return reader.Fail(ProtoError.WrongType);
            if (!(number switch { 1 => reader.TryReadText(out key), 2 => kind.TryRead(ref reader, depth, out value), _ => reader.TrySkip(type) })) return false;
        }

        return true;
    }
}
