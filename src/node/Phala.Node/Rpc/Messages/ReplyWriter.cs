using System.Text.Json;

namespace Phala.Node.Rpc.Messages;

/// <summary>The fixed parts of replies.</summary>
internal static class ReplyWriter
{
    /// <summary>Everything before the identifier.</summary>
    public static ReadOnlySpan<byte> Head => "{\"jsonrpc\":\"2.0\",\"id\":"u8;

    /// <summary>Between the identifier and the result.</summary>
    public static ReadOnlySpan<byte> Result => ",\"result\":"u8;

    /// <summary>Between the identifier and the error.</summary>
    public static ReadOnlySpan<byte> Error => ",\"error\":"u8;

    /// <summary>Writes an error object.</summary>
    public static void WriteError(Utf8JsonWriter writer, RpcError error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        if (error.Data is { } data) writer.WriteString("data"u8, data);
        writer.WriteEndObject();
    }
}
