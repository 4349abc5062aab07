using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Phala.Codec;
using Phala.Runtime.Interface.Keys;

namespace Phala.Cli.Dev;

/// <summary>What a worker says of itself.</summary>
/// <param name="Identity">Its identity key.</param>
/// <param name="Header">The number of the next header that it wants.</param>
/// <param name="IsRegistered">Whether it knows its session to be recorded.</param>
internal sealed record WorkerFacts(Sr25519PublicKey Identity, uint Header, bool IsRegistered)
{
    /// <summary>Asks a worker; null where it does not answer.</summary>
    public static async Task<WorkerFacts?> TryReadAsync(HttpClient http, Uri worker, CancellationToken stop)
    {
        try
        {
            JsonElement info = await http.GetFromJsonAsync<JsonElement>(new Uri(worker, "/prpc/PhactoryAPI.GetInfo"), stop).ConfigureAwait(false);
            string? key = Text(info, "public_key", "publicKey");
            if (key is null || !Hex.TryParse(key.StartsWith("0x", StringComparison.Ordinal) ? key : "0x" + key, out byte[] bytes) || bytes.Length != Sr25519PublicKey.Size) return null;
            uint header = uint.TryParse(Text(info, "headernum", "headernum"), CultureInfo.InvariantCulture, out uint number) ? number : 0;
            return new WorkerFacts(new Sr25519PublicKey(bytes), header, Text(info, "registered", "registered") == "true");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement info, string name, string otherName)
    {
        if (!info.TryGetProperty(name, out JsonElement value) && !info.TryGetProperty(otherName, out value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
    }
}
