using System.Text;
using Phala.Node.Rpc;
using Phala.Trie;
using Xunit;

namespace Phala.Tests.Node.Rpc;

/// <summary>Every accessor on what it takes and what it does not.</summary>
public sealed class RpcParametersTests
{
    private const string Hash = "0x00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff";

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"0x\"", "")]
    [InlineData("\"0x0aFf\"", "0AFF")]
    [InlineData("\"\\u0030x01\"", "01")]
    [InlineData("\"0x0\"", null)]
    [InlineData("\"00\"", null)]
    [InlineData("\"0xzz\"", null)]
    [InlineData("5", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    public void HexIsBytesBehind0x(string json, string? expected)
    {
        RpcParameters parameters = Of($"[{json}]");
        Assert.Equal(expected is not null, parameters.TryHex("key", out byte[] bytes));
        Assert.Equal(expected ?? "", Convert.ToHexString(bytes));
        Assert.Equal(expected is null ? RpcError.InvalidParameter("key", "bytes in hexadecimal with 0x") : null, parameters.Error);
        if (json == "null") return;
        Assert.Equal(expected is not null, Of($"[{json}]").TryOptionalHex("key", out _));
    }

    [Theory]
    [InlineData("8", 8ul)]
    [InlineData("\"8\"", 8ul)]
    [InlineData("\"0x8\"", 8ul)]
    [InlineData("\"0xFf\"", 255ul)]
    [InlineData("\"0x0000000000000000\"", 0ul)]
    [InlineData("\"0xffffffffffffffff\"", ulong.MaxValue)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("18446744073709551616", null)]
    [InlineData("\"18446744073709551616\"", null)]
    [InlineData("\"0x10000000000000000\"", null)]
    [InlineData("\"0x\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"-1\"", null)]
    [InlineData("\"+1\"", null)]
    [InlineData("-1", null)]
    [InlineData("1.0", null)]
    [InlineData("1e2", null)]
    [InlineData("true", null)]
    public void ABlockNumberIsANumberOrText(string json, ulong? expected)
    {
        Assert.Equal(expected is not null, Of($"[{json}]").TryBlockNumber("number", out ulong number));
        if (expected is not null) Assert.Equal(expected, number);
        Assert.Equal(expected is not null, Of($"[{json}]").TryOptionalBlockNumbers("number", out ulong[]? one, out bool isList));
        Assert.False(isList);
        if (expected is { } value) Assert.Equal([value], one!);
        Assert.Equal(expected is not null, Of($"[[0,{json},1]]").TryOptionalBlockNumbers("number", out ulong[]? list, out isList));
        Assert.True(isList);
        if (expected is { } inList) Assert.Equal([0, inList, 1], list!);
    }

    [Fact]
    public void WhatIsLeftOutAndWhatIsNullAreTheSame()
    {
        foreach (string json in (string[])["", "[]", "[null,null,null,null,null,null,null,null]", "{}"])
        {
            RpcParameters parameters = Of(json);
            Assert.True(parameters.TryOptionalHex("a", out byte[]? bytes) && bytes is null);
            Assert.True(parameters.TryOptionalHash("b", out Hash256? hash) && hash is null);
            Assert.True(parameters.TryOptionalBlockNumbers("c", out ulong[]? numbers, out bool isList) && numbers is null && !isList);
            Assert.True(parameters.TryOptionalUInt32("d", out uint? number) && number is null);
            Assert.True(parameters.TryOptionalBoolean("e", true, out bool flag) && flag);
            Assert.True(parameters.TryOptionalString("f", out string? text) && text is null);
            Assert.True(parameters.TryOptionalHexList("g", out byte[][]? list) && list is null);
            Assert.True(parameters.TryOptionalObjectList("h", out RpcParameters[]? objects) && objects is null);
            Assert.Null(parameters.Error);
        }
    }

    [Fact]
    public void WhatIsAskedForMustBeThere()
    {
        Assert.All<Func<RpcParameters, bool>>(
            [
                each => each.TryHex("x", out _), each => each.TryHash("x", out _), each => each.TryBlockNumber("x", out _), each => each.TryHashes("x", out _),
                each => each.TryUInt32("x", out _), each => each.TryUInt64("x", out _), each => each.TryBoolean("x", out _), each => each.TryString("x", out _),
                each => each.TryHexList("x", out _), each => each.TryObjectList("x", out _), each => each.TryJson("x", out _),
            ],
            read =>
            {
                foreach (string json in (string[])["", "[]", "[null]", "{\"y\":1}"])
                {
                    RpcParameters parameters = Of(json);
                    Assert.False(read(parameters));
                    Assert.StartsWith("Invalid params: x: expected ", parameters.Error!.Message, StringComparison.Ordinal);
                    Assert.Equal(-32602, parameters.Error.Code);
                }
            });
    }

    [Fact]
    public void WhatIsOptionalMustStillBeOfItsKind()
    {
        Assert.All<Func<RpcParameters, bool>>(
            [
                each => each.TryOptionalHex("x", out _), each => each.TryOptionalHash("x", out _), each => each.TryOptionalBlockNumbers("x", out _, out _),
                each => each.TryOptionalUInt32("x", out _), each => each.TryOptionalBoolean("x", false, out _), each => each.TryOptionalString("x", out _),
                each => each.TryOptionalHexList("x", out _), each => each.TryOptionalObjectList("x", out _),
            ],
            read => Assert.False(read(Of("[{}]"))));
    }

    [Fact]
    public void ParametersAreReadInOrderAndTheFirstErrorStays()
    {
        RpcParameters parameters = Of($"""[ "0x01" , "{Hash}", 7, [ "0x02" , "" ], true, "a\"b", [\u007b] ]""".Replace("\\u007b", "{\"key\": \"0x03\", \"type\":\"value\"}, {}", StringComparison.Ordinal));
        Assert.True(parameters.TryHex("a", out byte[] bytes) && bytes is [1]);
        Assert.True(parameters.TryHash("b", out Hash256 hash));
        Assert.Equal(Hash, hash.ToString(), ignoreCase: true);
        Assert.True(parameters.TryUInt64("c", out ulong number) && number == 7);
        Assert.True(parameters.TryHexList("d", out byte[][] list) && list is [[2], []]);
        Assert.True(parameters.TryBoolean("e", out bool flag) && flag);
        Assert.True(parameters.TryString("f", out string text) && text == "a\"b");
        Assert.True(parameters.TryObjectList("g", out RpcParameters[] items) && items.Length == 2);
        Assert.True(items[0].TryString("type", out string type) && type == "value");
        Assert.True(items[0].TryHex("key", out byte[] key) && key is [3]);
        Assert.False(items[1].TryHex("key", out _));
        Assert.False(parameters.TryString("h", out _));
        RpcError? error = parameters.Error;
        Assert.False(parameters.TryOptionalString("i", out _));
        Assert.False(parameters.Fail("j", "something else"));
        Assert.Same(error, parameters.Error);
        Assert.Contains(": h:", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneHashOrSeveral()
    {
        Assert.True(Of($"[\"{Hash}\"]").TryHashes("hashes", out Hash256[] hashes) && hashes.Length == 1);
        Assert.True(Of($"[[\"{Hash}\",\"{Hash}\"]]").TryHashes("hashes", out hashes) && hashes.Length == 2);
        Assert.True(Of("[[]]").TryHashes("hashes", out hashes) && hashes.Length == 0);
        Assert.False(Of($"[[\"{Hash}\",\"0x00\"]]").TryHashes("hashes", out _));
        Assert.False(Of($"[\"{Hash[..^1]}\"]").TryHashes("hashes", out _));
        Assert.False(Of($"[\"{Hash}00\"]").TryHashes("hashes", out _));
        Assert.False(Of($"[\"{Hash[2..]}00\"]").TryHashes("hashes", out _));
    }

    [Fact]
    public void NumbersHaveTheirWidth()
    {
        Assert.True(Of("[4294967295]").TryUInt32("n", out uint number) && number == uint.MaxValue);
        Assert.True(Of("[4294967295]").TryOptionalUInt32("n", out uint? optional) && optional == uint.MaxValue);
        Assert.False(Of("[4294967296]").TryUInt32("n", out _));
        Assert.False(Of("[4294967296]").TryOptionalUInt32("n", out _));
        Assert.False(Of("[\"1\"]").TryUInt32("n", out _));
        Assert.True(Of("[false]").TryOptionalBoolean("b", true, out bool flag) && !flag);
        Assert.False(Of("[0]").TryBoolean("b", out _));
    }

    [Fact]
    public void JsonIsGivenAsItWasSent()
    {
        Assert.True(Of("""[ {"a": [1, 2]} ]""").TryJson("value", out byte[] json));
        Assert.Equal("""{"a": [1, 2]}""", Encoding.UTF8.GetString(json));
    }

    private static RpcParameters Of(string json)
    {
        RpcParameters parameters = new();
        parameters.Reset(Encoding.UTF8.GetBytes(json));
        return parameters;
    }
}
