using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Phala.Chain;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Client;

/// <summary>What nodes answer, out of JSON. Whatever stands there, each gives a value or says that it is none.</summary>
internal static class JsonReading
{
    /// <summary>Bytes in hexadecimal.</summary>
    public static bool TryBytes(this JsonElement element, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return element.ValueKind == JsonValueKind.String && Hex.TryParse(element.GetString(), out bytes);
    }

    /// <summary>A hash in hexadecimal.</summary>
    public static bool TryHash(this JsonElement element, out Hash256 hash)
    {
        bool isHash = element.TryBytes(out byte[]? bytes) && bytes.Length == Hash256.Size;
        hash = isHash ? new Hash256(bytes) : default;
        return isHash;
    }

    /// <summary>A number: as one, or as text in hexadecimal.</summary>
    public static bool TryUInt32(this JsonElement element, out uint number)
    {
        number = 0;
        if (element.ValueKind == JsonValueKind.Number) return element.TryGetUInt32(out number);
        return element.ValueKind == JsonValueKind.String && element.GetString() is ['0', 'x', .. string digits]
            && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>A member of an object.</summary>
    public static bool TryMember(this JsonElement element, string name, out JsonElement member)
    {
        member = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out member);
    }

    /// <summary>A header.</summary>
    public static bool TryHeader(this JsonElement element, out Header header)
    {
        header = default;
        if (!element.TryMember("parentHash", out JsonElement parent) || !parent.TryHash(out Hash256 parentHash)) return false;
        if (!element.TryMember("number", out JsonElement height) || !height.TryUInt32(out uint number)) return false;
        if (!element.TryMember("stateRoot", out JsonElement state) || !state.TryHash(out Hash256 stateRoot)) return false;
        if (!element.TryMember("extrinsicsRoot", out JsonElement body) || !body.TryHash(out Hash256 extrinsicsRoot)) return false;
        if (!element.TryMember("digest", out JsonElement digest) || !digest.TryMember("logs", out JsonElement logs) || logs.ValueKind != JsonValueKind.Array) return false;
        List<DigestItem> items = new(logs.GetArrayLength());
        foreach (JsonElement log in logs.EnumerateArray())
        {
            if (!log.TryBytes(out byte[]? bytes) || !Scale.Decode<DigestItem>(bytes).TryGet(out DigestItem? item)) return false;
            items.Add(item);
        }

        header = new Header(parentHash, number, stateRoot, extrinsicsRoot, new Digest([.. items]));
        return true;
    }

    /// <summary>An answer that is not what the method answers.</summary>
    public static ClientFailure Unexpected(string method, JsonElement answer)
    {
        string text = answer.ToString();
        return new ClientFailure(ClientError.UnexpectedAnswer, $"{method} answered {(text.Length <= 120 ? text : text[..120] + "…")}");
    }
}
