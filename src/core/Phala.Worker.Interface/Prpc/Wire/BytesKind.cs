using System.Text.Json;

namespace Phala.Worker.Interface.Prpc.Wire;

/// <summary>Bytes. In JSON base64, as protobuf writes them; hexadecimal digits after 0x are read as well.</summary>
public sealed class BytesKind() : ProtoKind<byte[]>("bytes", ProtoWireType.Bytes)
{
    /// <inheritdoc/>
    public override bool IsDefault(byte[] value) => value.Length == 0;

    /// <inheritdoc/>
    public override bool TryRead(ref ProtoReader reader, int depth, out byte[] value)
    {
        bool isRead = reader.TryReadBytes(out ReadOnlySpan<byte> bytes);
        value = bytes.ToArray();
        return isRead;
    }

    /// <inheritdoc/>
    public override void Write(ProtoWriter writer, byte[] value) => writer.WriteBytes(value);

    /// <inheritdoc/>
    public override bool TryReadJson(JsonElement element, int depth, out byte[] value)
    {
        value = [];
        if (element.ValueKind != JsonValueKind.String) return false;
        string text = element.GetString()!;
        if (text.StartsWith("0x", StringComparison.Ordinal)) return TryReadHex(text.AsSpan(2), out value);
        if (!element.TryGetBytesFromBase64(out byte[]? bytes)) return false;
        value = bytes;
        return true;
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter writer, byte[] value) => writer.WriteBase64StringValue(value);

    private static bool TryReadHex(ReadOnlySpan<char> digits, out byte[] value)
    {
        value = new byte[digits.Length / 2];
        return digits.Length % 2 == 0 && Convert.FromHexString(digits, value, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
