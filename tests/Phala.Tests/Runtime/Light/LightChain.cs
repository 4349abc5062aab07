using System.Text.Json;
using System.Text.Json.Nodes;
using Phala.Chain;
using Phala.Codec;
using Phala.Runtime;
using Phala.Runtime.Interface;
using Phala.Runtime.Interface.Versions;
using Phala.Testing;
using Phala.Trie;

namespace Phala.Tests.Runtime.Light;

/// <summary>A state for the module to read, and the module in Node's WebAssembly.</summary>
internal sealed class LightChain
{
    public const uint Spec = PhalaVersion.OldestSpec, Number = 130;

    public static readonly Hash256 Genesis = Fill(1), Present = Fill(2);

    public static readonly PhalaRuntime Runtime = new();

    public static readonly byte[] Code = Runtime.LightCode(Spec);

    public Dictionary<string, byte[]> Storage { get; } = [];

    public LightChain()
    {
        Put(FrameSystem.Number.Prefix, BitConverter.GetBytes(Number));
        PutHash(0, Genesis);
        for (uint number = Number - 70; number < Number; number++) PutHash(number, HashOf(number));
    }

    public static Hash256 HashOf(uint number) => number == 0 ? Genesis : number == Number ? Present : Fill((byte)number);

    public void Put(ReadOnlySpan<byte> key, byte[] value) => Storage[Hex.Format(key)] = value;

    public void PutHash(uint number, Hash256 hash) => Put(FrameSystem.BlockHash.Key(number), hash.ToArray());

    public void PutAccount(in AccountId account, AccountInfo info) => Put(FrameSystem.Account.Key(account), Scale.Encode(info));

    /// <summary>A call of an export, with the state that it is to read.</summary>
    public JsonArray Ask(string name, ReadOnlySpan<byte> arguments) =>
        [name, Hex.Format(arguments), new JsonArray([.. Storage.Select(entry => (JsonNode)new JsonArray(entry.Key, Hex.Format(entry.Value)))])];

    /// <param name="calls">What is asked.</param>
    /// <param name="code">Another module than the chain's; null for that.</param>
    public static JsonElement Run(IEnumerable<JsonArray> calls, byte[]? code = null)
    {
        JsonObject input = new() { ["code"] = Hex.Format(code ?? Code), ["calls"] = new JsonArray([.. calls]) };
        return JsonDocument.Parse(NodeJs.Run("light-code.mjs", input.ToJsonString())).RootElement;
    }

    public static byte[]?[] Answers(IEnumerable<JsonArray> calls, byte[]? code = null) =>
        [.. Run(calls, code).GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("answer").GetString() is { } text && Hex.TryParse(text, out byte[] bytes) ? bytes : null)];

    private static Hash256 Fill(byte value)
    {
        byte[] bytes = new byte[Hash256.Size];
        Array.Fill(bytes, value);
        return new Hash256(bytes);
    }
}
