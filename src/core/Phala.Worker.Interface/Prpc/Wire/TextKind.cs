using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Texts.</summary>
public sealed class TextKind() : ProtoKind<string>("string", ProtoWireType.Bytes)
{
    /// <inheritdoc/>
    public override bool IsDefault(string value) => value.Length == 0;

    /// <inheritdoc/>
    public override bool TryRead(ref ProtoReader reader, int depth, out string value) => reader.TryReadText(out value);

    /// <inheritdoc/>
    public override void Write(ProtoWriter writer, string value) => writer.WriteText(value);

    /// <inheritdoc/>
    public override bool TryReadJson(JsonElement element, int depth, out string value)
    {
        value = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
        return element.ValueKind == JsonValueKind.String;
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter writer, string value) => writer.WriteStringValue(value);
}
