using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Node.Blocks;

/// <summary>Reads blocks and headers in the JSON form of Substrate's RPC and block files.</summary>
internal static class SignedBlockJson
{
    /// <summary>Reads a block.</summary>
    /// <param name="json">The value.</param>
    /// <param name="block">The block.</param>
    /// <param name="problem">Which field is wrong, in words.</param>
    public static bool TryRead(JsonElement json, out SignedBlock block, [NotNullWhen(false)] out string? problem)
    {
        block = default;
        if (!TryObject(json, "block", out JsonElement inner))
        {
            problem = "block is no object";
            return false;
        }

        if (!TryObject(inner, "header", out JsonElement headerJson))
        {
            problem = "block.header is no object";
            return false;
        }

        if (!TryReadHeader(headerJson, out Header header, out string? field)) problem = $"block.header.{field}";
        else if (!TryReadExtrinsics(inner, out Vec<OpaqueExtrinsic> extrinsics)) problem = "block.extrinsics is no list of extrinsics in hexadecimal, each with its length";
        else if (!TryReadJustifications(json, out Vec<EncodedJustification>? justifications)) problem = "justifications is no list of pairs of an engine's four bytes and a proof's bytes";
        else
        {
            block = new SignedBlock(new Block(header, extrinsics), justifications);
            problem = null;
        }

        return problem is null;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="json">The value.</param>
    /// <param name="header">The header.</param>
    /// <param name="problem">Which field is wrong, in words.</param>
    public static bool TryReadHeader(JsonElement json, out Header header, [NotNullWhen(false)] out string? problem)
    {
        header = default;
        problem = null;
        if (!TryHash(json, "parentHash", out Hash256 parent)) problem = "parentHash is no hash";
        else if (!TryNumber(json, out uint number)) problem = "number is no block number";
        else if (!TryHash(json, "stateRoot", out Hash256 state)) problem = "stateRoot is no hash";
        else if (!TryHash(json, "extrinsicsRoot", out Hash256 extrinsics)) problem = "extrinsicsRoot is no hash";
        else if (!TryReadDigest(json, out Digest digest)) problem = "digest.logs is no list of digest items in hexadecimal";
        else header = new Header(parent, number, state, extrinsics, digest);
        return problem is null;
    }

    /// <summary>A text; false for anything else, also text that is no Unicode.</summary>
    public static bool TryText(JsonElement json, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (json.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = json.GetString();
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return text is not null;
    }

    private static bool TryObject(JsonElement json, string name, out JsonElement value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;
    }

    private static bool TryHash(JsonElement json, string name, out Hash256 hash)
    {
        hash = default;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out JsonElement value) || !TryText(value, out string? text)) return false;
        if (!Hex.TryParse(text, out byte[] bytes) || bytes.Length != Hash256.Size) return false;
        hash = new Hash256(bytes);
        return true;
    }

    private static bool TryNumber(JsonElement json, out uint number)
    {
        number = 0;
        if (!json.TryGetProperty("number", out JsonElement value)) return false;
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetUInt32(out number);
        return TryText(value, out string? text) && text.StartsWith("0x", StringComparison.Ordinal)
            && uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryReadDigest(JsonElement json, out Digest digest)
    {
        digest = default;
        if (!TryObject(json, "digest", out JsonElement outer) || !outer.TryGetProperty("logs", out JsonElement logs) || logs.ValueKind != JsonValueKind.Array) return false;
        List<DigestItem> items = [];
        foreach (JsonElement log in logs.EnumerateArray())
        {
            if (!TryText(log, out string? text) || !Hex.TryParse(text, out byte[] bytes) || !Scale.Decode<DigestItem>(bytes).TryGet(out DigestItem? item)) return false;
            items.Add(item);
        }

        digest = new Digest([.. items]);
        return true;
    }

    private static bool TryReadExtrinsics(JsonElement json, out Vec<OpaqueExtrinsic> extrinsics)
    {
        extrinsics = default;
        if (!json.TryGetProperty("extrinsics", out JsonElement list) || list.ValueKind != JsonValueKind.Array) return false;
        List<OpaqueExtrinsic> read = [];
        foreach (JsonElement each in list.EnumerateArray())
        {
            if (!TryText(each, out string? text) || !Hex.TryParse(text, out byte[] bytes) || !Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic)) return false;
            read.Add(extrinsic);
        }

        extrinsics = [.. read];
        return true;
    }

    private static bool TryReadJustifications(JsonElement json, out Vec<EncodedJustification>? justifications)
    {
        justifications = null;
        if (!json.TryGetProperty("justifications", out JsonElement list) || list.ValueKind == JsonValueKind.Null) return true;
        if (list.ValueKind != JsonValueKind.Array) return false;
        List<EncodedJustification> read = [];
        foreach (JsonElement pair in list.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2) return false;
            if (!TryBytes(pair[0], out byte[] engine) || engine.Length != EngineId.Size || !TryBytes(pair[1], out byte[] proof)) return false;
            read.Add(new EncodedJustification(new EngineId(engine), Vec.Create<byte>(proof)));
        }

        justifications = [.. read];
        return true;
    }

    private static bool TryBytes(JsonElement json, out byte[] bytes)
    {
        bytes = [];
        if (json.ValueKind != JsonValueKind.Array) return false;
        bytes = new byte[json.GetArrayLength()];
        int at = 0;
        foreach (JsonElement each in json.EnumerateArray())
        {
            if (each.ValueKind != JsonValueKind.Number || !each.TryGetByte(out bytes[at++])) return false;
        }

        return true;
    }
}
