using System.Text.Json.Nodes;
using Phala.Client.Contracts.Ink;
using Phala.Codec.TypeInfo;
using Phala.Fuzz.Targets.Client;
using Xunit;

namespace Phala.Tests.Client.Ink;

/// <summary>People's values of contracts' types, and what is wrong with them.</summary>
public sealed class TypedValuesTests
{
    private const string AliceKey = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d", Alice = "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs2";
    private const int Balance = 0, Account = 3, Bytes = 4, Text = 5, Pairs = 7, Order = 8, Maybe = 9, Side = 10, Compact = 11, Unit = 13, Bits = 16;

    private static readonly TypedValues Values = Sample();

    [Theory]
    [InlineData(Balance, "18446744073709551616", "00000000000000000100000000000000", "\"18446744073709551616\"")]
    [InlineData(Balance, "0xff", "ff000000000000000000000000000000", "\"255\"")]
    [InlineData(1, "7", "07", "7")]
    [InlineData(Account, Alice, AliceKey, $"\"{Alice}\"")]
    [InlineData(Account, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", AliceKey, $"\"{Alice}\"")]
    [InlineData(Account, "0x" + AliceKey, AliceKey, $"\"{Alice}\"")]
    [InlineData(Bytes, "0x0102", "080102", "\"0x0102\"")]
    [InlineData(Bytes, "[1, 2]", "080102", "\"0x0102\"")]
    [InlineData(Text, "null", "106e756c6c", "\"null\"")]
    [InlineData(Text, "é \"x\"", "18c3a920227822", "\"é \\\"x\\\"\"")]
    [InlineData(Pairs, "[[\"a\", 1], [\"b\", \"2\"]]", "08046101000000000000000000000000000000046202000000000000000000000000000000", "[[\"a\",\"1\"],[\"b\",\"2\"]]")]
    [InlineData(Maybe, "null", "00", "null")]
    [InlineData(Maybe, Alice, "01" + AliceKey, $"\"{Alice}\"")]
    [InlineData(Side, "Buy", "00", "\"Buy\"")]
    [InlineData(Side, "{\"Sell\": [16384]}", "0202000100", "{\"Sell\":[16384]}")]
    [InlineData(Side, "{\"Sell\": 16384}", "0202000100", "{\"Sell\":[16384]}")]
    [InlineData(Side, "{\"Limit\": {\"price\": 5}}", "0705000000000000000000000000000000", "{\"Limit\":{\"price\":\"5\"}}")]
    [InlineData(Compact, "63", "fc", "63")]
    [InlineData(Unit, "[]", "", "null")]
    [InlineData(Order, $"{{\"owner\": \"{Alice}\", \"note\": \"0x\", \"items\": [], \"side\": \"Buy\", \"last\": null}}", AliceKey + "00000000", $"{{\"owner\":\"{Alice}\",\"note\":\"0x\",\"items\":[],\"side\":\"Buy\",\"last\":null}}")]
    public void What_people_write_becomes_bytes_and_comes_back(int type, string text, string bytes, string json)
    {
        Assert.Null(Values.TryEncodeText(type, text, out byte[] encoded));
        Assert.Equal(bytes, Convert.ToHexStringLower(encoded));
        Assert.Null(Values.TryDecode(type, encoded, out JsonNode? value));
        Assert.Equal(JsonNode.Parse(json)?.ToJsonString() ?? "null", value?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData(Balance, "1.5", ": u128 is expected, not 1.5.")]
    [InlineData(Balance, "1e3", ": u128 is expected, not 1e3.")]
    [InlineData(Balance, "340282366920938463463374607431768211456", ": u128 is expected, not 340282366920938463463374607431768211456.")]
    [InlineData(1, "256", ": u8 is expected, not 256.")]
    [InlineData(1, "-1", ": u8 is expected, not -1.")]
    [InlineData(1, "true", ": u8 is expected, not true.")]
    [InlineData(Account, "0x1234", ": AccountId (an SS58 address, or 32 bytes in hexadecimal) is expected, not \"0x1234\".")]
    [InlineData(Account, "45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs3", ": AccountId (an SS58 address, or 32 bytes in hexadecimal) is expected, not \"45R2pfjQUW2s9PQRHU48HQKLKHVMaDja7N3wpBtmF28UYDs3\" (BadChecksum).")]
    [InlineData(Bytes, "xyz", ": bytes in hexadecimal after 0x is expected, not \"xyz\".")]
    [InlineData(Bytes, "[1, 256]", "[1]: u8 is expected, not 256.")]
    [InlineData(2, "0x12", ": 32 bytes in hexadecimal after 0x is expected, not \"0x12\".")]
    [InlineData(Pairs, "[[\"a\", 1], [\"b\"]]", "[1]: (str, u128) (a list of 2 values) is expected, not [\"b\"].")]
    [InlineData(Pairs, "[[\"a\", 1], [7, 2]]", "[1][0]: a text is expected, not 7.")]
    [InlineData(Side, "Hold", ": Side (Buy, Sell, Limit) is expected, not \"Hold\".")]
    [InlineData(Side, "Sell", ".Sell: an object with the variant's fields is expected, not its name alone.")]
    [InlineData(Side, "{\"Sell\": [1, 2]}", ".Sell: Side (a list of 1 values) is expected, not [1, 2].")]
    [InlineData(Side, "{\"Limit\": {}}", ".Limit.price: u128 is expected, not nothing.")]
    [InlineData(Order, "{\"owner\": 1}", ".owner: AccountId (an SS58 address, or 32 bytes in hexadecimal) is expected, not 1.")]
    [InlineData(Order, "{\"who\": 1}", ": Order with owner, note, items, side, last is expected, not with 'who'.")]
    [InlineData(Order, "[]", ": Order (an object) is expected, not [].")]
    [InlineData(Maybe, "{\"Some\": []}", ".Some: a list of one value is expected, not [].")]
    [InlineData(Compact, "4294967296", ": u32 is expected, not 4294967296.")]
    [InlineData(Unit, "0", ": () (a list of 0 values) is expected, not 0.")]
    [InlineData(Bits, "0x01", ": a type that has values in JSON is expected, not bits.")]
    [InlineData(Side, "{\"\\ud800\": 1}", ": Unicode text is expected, not half of a surrogate pair.")]
    public void What_is_wrong_with_a_value_is_said_with_its_place_and_type(int type, string text, string expected)
    {
        Assert.Equal(expected, Values.TryEncodeText(type, text, out byte[] bytes)?.ToString());
        Assert.Empty(bytes);
    }

    [Fact]
    public void Text_that_is_none_is_refused() => Assert.Equal(": Unicode text is expected, not half of a surrogate pair.", Values.TryEncodeText(Text, "a" + (char)0xd800, out _)?.ToString());

    [Theory]
    [InlineData(Balance, "00", ": u128 is expected, not what the bytes have from 0 on (UnexpectedEnd).")]
    [InlineData(Pairs, "040461", "[0][1]: u128 is expected, not what the bytes have from 3 on (UnexpectedEnd).")]
    [InlineData(Side, "01", ": Side is expected, not a variant 1.")]
    [InlineData(Maybe, "02", ": an option is expected, not what the bytes have from 0 on (InvalidOption).")]
    [InlineData(Unit, "00", ": the end of () is expected, not 1 more bytes.")]
    public void What_is_wrong_with_bytes_is_said(int type, string bytes, string expected)
    {
        Assert.Equal(expected, Values.TryDecode(type, Convert.FromHexString(bytes), out JsonNode? value)?.ToString());
        Assert.Null(value);
    }

    [Fact]
    public void Types_that_never_end_and_types_without_bytes_take_neither_time_nor_the_stack()
    {
        TypeDescription Of(TypeDefinition definition) => TypeDescription.Anonymous(definition);
        List<TypeDescription> types =
        [
            Of(new TypeDefinition.Composite([TypeField.Unnamed(0)])), Of(new TypeDefinition.Tuple([1, 1])), Of(new TypeDefinition.Tuple([])), Of(new TypeDefinition.Sequence(2)), Of(new TypeDefinition.Array(uint.MaxValue, 2)),
        ];
        for (int at = 0; at < 50; at++) types.Add(Of(new TypeDefinition.Tuple([types.Count - 1, types.Count - 1])));
        types[5] = Of(new TypeDefinition.Tuple([2, 2]));
        TypedValues values = new(new TypeRegistry(types));
        Assert.Contains("fewer levels", $"{values.TryDecode(0, [], out _)}", StringComparison.Ordinal);
        Assert.Contains("fewer levels", $"{values.TryDecode(1, [], out _)}", StringComparison.Ordinal);
        Assert.Contains("at most 262144 parts", $"{values.TryDecode(types.Count - 1, [], out _)}", StringComparison.Ordinal);
        Assert.Contains("at most 262144 parts", $"{values.TryDecode(4, [], out _)}", StringComparison.Ordinal);
        Assert.NotNull(values.TryDecode(3, Convert.FromHexString("feffffff"), out _));
        Assert.Contains("fewer levels", $"{values.TryEncodeText(0, "1", out _)}", StringComparison.Ordinal);
        for (int type = 0; type < types.Count; type++) Assert.InRange(values.NameOf(type).Length, 1, 101);
    }

    [Fact]
    public void An_option_of_an_option_is_told_from_none()
    {
        TypeDescription Option(int some) => new(["Option"], [], new TypeDefinition.Variant([new("None", [], 0, []), new("Some", [TypeField.Unnamed(some)], 1, [])]), []);
        TypedValues values = new(new TypeRegistry([TypeDescription.Anonymous(new TypeDefinition.Simple(Primitive.Bool)), Option(0), Option(1), new(["Odd"], [], new TypeDefinition.Composite([new("Some", 0, null, [])]), []), Option(3)]));
        foreach ((int type, string bytes, string json) in (ReadOnlySpan<(int, string, string)>)[(2, "00", "null"), (2, "0100", "{\"Some\":[null]}"), (2, "010101", "true"), (4, "0101", "{\"Some\":[{\"Some\":true}]}")])
        {
            Assert.Null(values.TryDecode(type, Convert.FromHexString(bytes), out JsonNode? value));
            Assert.Equal(json, value?.ToJsonString() ?? "null");
            Assert.Null(values.TryEncodeText(type, json, out byte[] again));
            Assert.Equal(bytes, Convert.ToHexStringLower(again));
        }
    }

    private static TypedValues Sample()
    {
        Assert.Null(ContractFile.TryRead(ContractFileSamples.Five, out ContractFile? file));
        return file!.Values;
    }
}
