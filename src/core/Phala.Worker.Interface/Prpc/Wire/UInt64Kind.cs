using System.Globalization;
using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Numbers of 64 bits. In JSON numbers, as Phala's workers write them; texts are read as well, as protobuf writes them.</summary>
public sealed class UInt64Kind() : ProtoKind<ulong>("uint64", ProtoWireType.Varint)
{
    /// <inheritdoc/>
    public override bool IsDefault(ulong value) => value == 0;

    /// <inheritdoc/>
    public override bool TryRead(ref ProtoReader reader, int depth, out ulong value) => reader.TryReadVarint(out value);

    /// <inheritdoc/>
    public override void Write(ProtoWriter writer, ulong value) => writer.WriteVarint(value);

    /// <inheritdoc/>
    public override bool TryReadJson(JsonElement element, int depth, out ulong value) => TryReadNumber(element, out value);

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter writer, ulong value) => writer.WriteNumberValue(value);

    /// <summary>Reads a number, or a text that is one.</summary>
    internal static bool TryReadNumber(JsonElement element, out ulong value)
    {
        value = 0;
        return element.ValueKind switch
        {
            JsonValueKind.Number => element.TryGetUInt64(out value),
            JsonValueKind.String => ulong.TryParse(element.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }
}
