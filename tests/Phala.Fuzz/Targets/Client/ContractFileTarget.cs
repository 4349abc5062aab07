using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Phala.Client.Contracts.Ink;
using Phala.Testing;

namespace Phala.Fuzz.Targets.Client;

/// <summary>Contracts' files. An input is a sample and edits of it, three bytes each, so that what is read is JSON; or it is the file itself. Past the outermost check is what is JSON.</summary>
internal sealed class ContractFileTarget : FuzzTarget
{
    private const byte Raw = 0xff;

    private static readonly string?[] Replacements =
        ["null", "0", "1", "-1", "300", "4294967296", "1.5", "\"\"", "\"0x\"", "\"0x00\"", "\"x\"", "\"half\"", "[]", "{}", "true", "[0]", "[{}]", "\"0x01020304\"", "\"new\"", null];

    /// <inheritdoc/>
    public override string Name => "contract-file";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        [0], [1], [2], [3], [4], [4, 20, 0, 1, 30, 0, 4], [0, 1, 0, 0], [1, 9, 0, 1, 8, 0, 2], [2, 30, 0, 19], [3, 5, 0, 12, 9, 0, 13, 11, 0, 14], [0, 200, 0, 5, 240, 0, 3, 0, 1, 19], [Raw, .. ContractFileSamples.Three],
    ];

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Errors { get; } = Enum.GetNames<ContractFileError>();

    /// <summary>Most of it is for the edits: each three bytes walk through the sample.</summary>
    public override long AllocationBound(int inputLength) => (1 << 20) + (16384L * inputLength);

    /// <inheritdoc/>
    public override FuzzOutcome Run(byte[] input)
    {
        bool isRaw = input.Length > 0 && input[0] == Raw;
        ContractFileFault? fault = ContractFile.TryRead(isRaw ? input.AsMemory(1) : Edited(input), out ContractFile? file);
        if (fault is null == file is null) throw new InvalidOperationException($"{fault}");
        foreach (ContractFunction function in file?.Messages ?? []) _ = file!.Signature(function);
        return new FuzzOutcome(!isRaw || fault?.Error != ContractFileError.NotJson, fault?.Error.ToString());
    }

    /// <summary>A sample in which places were put other values, or taken away.</summary>
    private static byte[] Edited(byte[] input)
    {
        JsonNode root = JsonNode.Parse(ContractFileSamples.All[input.Length == 0 ? 0 : input[0] % ContractFileSamples.All.Count])!;
        for (int at = 1; at + 3 <= input.Length; at += 3)
        {
            List<JsonNode> places = [.. Below(root)];
            JsonNode place = places[BinaryPrimitives.ReadUInt16LittleEndian(input.AsSpan(at)) % places.Count];
            string? text = Replacements[input[at + 2] % Replacements.Length];
            if (place.Parent is JsonObject members) Edit(members, place.GetPropertyName(), text);
            else if (place.Parent is JsonArray list) Edit(list, place.GetElementIndex(), text);
            if (Below(root).FirstOrDefault() is null) break;
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString().Replace("half", "\\ud800", StringComparison.Ordinal));
    }

    private static void Edit(JsonObject members, string name, string? text)
    {
        members.Remove(name);
        if (text is not null) members[name] = JsonNode.Parse(text);
    }

    private static void Edit(JsonArray list, int index, string? text)
    {
        JsonNode copy = list[Math.Max(0, index - 1)]?.DeepClone() ?? 0;
        list[index] = text is null ? copy : JsonNode.Parse(text);
    }

    private static IEnumerable<JsonNode> Below(JsonNode node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray list => list,
            _ => [],
        };
        foreach (JsonNode child in children.OfType<JsonNode>().ToArray())
        {
            yield return child;
            foreach (JsonNode below in Below(child)) yield return below;
        }
    }
}
