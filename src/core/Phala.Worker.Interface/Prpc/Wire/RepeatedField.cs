using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>A field with any number of values. Of texts, bytes and messages alone, which are never packed.</summary>
internal sealed class RepeatedField<TMessage, TValue>(int number, string name, ProtoKind<TValue> kind, Func<TMessage, List<TValue>> get)
    : ProtoField<TMessage>(number, name, "repeated " + kind.TypeName)
{
    internal override bool TryRead(ref ProtoReader reader, ProtoWireType type, int depth, TMessage message)
    {
        if (type != kind.WireType) return reader.Fail(ProtoError.WrongType);
        if (!kind.TryRead(ref reader, depth, out TValue value)) return false;
        get(message).Add(value);
        return true;
    }

    internal override void Write(ProtoWriter writer, TMessage message)
    {
        foreach (TValue value in get(message))
        {
            writer.WriteTag(Number, kind.WireType);
            kind.Write(writer, value);
        }
    }

    internal override bool TryReadJson(JsonElement element, int depth, TMessage message)
    {
        if (element.ValueKind == JsonValueKind.Null) return true;
        if (element.ValueKind != JsonValueKind.Array) return false;
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (!kind.TryReadJson(item, depth, out TValue value)) return false;
            get(message).Add(value);
        }

        return true;
    }

    internal override void WriteJson(Utf8JsonWriter writer, TMessage message)
    {
        writer.WriteStartArray(Name);
        foreach (TValue value in get(message)) kind.WriteJson(writer, value);
        writer.WriteEndArray();
    }
}
