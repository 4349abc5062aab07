using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Phala.Worker.Interface.Prpc;
using Phala.Worker.Interface.Prpc.Messages;
using Phala.Worker.Interface.Prpc.Wire;
using Xunit;

namespace Phala.Tests.Worker;

/// <summary>Messages in protobuf and in JSON.</summary>
public sealed partial class ProtoTests
{
    [Fact]
    public void The_proto_file_and_the_code_describe_the_same_messages()
    {
        string text = ProtoText.Read();
        List<string> said = [], made = [];
        foreach (Match message in MessagePattern().Matches(text))
        {
            said.AddRange(FieldPattern().Matches(message.Groups[2].Value).Select(field => $"{message.Groups[1].Value}.{field.Groups[2].Value}={field.Groups[3].Value}: {field.Groups[1].Value.Trim()}"));
        }

        foreach (Type type in typeof(PhactoryInfo).Assembly.GetTypes().Where(type => type.Namespace == typeof(PhactoryInfo).Namespace && type.IsClass && type.GetProperty("Schema") is not null))
        {
            object schema = type.GetProperty("Schema")!.GetValue(null)!;
            foreach (object field in (System.Collections.IEnumerable)schema.GetType().GetProperty("Fields")!.GetValue(schema)!)
            {
                string Of(string name) => field.GetType().GetProperty(name)!.GetValue(field)!.ToString()!;
                made.Add($"{type.Name}.{Of("Name")}={Of("Number")}: {Of("Declaration")}");
            }
        }

        Assert.True(made.Count > 80, "The messages are gone.");
        Assert.Equal(said.Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_proto_file_names_the_methods_that_there_are()
    {
        string[] said = [.. RpcPattern().Matches(ProtoText.Read()).Select(match => match.Groups[1].Value)];
        string[] known = [.. typeof(PrpcMethods).GetFields().Where(field => field.Name is not (nameof(PrpcMethods.Service) or nameof(PrpcMethods.PathPrefix))).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(known.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_message_has_the_bytes_of_the_protobuf_specification()
    {
        Assert.Equal("08ac02", Hex(SyncedTo.Schema.Encode(new SyncedTo { SyncedToValue = 300 })));
        Assert.Equal("0a020102", Hex(Encoded.Schema.Encode(new Encoded { EncodedValue = [1, 2] })));
        Assert.Equal("", Hex(Encoded.Schema.Encode(new Encoded())));
        Assert.Equal("0a0161", Hex(EchoMessage.Schema.Encode(new EchoMessage { EchoMsg = "a"u8.ToArray() })));
        Assert.Equal("0a00", Hex(GetEndpointResponse.Schema.Encode(new GetEndpointResponse { EncodedEndpointPayload = [] })));
        Assert.Equal("0a06666f6f6261720a0162", Hex(GetContractInfoRequest.Schema.Encode(new GetContractInfoRequest { Contracts = { "foobar", "b" } })));
        Assert.Equal("10" + "02" + "1a03" + "010203", Hex(Signature.Schema.Encode(new Signature { SignatureType = SignatureType.Ecdsa, SignatureValue = [1, 2, 3] })));
    }

    [Fact]
    public void What_is_written_is_read_again_in_bytes_and_in_JSON()
    {
        PhactoryInfo info = new()
        {
            Initialized = true,
            GenesisBlockHash = "00ff",
            Blocknum = uint.MaxValue,
            PendingMessages = ulong.MaxValue,
            Gatekeeper = new GatekeeperStatus { Role = GatekeeperRole.Active, MasterPublicKey = "ab" },
            SupportedAttestationMethods = { "a", "ü" },
            MemoryUsage = new MemoryUsage { RustUsed = 1 },
        };
        byte[] bytes = PhactoryInfo.Schema.Encode(info), json = PhactoryInfo.Schema.EncodeJson(info);
        Assert.Equal(ProtoError.None, PhactoryInfo.Schema.Decode(bytes, out PhactoryInfo again));
        Assert.Equal(bytes, PhactoryInfo.Schema.Encode(again));
        Assert.Equal(ProtoError.None, PhactoryInfo.Schema.DecodeJson(json, out PhactoryInfo fromJson));
        Assert.Equal(bytes, PhactoryInfo.Schema.Encode(fromJson));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal("Active", document.RootElement.GetProperty("gatekeeper").GetProperty("role").GetString());
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("public_key").ValueKind);
        StatisticsResponse statistics = new() { Query = new QueryStats { ByContract = { ["0x01"] = new QueryCounters { Total = 3 }, ["0x02"] = new QueryCounters() } } };
        Assert.Equal(ProtoError.None, StatisticsResponse.Schema.Decode(StatisticsResponse.Schema.Encode(statistics), out StatisticsResponse counted));
        Assert.Equal(3ul, counted.Query!.ByContract["0x01"].Total);
        Assert.Equal(2, counted.Query.ByContract.Count);
        Assert.Equal(ProtoError.None, StatisticsResponse.Schema.DecodeJson(StatisticsResponse.Schema.EncodeJson(statistics), out counted));
        Assert.Equal(3ul, counted.Query!.ByContract["0x01"].Total);
    }

    [Theory]
    [InlineData("10", ProtoError.Truncated)]
    [InlineData("0a05aa", ProtoError.Truncated)]
    [InlineData("0affffffff0f", ProtoError.Truncated)]
    [InlineData("00", ProtoError.BadTag)]
    [InlineData("0b", ProtoError.BadTag)]
    [InlineData("80808080808080808080", ProtoError.BadNumber)]
    [InlineData("10ffffffffffffffffff02", ProtoError.BadNumber)]
    [InlineData("0801", ProtoError.WrongType)]
    [InlineData("f50f00000000", ProtoError.None)]
    [InlineData("f10f0000000000000000", ProtoError.None)]
    [InlineData("f10f00", ProtoError.Truncated)]
    public void Each_defect_of_bytes_has_its_name(string hex, ProtoError expected) => Assert.Equal(expected, Encoded.Schema.Decode(Convert.FromHexString(hex), out _));

    [Fact]
    public void Texts_are_Unicode_numbers_fit_and_nesting_ends()
    {
        Assert.Equal(ProtoError.BadText, ContractId.Schema.Decode([0x0A, 1, 0xFF], out _));
        Assert.Equal(ProtoError.BadNumber, SyncedTo.Schema.Decode([0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], out _));
        byte[] nested = [];
        for (int depth = 0; depth < 40; depth++) nested = depth % 2 == 0 ? [0x0A, (byte)nested.Length, .. nested] : [0x12, (byte)nested.Length, .. nested];
        Assert.Equal(ProtoError.TooDeep, Certificate.Schema.Decode(nested, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"encoded\":1}")]
    [InlineData("{\"encoded\":\"not base64!\"}")]
    [InlineData("{\"encoded\":\"0x0\"}")]
    [InlineData("{\"encoded\":\"0xzz\"}")]
    public void What_is_no_JSON_of_the_message_is_refused(string json) => Assert.Equal(ProtoError.BadJson, Encoded.Schema.DecodeJson(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void JSON_is_read_with_either_spelling_of_names_and_bytes()
    {
        Assert.Equal(ProtoError.None, ContractParameters.Schema.DecodeJson("{\"clusterId\":\"a\",\"code_hash\":\"b\",\"unknown\":[{}]}"u8.ToArray(), out ContractParameters parameters));
        Assert.Equal(("a", "b"), (parameters.ClusterId, parameters.CodeHash));
        Assert.Equal(ProtoError.None, Encoded.Schema.DecodeJson("{\"encoded\":\"0x0aFF\"}"u8.ToArray(), out Encoded encoded));
        Assert.Equal([0x0A, 0xFF], encoded.EncodedValue);
        Assert.Equal(ProtoError.None, MemoryUsage.Schema.DecodeJson("{\"rustUsed\":\"18446744073709551615\"}"u8.ToArray(), out MemoryUsage memory));
        Assert.Equal(ulong.MaxValue, memory.RustUsed);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(@"message (\w+) \{(.*?)\n?\}", RegexOptions.Singleline)]
    private static partial Regex MessagePattern();

    [GeneratedRegex(@"^  ([a-zA-Z<>, 0-9]+) (\w+) = (\d+);", RegexOptions.Multiline)]
    private static partial Regex FieldPattern();

    [GeneratedRegex(@"rpc (\w+) \(")]
    private static partial Regex RpcPattern();
}
