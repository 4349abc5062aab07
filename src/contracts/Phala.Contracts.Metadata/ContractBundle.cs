using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Crypto.Hashing;

namespace Phala.Contracts.Metadata;

/// <summary>A compiled contract with its description, in the layouts of ink!'s metadata that clients read.</summary>
/// <remarks>
/// <para><b>Concept.</b> The description says how to talk to the contract; with the code inside it is a <c>.contract</c> file, without it the <c>.json</c> beside a module.</para>
/// <para><b>Invariant.</b> The same description and code give the same bytes. The two layouts say the same, but for events: in version 4 an event's data begin with its number, in version 5, as here, its first topic says which it is.
/// So version 4 lists none.</para>
/// </remarks>
public sealed class ContractBundle
{
    /// <summary>What the description says the contract is written in.</summary>
    public const string Language = "C# 14.0.0";

    /// <summary>What it says the compiler is.</summary>
    public const string Compiler = "phala-contracts 1.0.0";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private readonly string _description;
    private readonly byte[] _code;

    /// <summary>Takes a contract.</summary>
    /// <param name="description">What <see cref="DescriptionReader.Find"/> gave.</param>
    /// <param name="code">The module.</param>
    public ContractBundle(string description, ReadOnlySpan<byte> code) => (_description, _code) = (description, code.ToArray());

    /// <summary>The description in layout 5.</summary>
    /// <param name="withCode">Whether the code is inside: a <c>.contract</c> file.</param>
    public string ToVersion5(bool withCode) => Write(JsonNode.Parse(_description)!.AsObject(), withCode);

    /// <summary>The description in layout 4, for clients that do not know 5.</summary>
    /// <param name="withCode">Whether the code is inside: a <c>.contract</c> file.</param>
    public string ToVersion4(bool withCode)
    {
        JsonObject root = JsonNode.Parse(_description)!.AsObject();
        root["version"] = "4";
        JsonObject spec = root["spec"]!.AsObject();
        spec["events"] = new JsonArray();
        spec["environment"]!.AsObject().Remove("staticBufferSize");
        ToFormerStorage(root["storage"]!);
        return Write(root, withCode);
    }

    /// <summary>In version 4 roots have no types, and keys stand with their most significant byte first.</summary>
    private static void ToFormerStorage(JsonNode node)
    {
        if (node is JsonArray array)
        {
            foreach (JsonNode? item in array) ToFormerStorage(item!);
        }
        else if (node is JsonObject members)
        {
            if (members["root"] is JsonObject root)
            {
                root.Remove("ty");
                root["root_key"] = Reverse((string)root["root_key"]!);
            }

            if (members["leaf"] is JsonObject leaf) leaf["key"] = Reverse((string)leaf["key"]!);
            foreach ((_, JsonNode? item) in members) ToFormerStorage(item!);
        }
    }

    private static string Reverse(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex[2..]);
        Array.Reverse(bytes);
        return Hex(bytes);
    }

    private string Write(JsonObject description, bool withCode)
    {
        byte[] hash = new byte[32];
        Blake2b.Hash256(_code, hash);
        JsonObject source = new() { ["hash"] = Hex(hash), ["language"] = Language, ["compiler"] = Compiler };
        if (withCode) source["wasm"] = Hex(_code);
        JsonObject root = new() { ["source"] = source };
        foreach ((string name, JsonNode? value) in description) root[name] = value?.DeepClone();
        return root.ToJsonString(Indented) + "\n";
    }

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
