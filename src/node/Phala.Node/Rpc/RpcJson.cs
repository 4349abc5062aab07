using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Phala.Node.Rpc;

/// <summary>JSON as the server writes it.</summary>
public static class RpcJson
{
    /// <summary>No white space, and no escape that JSON does not ask for: the replies are data, not parts of a web page.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One JSON value, to be pushed to any number of subscriptions.</summary>
    public static byte[] Serialize(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, WriterOptions)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes bytes as a string of hexadecimal digits behind <c>0x</c>, the form of all bytes in Substrate's interfaces.</summary>
    public static void WriteHexValue(this Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        const int onStack = 512;
        int length = 2 + (2 * bytes.Length);
        byte[]? rented = length > onStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> text = rented ?? stackalloc byte[onStack];
        "0x"u8.CopyTo(text);
        Convert.TryToHexStringLower(bytes, text[2..], out _);
        writer.WriteStringValue(text[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Writes a member whose value is bytes in hexadecimal.</summary>
    public static void WriteHex(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> bytes)
    {
        writer.WritePropertyName(name);
        writer.WriteHexValue(bytes);
    }

    /// <summary>Writes a number as Substrate's headers have it: hexadecimal behind <c>0x</c> without leading zeros.</summary>
    public static void WriteHexNumberValue(this Utf8JsonWriter writer, ulong number)
    {
        Span<byte> text = stackalloc byte[2 + (2 * sizeof(ulong))];
        "0x"u8.CopyTo(text);
        System.Buffers.Text.Utf8Formatter.TryFormat(number, text[2..], out int digits, 'x');
        writer.WriteStringValue(text[..(2 + digits)]);
    }
}
