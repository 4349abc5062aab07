using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Trie;
using Phala.Trie.Proofs;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect proof</c></summary>
internal static class ProofInspection
{
    public static Command Create()
    {
        Option<string> root = new("--root") { Description = "The state root that the proof is for, in hexadecimal.", Required = true };
        Option<string[]> keys = new("--key") { Description = "A key to look up, in hexadecimal; may be repeated. Without it all that the proof reveals is listed." };
        Option<string?> child = new("--child") { Description = "The name of the child trie that the keys are of, in hexadecimal." };
        InspectRun run = new("proof", "Verifies a storage proof against a state root and says what it proves.", "The proof, as state_getReadProof answers it or in SCALE");
        foreach (Option option in (Option[])[root, keys, child]) run.Command.Options.Add(option);
        return run.With((line, input, tree) =>
        {
            if (!Codec.Hex.TryParse(line.GetValue(root), out byte[] rootBytes) || rootBytes.Length != Hash256.Size) return "--root is a hash of 32 bytes in hexadecimal behind 0x.";
            List<byte[]> wanted = [];
            foreach (string text in line.GetValue(keys) ?? [])
            {
                if (!Codec.Hex.TryParse(text, out byte[] key)) return $"--key {text} is not hexadecimal behind 0x.";
                wanted.Add(key);
            }

            byte[]? name = null;
            if (line.GetValue(child) is { } childText && !Codec.Hex.TryParse(childText, out name)) return "--child is not hexadecimal behind 0x.";
            return Inspect(input, new Hash256(rootBytes), wanted, name, tree);
        });
    }

    public static string? Inspect(InspectInput input, Hash256 root, IReadOnlyList<byte[]> keys, byte[]? child, JsonObject tree)
    {
        if (!TryReadNodes(input, out byte[] encoded)) return "no proof: a list of nodes in hexadecimal is wanted.";
        if (!TrieProof.TryOpen(encoded, root, ProofPolicy.Tolerant, out TrieProof? proof, out ProofError error)) return $"no proof for this root: {error}.";
        tree["root"] = Codec.Hex.Format(root.AsSpan());
        if (child is not null)
        {
            ProofLookup found = proof.TryOpenChild(child, out proof);
            tree["child"] = Codec.Hex.Format(child);
            if (found != ProofLookup.Present) return $"the child trie: {Describe(found)}.";
            tree["childRoot"] = Codec.Hex.Format(proof!.Root.AsSpan());
        }

        return keys.Count == 0 ? List(proof!, tree) : LookUp(proof!, keys, tree);
    }

    private static string? LookUp(TrieProof proof, IReadOnlyList<byte[]> keys, JsonObject tree)
    {
        string? problem = null;
        JsonArray answers = [];
        tree["keys"] = answers;
        foreach (byte[] key in keys)
        {
            ProofLookup found = proof.TryGet(key, out ReadOnlySpan<byte> value);
            JsonObject answer = new() { ["key"] = Codec.Hex.Format(key), ["answer"] = Describe(found) };
            if (found == ProofLookup.Present) answer["value"] = Codec.Hex.Format(value);
            answers.Add(answer);
            if (found is ProofLookup.MissingNode or ProofLookup.MissingValue) problem = "the proof says nothing about a key.";
        }

        return problem;
    }

    private static string? List(TrieProof proof, JsonObject tree)
    {
        JsonArray entries = [];
        tree["entries"] = entries;
        ProofCursor cursor = proof.Enumerate([]);
        while (cursor.MoveNext()) entries.Add(new JsonObject { ["key"] = Codec.Hex.Format(cursor.Key), ["value"] = Describe(cursor) });
        return null;
    }

    private static string Describe(ProofCursor cursor) => cursor.Value is { } value ? Codec.Hex.Format(value.Span) : "not in the proof";

    private static string Describe(ProofLookup found) => found switch
    {
        ProofLookup.Present => "present",
        ProofLookup.Absent => "absent",
        ProofLookup.MissingNode => "not revealed: a node on the way is not in the proof",
        _ => "there is a value, and the proof has only its digest",
    };

    private static bool TryReadNodes(InspectInput input, out byte[] encoded)
    {
        encoded = input.Bytes;
        if (input.Json is not { } json) return true;
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("proof", out JsonElement inner)) json = inner;
        if (json.ValueKind != JsonValueKind.Array) return Blocks.SignedBlockJson.TryText(json, out string? text) && Codec.Hex.TryParse(text, out encoded);
        Codec.ScaleWriter writer = Codec.ScaleWriter.Pooled();
        try
        {
            writer.WriteLength(json.GetArrayLength());
            foreach (JsonElement node in json.EnumerateArray())
            {
                if (!Blocks.SignedBlockJson.TryText(node, out string? hex) || !Codec.Hex.TryParse(hex, out byte[] bytes)) return false;
                writer.WriteByteSequence(bytes);
            }

            encoded = writer.Written.ToArray();
            return true;
        }
        finally
        {
            writer.Dispose();
        }
    }
}
