using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Inspect.Metadata;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect extrinsic</c></summary>
internal static class ExtrinsicInspection
{
    public static Command Create()
    {
        MetadataOption metadata = new();
        InspectRun run = new("extrinsic", "Decodes an extrinsic: signer, extensions, pallet, call and arguments.", "The extrinsic, with or without its length");
        metadata.AddTo(run.Command);
        return run.With((line, input, tree) => metadata.TryRead(line, out ChainMetadata? chain, out string? problem) ? Inspect(input.Bytes, chain, tree) : problem);
    }

    public static string? Inspect(ReadOnlySpan<byte> bytes, ChainMetadata metadata, JsonObject tree)
    {
        if (bytes.IsEmpty) return "there are no bytes.";
        if (!Scale.Decode<OpaqueExtrinsic>(bytes).TryGet(out OpaqueExtrinsic extrinsic)) extrinsic = new OpaqueExtrinsic(Vec.Create(bytes));
        return Describe(extrinsic, metadata, tree) is { } problem ? $"no extrinsic of this chain: {problem}." : null;
    }

    /// <summary>Adds what an extrinsic says to a tree.</summary>
    public static string? Describe(OpaqueExtrinsic extrinsic, ChainMetadata metadata, JsonObject tree)
    {
        tree["hash"] = Hex.Format(extrinsic.Hash().AsSpan());
        tree["length"] = extrinsic.Body.Length;
        return new ExtrinsicDecoder(metadata).TryDecode(extrinsic.Body.AsSpan(), tree);
    }
}
