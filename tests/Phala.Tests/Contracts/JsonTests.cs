using System.Globalization;
using System.Text;
using System.Text.Json;
using Phala.Contracts.Hosting;
using Phala.Contracts.Json;
using Xunit;
using JsonValue = Phala.Contracts.Json.JsonValue;

namespace Phala.Tests.Contracts;

/// <summary>The JSON of contracts, held against .NET's.</summary>
public sealed class JsonTests
{
    private static readonly JsonDocumentOptions Depth = new() { MaxDepth = 32 };

    [Fact]
    public void Texts_are_taken_and_refused_as_by_NET()
    {
        string[] seeds = ["""{"a": [1, -2.5e+3, "x\u00e4\n", true, null], "b": {"c": {}}}""", "[[], [0, 0.1, 10E-2], \"\\ud83d\\ude00\"]", " \"text\" ", "-0", "[1,2", "{\"a\":1,}", "01", "\"\\x\"", "tru", ""];
        Random random = new(7);
        int good = 0, bad = 0;
        for (int count = 0; count < 20_000; count++)
        {
            byte[] text = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]);
            for (int change = random.Next(3); change > 0 && text.Length > 0; change--) text[random.Next(text.Length)] = (byte)"{}[]\",:0159.eE+-\\utrfalsn \n"[random.Next(27)];
            bool expected = IsJson(text);
            Assert.True(expected == JsonValue.TryParse(text, out _), Encoding.UTF8.GetString(text));
            if (expected) good++;
            else bad++;
        }

        Assert.True(good > 2000 && bad > 2000, $"{good} good, {bad} bad");
    }

    [Fact]
    public void Values_are_found_by_name_and_place()
    {
        Assert.True(JsonValue.TryParse("""{"a": {"b": [10, {"c": "d\"\u00e4\ud83d\ude00"}]}, "a": 2, "t": true, "n": null}"""u8.ToArray(), out JsonValue root));
        Assert.True(root.TryGet("a", out JsonValue value) && value.TryGet("b", out value) && value.TryGet(1, out value) && value.TryGet("c", out value));
        Assert.True(value.TryRead(out string? text));
        Assert.Equal("d\"ä😀", text);
        Assert.False(root.TryGet("z", out _) || root.TryGet(0, out _) || value.TryGet("c", out _) || value.TryRead(out bool _));
        Assert.True(root.TryGet("t", out value) && value.TryRead(out bool flag) && flag);
        Assert.True(root.TryGet("n", out value) && value.Kind == JsonKind.Null);
    }

    [Theory]
    [InlineData("12.345", 2, "1234")]
    [InlineData("\"0.5\"", 6, "500000")]
    [InlineData("7", 0, "7")]
    [InlineData("0.000001", 6, "1")]
    [InlineData("34028236692093846346337460743176821145", 0, "34028236692093846346337460743176821145")]
    [InlineData("340282366920938463463374607431768211455", 0, "340282366920938463463374607431768211455")]
    [InlineData("340282366920938463463374607431768211456", 0, null)]
    [InlineData("-1", 0, null)]
    [InlineData("1e5", 0, null)]
    [InlineData("\"x\"", 0, null)]
    [InlineData("\".5\"", 1, null)]
    [InlineData("\"5.\"", 1, null)]
    [InlineData("999999999999999999999999999999999999999", 0, null)]
    public void Numbers_are_read_in_whole_units(string text, int decimals, string? expected)
    {
        Assert.True(JsonValue.TryParse(Encoding.UTF8.GetBytes(text), out JsonValue value));
        Assert.Equal(expected is not null, value.TryRead(decimals, out UInt128 units));
        if (expected is not null) Assert.Equal(UInt128.Parse(expected, CultureInfo.InvariantCulture), units);
    }

    [Fact]
    public void What_is_written_NET_reads_back()
    {
        byte[] written = new JsonWriter().BeginObject().Name("a\"\\\n").BeginArray().Number(0).Number(UInt128.MaxValue).Text("ä😀\u0001").EndArray().Name("b").Boolean(true).Name("c").Null().Name("d").BeginObject().EndObject().EndObject().ToArray();
        using JsonDocument document = JsonDocument.Parse(written);
        JsonElement list = document.RootElement.GetProperty("a\"\\\n");
        Assert.Equal(("0", UInt128.MaxValue.ToString(CultureInfo.InvariantCulture), "ä😀\u0001"), (list[0].GetRawText(), list[1].GetRawText(), list[2].GetString()));
        Assert.True(document.RootElement.GetProperty("b").GetBoolean());
        Assert.Equal(4, document.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public void Text_is_UTF_8_as_NETs()
    {
        Random random = new(11);
        for (int count = 0; count < 5_000; count++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)(random.Next(3) == 0 ? random.Next(0xd700, 0xe100) : random.Next(0x900))));
            byte[] output = new byte[Utf8.Most * text.Length];
            Assert.Equal(Encoding.UTF8.GetBytes(text), output[..Utf8.Write(text, output)]);
            byte[] bytes = new byte[random.Next(8)];
            for (int index = 0; index < bytes.Length; index++) bytes[index] = (byte)(random.Next(2) == 0 ? random.Next(128) : random.Next(0x80, 0x100));
            bool isText = System.Text.Unicode.Utf8.IsValid(bytes);
            Assert.Equal(isText ? Encoding.UTF8.GetString(bytes) : null, Utf8.Read(bytes, 0, bytes.Length));
            byte[] whole = Encoding.UTF8.GetBytes(text);
            Assert.Equal(Encoding.UTF8.GetString(whole), Utf8.Read(whole, 0, whole.Length));
        }
    }

    private static bool IsJson(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Depth);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
