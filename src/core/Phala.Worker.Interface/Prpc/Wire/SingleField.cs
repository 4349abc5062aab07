using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>A field with one value, which is left out where it is the type's default; or with one value or none.</summary>
internal sealed class SingleField<TMessage, TValue>(
    int number, string name, ProtoKind<TValue> kind, Func<TMessage, TValue?> get, Action<TMessage, TValue> set, bool isOptional)
    : ProtoField<TMessage>(number, name, isOptional && (kind.TypeName is "string" or "bytes") ? "optional " + kind.TypeName : kind.TypeName)
{
    internal override bool TryRead(ref ProtoReader reader, ProtoWireType type, int depth, TMessage message)
    {
        if (type != kind.WireType) return reader.Fail(ProtoError.WrongType);
        if (!kind.TryRead(ref reader, depth, out TValue value)) return false;
        set(message, value);
        return true;
    }

    internal override void Write(ProtoWriter writer, TMessage message)
    {
        TValue? value = get(message);
        if (value is null || (!isOptional && kind.IsDefault(value))) return;
        writer.WriteTag(Number, kind.WireType);
        kind.Write(writer, value);
    }

    internal override bool TryReadJson(JsonElement element, int depth, TMessage message)
    {
        if (element.ValueKind == JsonValueKind.Null) return true;
        if (!kind.TryReadJson(element, depth, out TValue value)) return false;
        set(message, value);
        return true;
    }

    internal override void WriteJson(Utf8JsonWriter writer, TMessage message)
    {
        writer.WritePropertyName(Name);
        TValue? value = get(message);
        if (value is null) writer.WriteNullValue();
        else kind.WriteJson(writer, value);
    }
}
