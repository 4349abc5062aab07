using System.Text.Json;
using Phala.Chain.Grandpa;
using Phala.Codec;
using Phala.Crypto.Keys;

namespace Phala.Node.Inspect;

/// <summary>
/// Reads lists of GRANDPA authorities: in SCALE, as the runtime API <c>GrandpaApi_grandpa_authorities</c> answers, or in JSON, a list of keys, or of pairs of a key and a weight.
/// Keys are in hexadecimal, or addresses.
/// </summary>
internal static class AuthorityListInput
{
    /// <summary>Reads a list.</summary>
    /// <returns>What is wrong, in words; null where nothing is.</returns>
    public static string? TryRead(InspectInput input, out Vec<GrandpaAuthority> authorities)
    {
        authorities = default;
        if (input.Json is { } json) return TryReadJson(json, out authorities);
        DecodeResult<Vec<GrandpaAuthority>> decoded = Scale.Decode<Codec.Codecs.VecCodec<GrandpaAuthority, GrandpaAuthority>, Vec<GrandpaAuthority>>(input.Bytes);
        authorities = decoded.Value;
        return decoded.IsOk ? null : $"no list of authorities: {decoded.Error} at byte {decoded.Position}.";
    }

    private static string? TryReadJson(JsonElement json, out Vec<GrandpaAuthority> authorities)
    {
        authorities = default;
        if (json.ValueKind != JsonValueKind.Array) return "no list of authorities: a list of keys, or of pairs of a key and a weight, is wanted.";
        List<GrandpaAuthority> read = [];
        foreach (JsonElement item in json.EnumerateArray())
        {
            ulong weight = 1;
            bool isPair = item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2 && item[1].ValueKind == JsonValueKind.Number && item[1].TryGetUInt64(out weight);
            if (!TryReadKey(isPair ? item[0] : item, out GrandpaAuthorityId id)) return $"authority {read.Count} is neither a key (32 bytes in hexadecimal, or an address) nor a pair of one and a weight.";
            read.Add(new GrandpaAuthority(id, weight));
        }

        authorities = [.. read];
        return null;
    }

    private static bool TryReadKey(JsonElement json, out GrandpaAuthorityId id)
    {
        id = default;
        if (!Blocks.SignedBlockJson.TryText(json, out string? text)) return false;
        Span<byte> account = stackalloc byte[Ss58.MaxAccountLength];
        if (Hex.TryParse(text, out byte[] bytes) && bytes.Length == GrandpaAuthorityId.Size) id = new GrandpaAuthorityId(bytes);
        else if (Ss58.TryDecode(text, account, out int length, out _) == Ss58Error.None && length == GrandpaAuthorityId.Size) id = new GrandpaAuthorityId(account[..length]);
        else return false;
        return true;
    }
}
