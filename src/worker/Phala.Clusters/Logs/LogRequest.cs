using System.Text.Json;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Clusters.Logs;

/// <summary>What is asked of a log.</summary>
/// <param name="Action">What is wanted.</param>
/// <param name="IsOfAny">Whether what is of any contract is wanted, or of none.</param>
/// <param name="Contract">Only of this contract, where not of any; null where what was named is none.</param>
/// <param name="From">From which number on; a negative one counts back from what comes next.</param>
/// <param name="Count">How many at most; 0 for any number.</param>
/// <param name="BlockNumber">Only of this block; null for any.</param>
internal sealed record LogRequest(string Action, bool IsOfAny, Hash256? Contract, long From, ulong Count, uint? BlockNumber)
{
    internal const string GetLog = "GetLog", GetInfo = "GetInfo";

    private const int Longest = 4096;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    /// <summary>Reads a request. Any bytes give one or null.</summary>
    internal static LogRequest? Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > Longest) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("action", out JsonElement action) || action.ValueKind != JsonValueKind.String) return null;
            return action.GetString() switch
            {
                GetInfo => new LogRequest(GetInfo, IsOfAny: true, null, 0, 0, null),
                GetLog => ReadGetLog(root),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string that is no text: half of a surrogate pair.
            return null;
        }
    }

    private static LogRequest? ReadGetLog(JsonElement root)
    {
        string contract = "";
        long from = 0;
        ulong count = 0;
        uint? block = null;
        if (root.TryGetProperty("contract", out JsonElement named))
        {
            if (named.ValueKind != JsonValueKind.String) return null;
            contract = named.GetString()!;
        }

        if (root.TryGetProperty("from", out JsonElement first) && !(first.ValueKind == JsonValueKind.Number && first.TryGetInt64(out from))) return null;
        if (root.TryGetProperty("count", out JsonElement most) && !(most.ValueKind == JsonValueKind.Number && most.TryGetUInt64(out count))) return null;
        if (root.TryGetProperty("blockNumber", out JsonElement number) && number.ValueKind != JsonValueKind.Null)
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetUInt32(out uint asked)) return null;
            block = asked;
        }

        return new LogRequest(GetLog, contract.Length == 0, Hex.TryParse(contract, out byte[] id) && id.Length == Hash256.Size ? new Hash256(id) : null, from, count, block);
    }
}
