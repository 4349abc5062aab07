using System.Text.Json;

namespace Phala.Client.Rpc;

/// <summary>A message of the server, as JSON-RPC 2.0 has them: an answer with a number, or a notification with a subscription's name.</summary>
/// <param name="Id">The request's number; null of a notification.</param>
/// <param name="Subscription">The subscription's name; null of an answer.</param>
/// <param name="Content">The result, or the failure that the server tells.</param>
internal readonly record struct RpcMessage(long? Id, string? Subscription, ClientResult<JsonElement> Content)
{
    /// <summary>The lowest and highest codes of a transaction pool's refusals.</summary>
    private const int FirstPoolCode = 1001, LastPoolCode = 1021;

    /// <summary>Reads a message.</summary>
    /// <returns>What is wrong with it, in words; null where it is one.</returns>
    public static string? Read(ReadOnlyMemory<byte> bytes, out RpcMessage message)
    {
        message = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return "a message that is no object";
            return root.TryGetProperty("method", out _) ? ReadNotification(root, out message) : ReadAnswer(root, out message);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second of text that is no Unicode.
            return "bytes that are no JSON";
        }
    }

    private static string? ReadAnswer(JsonElement root, out RpcMessage message)
    {
        message = default;
        if (!root.TryGetProperty("id", out JsonElement id)) return "a message without an id";
        if (id.ValueKind == JsonValueKind.Null) return $"an error without an id: {Shorten(root.ToString())}";
        if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out long number)) return "an answer whose id is no number";
        if (!TryReadContent(root, out ClientResult<JsonElement> content)) return "an answer without a result";
        message = new RpcMessage(number, null, content);
        return null;
    }

    private static string? ReadNotification(JsonElement root, out RpcMessage message)
    {
        message = default;
        if (!root.TryGetProperty("params", out JsonElement parameters) || parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("subscription", out JsonElement subscription))
        {
            return "a notification of no subscription";
        }

        if (!TryReadName(subscription, out string name)) return "a subscription whose name is neither text nor number";
        if (!TryReadContent(parameters, out ClientResult<JsonElement> content)) return "a notification without a result";
        message = new RpcMessage(null, name, content);
        return null;
    }

    /// <summary>A subscription's name: text, and of older servers a number.</summary>
    public static bool TryReadName(JsonElement element, out string name)
    {
        name = element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => element.GetRawText(),
            _ => "",
        };
        return name.Length > 0;
    }

    private static bool TryReadContent(JsonElement from, out ClientResult<JsonElement> content)
    {
        content = default;
        if (from.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null)
        {
            content = ReadError(error);
            return true;
        }

        if (!from.TryGetProperty("result", out JsonElement result)) return false;
        content = result.Clone();
        return true;
    }

    private static ClientFailure ReadError(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object) return new ClientFailure(ClientError.Rpc, Shorten(error.ToString()));
        int code = error.TryGetProperty("code", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) ? value : 0;
        string message = error.TryGetProperty("message", out JsonElement text) ? text.ToString() : "The server gives no reason.";
        string? data = error.TryGetProperty("data", out JsonElement more) && more.ValueKind != JsonValueKind.Null ? more.ToString() : null;
        return new ClientFailure(code is >= FirstPoolCode and <= LastPoolCode ? ClientError.Refused : ClientError.Rpc, Shorten(message), code, data is null ? null : Shorten(data));
    }

    private static string Shorten(string text) => text.Length <= 512 ? text : text[..512] + "…";
}
