using System.Text.Json.Nodes;
using Phala.Codec;

namespace Phala.Node.Inspect.Metadata;

/// <summary>Decodes extrinsics with a chain's metadata: signer, signature, extensions and the call with its arguments.</summary>
/// <param name="metadata">The metadata.</param>
public sealed class ExtrinsicDecoder(ChainMetadata metadata)
{
    private const byte VersionBits = 0x3F;
    private const int TypeShift = 6, Bare = 0, General = 1, Signed = 2;

    private readonly ValueDecoder _values = new(metadata.Types, PrefixOf(metadata));

    /// <summary>Decodes an extrinsic.</summary>
    /// <param name="body">Its bytes without the length before them.</param>
    /// <param name="tree">Receives what could be read.</param>
    /// <returns>What is wrong, in words; null where all could be read.</returns>
    public string? TryDecode(ReadOnlySpan<byte> body, JsonObject tree)
    {
        ScaleReader reader = new(body);
        if (!reader.TryReadByte(out byte format)) return "the extrinsic is empty";
        int version = format & VersionBits, kind = format >> TypeShift;
        if (version is < 4 or > 5 || kind > Signed || (kind == Signed && version > 4) || (kind == General && version < 5)) return $"at byte 0: 0x{format:x2} is no format of extrinsics";
        tree["version"] = version;
        tree["kind"] = kind switch { Bare => "bare", General => "general", _ => "signed" };
        return (kind == Signed ? Signature(ref reader, tree) : null) ?? (kind == Bare ? null : Extensions(ref reader, kind, tree)) ?? Call(ref reader, tree);
    }

    /// <summary>The prefix of addresses that a chain's constants name.</summary>
    public static int PrefixOf(ChainMetadata metadata)
    {
        ConstantInfo? prefix = metadata.Pallets.FirstOrDefault(pallet => pallet.Name == "System")?.Constants.FirstOrDefault(constant => constant.Name == "SS58Prefix");
        int value = prefix?.Value switch
        {
            [byte low] => low,
            [byte low, byte high] => low | (high << 8),
            _ => Crypto.Keys.Ss58.GenericPrefix,
        };
        return Crypto.Keys.Ss58.IsValidPrefix(value) ? value : Crypto.Keys.Ss58.GenericPrefix;
    }

    private string? Signature(ref ScaleReader reader, JsonObject tree) =>
        Read(ref reader, metadata.Extrinsic.Address, tree, "signer") ?? Read(ref reader, metadata.Extrinsic.Signature, tree, "signature");

    private string? Extensions(ref ScaleReader reader, int kind, JsonObject tree)
    {
        byte set = 0;
        if (kind == General)
        {
            if (!reader.TryReadByte(out set)) return $"at byte {reader.Position}: the version of the extensions is missing";
            tree["extensionVersion"] = set;
        }

        if (metadata.Extrinsic.SetOf(set) is not { } extensions) return $"the metadata has no extensions of version {set}";
        JsonObject values = [];
        tree["extensions"] = values;
        foreach (ExtensionInfo extension in extensions)
        {
            int before = reader.Rest.Length;
            if (!_values.TryRead(ref reader, extension.Type, out JsonNode? value)) return $"{extension.Name}, {_values.Fault}";

            // Those that say nothing would only be in the way.
            if (before != reader.Rest.Length) values[extension.Name] = value;
        }

        return null;
    }

    /// <summary>Pallet, call and arguments; the calls of a pallet are an enum within the enum of pallets.</summary>
    private string? Call(ref ScaleReader reader, JsonObject tree)
    {
        ReadOnlySpan<byte> encoded = reader.Rest;
        tree["encodedCall"] = Hex.Format(encoded);
        if (!_values.TryRead(ref reader, metadata.Extrinsic.Call, out JsonNode? value)) return $"the call, {_values.Fault}";
        if (value is JsonObject { Count: 1 } outer)
        {
            (string pallet, JsonNode? inner) = outer.Single();
            tree["pallet"] = pallet;
            (string? call, JsonNode? arguments) = inner is JsonObject { Count: 1 } named ? (named.Single().Key, named.Single().Value?.DeepClone()) : (inner?.ToString(), null);
            tree["call"] = call;
            tree["arguments"] = arguments;
        }
        else
        {
            tree["call"] = value;
        }

        return reader.TryFinish() ? null : $"at byte {reader.ErrorPosition}: something follows the call";
    }

    private string? Read(ref ScaleReader reader, int type, JsonObject tree, string name)
    {
        if (!_values.TryRead(ref reader, type, out JsonNode? value)) return $"the {name}, {_values.Fault}";
        tree[name] = value;
        return null;
    }
}
