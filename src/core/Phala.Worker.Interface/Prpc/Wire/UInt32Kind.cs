using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Numbers of 32 bits.</summary>
public sealed class UInt32Kind() : ProtoKind<uint>("uint32", ProtoWireType.Varint)
{
    /// <inheritdoc/>
    public override bool IsDefault(uint value) => value == 0;

    /// <inheritdoc/>
    public override bool TryRead(ref ProtoReader reader, int depth, out uint value)
    {
        value = 0;
        if (!reader.TryReadVarint(out ulong number)) return false;
        if (number > uint.MaxValue) return reader.Fail(ProtoError.BadNumber);
        value = (uint)number;
        return true;
    }

    /// <inheritdoc/>
    public override void Write(ProtoWriter writer, uint value) => writer.WriteVarint(value);

    /// <inheritdoc/>
    public override bool TryReadJson(JsonElement element, int depth, out uint value)
    {
        bool isRead = UInt64Kind.TryReadNumber(element, out ulong number) && number <= uint.MaxValue;
        value = isRead ? (uint)number : 0;
        return isRead;
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter writer, uint value) => writer.WriteNumberValue(value);
}
