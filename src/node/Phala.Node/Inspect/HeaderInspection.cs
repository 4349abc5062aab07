using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Codec;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect header</c></summary>
internal static class HeaderInspection
{
    public static Command Create() => new InspectRun("header", "Decodes a header, computes its hash and reads its digest.", "The header").With((_, input, tree) => Inspect(input, tree));

    public static string? Inspect(InspectInput input, JsonObject tree)
    {
        if (!TryRead(input, out Header header, out string? problem)) return problem;
        foreach ((string name, JsonNode? value) in HeaderTree.Of(header)) tree[name] = value?.DeepClone();
        return null;
    }

    private static bool TryRead(InspectInput input, out Header header, out string? problem)
    {
        if (input.Json is { } json)
        {
            bool isRead = Blocks.SignedBlockJson.TryReadHeader(json, out header, out string? field);
            problem = isRead ? null : $"no header: {field}.";
            return isRead;
        }

        DecodeResult<Header> decoded = Scale.Decode<Header>(input.Bytes);
        header = decoded.Value;
        problem = decoded.IsOk ? null : $"no header: {decoded.Error} at byte {decoded.Position}.";
        return decoded.IsOk;
    }
}
