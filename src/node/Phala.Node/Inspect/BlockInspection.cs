using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Chain.Extrinsics;
using Phala.Codec;
using Phala.Node.Blocks;
using Phala.Node.Inspect.Metadata;
using Phala.Trie;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect block</c></summary>
internal static class BlockInspection
{
    public static Command Create()
    {
        MetadataOption metadata = new();
        InspectRun run = new("block", "Decodes a block with its extrinsics and justifications, and checks that the header commits to the extrinsics.", "The block, as chain_getBlock answers it or in SCALE");
        metadata.AddTo(run.Command);
        return run.With((line, input, tree) => metadata.TryRead(line, out ChainMetadata? chain, out string? problem) ? Inspect(input, chain, tree) : problem);
    }

    public static string? Inspect(InspectInput input, ChainMetadata metadata, JsonObject tree)
    {
        if (!TryRead(input, out SignedBlock block, out string? problem)) return problem;
        tree["header"] = HeaderTree.Of(block.Block.Header);
        JsonArray extrinsics = [];
        tree["extrinsics"] = extrinsics;
        int index = 0;
        foreach (OpaqueExtrinsic extrinsic in block.Block.Extrinsics)
        {
            JsonObject item = [];
            extrinsics.Add(item);
            if (ExtrinsicInspection.Describe(extrinsic, metadata, item) is { } wrong) problem ??= FormattableString.Invariant($"extrinsic {index}: {wrong}.");
            index++;
        }

        if (block.Justifications is { } justifications) tree["justifications"] = new JsonArray([.. justifications.ToArray().Select(Describe)]);
        Hash256 root = ExtrinsicsRoot.Compute(block.Block.Extrinsics.AsSpan());
        bool isCommitted = root == block.Block.Header.ExtrinsicsRoot;
        tree["extrinsicsRoot"] = isCommitted ? "matches the header" : $"{root}, which is not the header's";
        return isCommitted ? problem : $"the header commits to other extrinsics: their root is {root}.";
    }

    private static bool TryRead(InspectInput input, out SignedBlock block, out string? problem)
    {
        if (input.Json is { } json) return TryReadJson(json, out block, out problem);
        DecodeResult<SignedBlock> signed = Scale.Decode<SignedBlock>(input.Bytes);
        if (signed.TryGet(out block))
        {
            problem = null;
            return true;
        }

        DecodeResult<Block> unsigned = Scale.Decode<Block>(input.Bytes);
        block = new SignedBlock(unsigned.Value, null);
        problem = unsigned.IsOk ? null : $"no block: {signed.Error} at byte {signed.Position}.";
        return unsigned.IsOk;
    }

    private static bool TryReadJson(JsonElement json, out SignedBlock block, out string? problem)
    {
        bool isRead = SignedBlockJson.TryRead(json, out block, out string? field);
        problem = isRead ? null : $"no block: {field}.";
        return isRead;
    }

    private static JsonObject Describe(EncodedJustification justification)
    {
        JsonObject tree = new() { ["engine"] = justification.Engine.ToString() };
        if (justification.Engine != EngineId.Grandpa || JustificationInspection.Inspect(justification.Proof.ToArray(), null, tree) is not null) tree["proof"] = Hex.Format(justification.Proof.AsSpan());
        return tree;
    }
}
