using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Named numbers. In JSON their names; numbers are read as well. Numbers without a name are kept.</summary>
/// <typeparam name="TEnum">The enum, whose underlying type is int.</typeparam>
public sealed class EnumKind<TEnum>() : ProtoKind<TEnum>(typeof(TEnum).Name, ProtoWireType.Varint)
    where TEnum : struct, Enum
{
    /// <inheritdoc/>
    public override bool IsDefault(TEnum value) => ToNumber(value) == 0;

    /// <inheritdoc/>
    public override bool TryRead(ref ProtoReader reader, int depth, out TEnum value)
    {
        bool isRead = reader.TryReadVarint(out ulong number);
        value = OfNumber(unchecked((int)number));
        return isRead;
    }

    /// <inheritdoc/>
    public override void Write(ProtoWriter writer, TEnum value) => writer.WriteVarint(unchecked((ulong)ToNumber(value)));

    /// <inheritdoc/>
    public override bool TryReadJson(JsonElement element, int depth, out TEnum value)
    {
        value = default;
        if (element.ValueKind == JsonValueKind.Number)
        {
            bool isRead = element.TryGetInt32(out int number);
            value = OfNumber(number);
            return isRead;
        }

        return element.ValueKind == JsonValueKind.String && Enum.GetNames<TEnum>().Contains(element.GetString()) && Enum.TryParse(element.GetString(), out value);
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter writer, TEnum value)
    {
        if (Enum.GetName(value) is { } name) writer.WriteStringValue(name);
        else writer.WriteNumberValue(ToNumber(value));
    }

    private static int ToNumber(TEnum value) => System.Runtime.CompilerServices.Unsafe.BitCast<TEnum, int>(value);

    private static TEnum OfNumber(int number) => System.Runtime.CompilerServices.Unsafe.BitCast<int, TEnum>(number);
}
