using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Phala.Node.Rpc.Messages;
using Phala.Testing;
using Xunit;

namespace Phala.Tests.Node.Rpc.Messages;

/// <summary>The scanner takes exactly what the framework's reader takes.</summary>
public sealed class JsonScannerTests
{
    private static readonly byte[][] Corpus = [.. new[]
    {
        "0", "-0.5e+10", "1E5", "true", "false", "null", "\"\"", "\"a\\u00e9\\n\\\"\\\\\\/\"", "[]", "{}", "[1,2,[3,{\"a\":[]}]]", """{"a":1,"b":{"c":[true,null]},"d":"x"}""",
        " [ 1 , 2 ] ", "\t{ \"a\" : [ ] }\r\n", "[[[[[[[[]]]]]]]]", """{"jsonrpc":"2.0","id":1,"method":"chain_getHeader","params":["0x00",null]}""",
    }.Select(Encoding.UTF8.GetBytes)];

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("+1")]
    [InlineData("tru")]
    [InlineData("truex")]
    [InlineData("nul")]
    [InlineData("\"")]
    [InlineData("\"\\")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u12")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\u0000b\"")]
    [InlineData("[")]
    [InlineData("[1")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("{1:1}")]
    [InlineData("1 1")]
    [InlineData("[]]")]
    [InlineData("\u0000")]
    [InlineData("1\u0000")]
    [InlineData("// comment\n1")]
    public void WhatIsNoJsonIsRefused(string text)
    {
        Assert.False(Scans(Encoding.UTF8.GetBytes(text)));
        Assert.False(Reads(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void MutantsAreTakenAndRefusedAsByTheFrameworksReader()
    {
        Mutator mutator = new(11);
        int accepted = 0, refused = 0;
        for (int number = 0; number < 60_000; number++)
        {
            byte[] text = mutator.Next(Corpus);
            bool reads = Reads(text);
            Assert.True(reads == Scans(text), Encoding.UTF8.GetString(text));
            if (reads) accepted++;
            else refused++;
        }

        Assert.True(accepted > 3000 && refused > 3000, $"{accepted} accepted, {refused} refused");
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void NestingIsBoundedAsInTheFrameworksReader(int depth, bool fits)
    {
        foreach (string text in (string[])[new string('[', depth) + new string(']', depth), string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1)])
        {
            Assert.Equal(fits, Scans(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(fits, Reads(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Fact]
    public void EscapesAreResolvedAsByTheFramework() => Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text =>
    {
        string json = JsonSerializer.Serialize(text);
        bool isText = JsonEscapes.TryResolve(Encoding.UTF8.GetBytes(json).AsSpan()[1..^1], out byte[] resolved);
        return isText && Encoding.UTF8.GetString(resolved) == JsonSerializer.Deserialize<string>(json);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("\\u0041\\t\\/é", "A\t/é")]
    [InlineData("\\ud83d", null)]
    [InlineData("\\ude00\\ud83d", null)]
    [InlineData("\\ud83dx", null)]
    [InlineData("\\ud83d\\u0041", null)]
    public void HalfAPairIsNoText(string inner, string? expected)
    {
        Assert.Equal(expected is not null, JsonEscapes.TryResolve(Encoding.UTF8.GetBytes(inner), out byte[] resolved));
        if (expected is not null) Assert.Equal(expected, Encoding.UTF8.GetString(resolved));
    }

    private static bool Scans(byte[] text)
    {
        JsonScanner scanner = new(text);
        return scanner.TrySkipValue() && scanner.AtEnd();
    }

    private static bool Reads(byte[] text)
    {
        try
        {
            Utf8JsonReader reader = new(text);
            while (reader.Read()) continue;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
