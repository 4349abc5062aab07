using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Codec.TypeInfo;
using Phala.Node.Inspect.Metadata;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect metadata</c></summary>
internal static class MetadataInspection
{
    public static Command Create()
    {
        Option<string?> pallet = new("--pallet") { Description = "Only the pallet of this name." };
        InspectRun run = new("metadata", "Lists pallets, calls, events, errors, storage and constants of any chain's metadata, versions 14 to 16.", "The metadata");
        run.Command.Options.Add(pallet);
        return run.With((line, input, tree) => Inspect(input, line.GetValue(pallet), tree));
    }

    public static string? Inspect(InspectInput input, string? only, JsonObject tree)
    {
        if (!MetadataReader.TryRead(input.Bytes, out ChainMetadata? metadata, out MetadataFault? fault)) return $"{fault}.";
        tree["version"] = metadata.Version;
        tree["types"] = metadata.Types.Types.Count;
        tree["extrinsicVersions"] = new JsonArray([.. metadata.Extrinsic.Versions.Select(version => JsonValue.Create(version))]);
        TypeNames names = new(metadata.Types);
        tree["extensions"] = new JsonArray([.. metadata.Extrinsic.Extensions.Select(extension => JsonValue.Create($"{extension.Name}: {names.Of(extension.Type)}"))]);
        PalletInfo[] pallets = [.. metadata.Pallets.Where(pallet => only is null || pallet.Name == only)];
        if (only is not null && pallets.Length == 0) return $"there is no pallet {only}: there are {string.Join(", ", metadata.Pallets.Select(pallet => pallet.Name))}.";
        ValueDecoder values = new(metadata.Types, ExtrinsicDecoder.PrefixOf(metadata));
        tree["pallets"] = new JsonArray([.. pallets.Select(pallet => Describe(pallet, metadata.Types, names, values))]);
        if (only is null) tree["apis"] = new JsonArray([.. metadata.Apis.Select(api => JsonValue.Create($"{api.Name}: {string.Join(", ", api.Methods)}"))]);
        return null;
    }

    private static JsonObject Describe(PalletInfo pallet, TypeRegistry types, TypeNames names, ValueDecoder values)
    {
        JsonObject tree = new() { ["name"] = pallet.Name, ["index"] = pallet.Index };
        AddVariants(tree, "calls", pallet.Calls, types, names);
        AddVariants(tree, "events", pallet.Events, types, names);
        AddVariants(tree, "errors", pallet.Errors, types, names);
        if (pallet.Storage.Count > 0) tree["storage"] = new JsonArray([.. pallet.Storage.Select(entry => JsonValue.Create(Describe(entry, names)))]);
        if (pallet.Constants.Count == 0) return tree;
        JsonArray constants = [];
        tree["constants"] = constants;
        foreach (ConstantInfo constant in pallet.Constants)
        {
            bool isRead = values.TryDecode(constant.Value, constant.Type, out JsonNode? value);
            constants.Add(new JsonObject { [constant.Name] = isRead ? value : Codec.Hex.Format(constant.Value) });
        }

        return tree;
    }

    private static void AddVariants(JsonObject tree, string name, int? type, TypeRegistry types, TypeNames names)
    {
        if (type is not { } id || id >= types.Types.Count || types.Types[id].Definition is not TypeDefinition.Variant variants || variants.Variants.Count == 0) return;
        tree[name] = new JsonArray([.. variants.Variants.Select(variant => JsonValue.Create(Describe(variant, names)))]);
    }

    private static string Describe(TypeVariant variant, TypeNames names)
    {
        string fields = string.Join(", ", variant.Fields.Select(field => field.Name is null ? names.Of(field.Type) : $"{field.Name}: {names.Of(field.Type)}"));
        return variant.Fields.Count == 0 ? $"{variant.Index} {variant.Name}" : $"{variant.Index} {variant.Name}({fields})";
    }

    private static string Describe(StorageInfo entry, TypeNames names) => entry.Key is { } key
        ? $"{entry.Name}: {names.Of(key)} → {names.Of(entry.Value)} ({string.Join(", ", entry.Hashers)})"
        : $"{entry.Name}: {names.Of(entry.Value)}";
}
