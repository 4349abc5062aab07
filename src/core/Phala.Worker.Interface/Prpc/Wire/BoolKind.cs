using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Truth values.</summary>
public sealed class BoolKind() : ProtoKind<bool>("bool", ProtoWireType.Varint)
{
    /// <inheritdoc/>
    public override bool IsDefault(bool value) => !value;

    /// <inheritdoc/>
    public override bool TryRead(ref ProtoReader reader, int depth, out bool value)
    {
        bool isRead = reader.TryReadVarint(out ulong number);
        value = number != 0;
        return isRead;
    }

    /// <inheritdoc/>
    public override void Write(ProtoWriter writer, bool value) => writer.WriteVarint(value ? 1ul : 0);

    /// <inheritdoc/>
    public override bool TryReadJson(JsonElement element, int depth, out bool value)
    {
        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False;
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter writer, bool value) => writer.WriteBooleanValue(value);
}
