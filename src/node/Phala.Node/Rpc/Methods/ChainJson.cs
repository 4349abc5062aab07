using System.Text.Json;
using Phala.Chain;
using Phala.Codec;
using Phala.Runtime.Interface.Versions;
using Phala.Trie;

namespace Phala.Node.Rpc.Methods;

/// <summary>Headers, blocks and versions as JSON.</summary>
internal static class ChainJson
{
    /// <summary>Writes a hash.</summary>
    public static void WriteHash(this Utf8JsonWriter writer, in Hash256 hash) => writer.WriteHexValue(hash.AsSpan());

    /// <summary>Writes a member whose value is a hash.</summary>
    public static void WriteHash(this Utf8JsonWriter writer, string name, in Hash256 hash) => writer.WriteHex(name, hash.AsSpan());

    /// <summary>Writes a member whose value is a list of hashes.</summary>
    public static void WriteHashes(this Utf8JsonWriter writer, string name, IEnumerable<Hash256> hashes)
    {
        writer.WriteStartArray(name);
        foreach (Hash256 hash in hashes) writer.WriteHash(hash);
        writer.WriteEndArray();
    }

    /// <summary>Writes a header: the number in hexadecimal, each digest item encoded.</summary>
    public static void WriteHeader(this Utf8JsonWriter writer, in Header header)
    {
        writer.WriteStartObject();
        writer.WriteHash("parentHash", header.ParentHash);
        writer.WritePropertyName("number");
        writer.WriteHexNumberValue(header.Number);
        writer.WriteHash("stateRoot", header.StateRoot);
        writer.WriteHash("extrinsicsRoot", header.ExtrinsicsRoot);
        writer.WriteStartObject("digest");
        writer.WriteStartArray("logs");
        foreach (DigestItem item in header.Digest.Logs) writer.WriteHexValue(Scale.Encode(item));
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes a block with its justification: that one's engine and bytes as numbers.</summary>
    public static void WriteBlock(this Utf8JsonWriter writer, in Header header, IEnumerable<byte[]> extrinsics, byte[]? justification)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("block");
        writer.WritePropertyName("header");
        writer.WriteHeader(header);
        writer.WritePropertyName("extrinsics");
        writer.WriteExtrinsics(extrinsics);
        writer.WriteEndObject();
        writer.WritePropertyName("justifications");
        if (justification is null) writer.WriteNullValue();
        else WriteJustification(writer, justification);
        writer.WriteEndObject();
    }

    /// <summary>Writes extrinsics with the lengths that belong to them.</summary>
    public static void WriteExtrinsics(this Utf8JsonWriter writer, IEnumerable<byte[]> extrinsics)
    {
        writer.WriteStartArray();
        foreach (byte[] extrinsic in extrinsics) writer.WriteHexValue(WithLength(extrinsic));
        writer.WriteEndArray();
    }

    /// <summary>Bytes behind their length.</summary>
    public static byte[] WithLength(ReadOnlySpan<byte> bytes)
    {
        byte[] encoded = new byte[ScaleWriter.CompactLength((uint)bytes.Length) + bytes.Length];
        ScaleWriter writer = new(encoded);
        writer.WriteByteSequence(bytes);
        return encoded;
    }

    /// <summary>Writes a version for the older methods: the APIs as pairs, and the trie's version under both of its names.</summary>
    public static void WriteVersion(this Utf8JsonWriter writer, RuntimeVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString("specName", version.SpecName);
        writer.WriteString("implName", version.ImplName);
        writer.WriteNumber("authoringVersion", version.AuthoringVersion);
        writer.WriteNumber("specVersion", version.SpecVersion);
        writer.WriteNumber("implVersion", version.ImplVersion);
        writer.WriteStartArray("apis");
        foreach (ApiVersion api in version.Apis)
        {
            writer.WriteStartArray();
            writer.WriteHexValue(api.Id.AsSpan());
            writer.WriteNumberValue(api.Version);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteNumber("transactionVersion", version.TransactionVersion);
        writer.WriteNumber("systemVersion", version.SystemVersion);
        writer.WriteNumber("stateVersion", version.SystemVersion);
        writer.WriteEndObject();
    }

    /// <summary>Writes a version for the new interface, where the APIs are an object.</summary>
    public static void WriteRuntime(this Utf8JsonWriter writer, RuntimeVersion version)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "valid");
        writer.WriteStartObject("spec");
        writer.WriteString("specName", version.SpecName);
        writer.WriteString("implName", version.ImplName);
        writer.WriteNumber("specVersion", version.SpecVersion);
        writer.WriteNumber("implVersion", version.ImplVersion);
        writer.WriteNumber("transactionVersion", version.TransactionVersion);
        writer.WriteStartObject("apis");
        foreach (ApiVersion api in version.Apis) writer.WriteNumber(Hex.Format(api.Id.AsSpan()), api.Version);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteJustification(Utf8JsonWriter writer, byte[] justification)
    {
        Span<byte> engine = stackalloc byte[EngineId.Size];
        EngineId.Grandpa.CopyTo(engine);
        writer.WriteStartArray();
        writer.WriteStartArray();
        WriteNumbers(writer, engine);
        WriteNumbers(writer, justification);
        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.WriteStartArray();
        foreach (byte each in bytes) writer.WriteNumberValue((uint)each);
        writer.WriteEndArray();
    }
}
