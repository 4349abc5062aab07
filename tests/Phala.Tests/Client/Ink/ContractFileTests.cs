using System.Text;
using System.Text.Json.Nodes;
using Phala.Client.Contracts.Ink;
using Phala.Codec;
using Phala.Fuzz.Targets.Client;
using Xunit;

namespace Phala.Tests.Client.Ink;

/// <summary>Contracts' files in every form that is read.</summary>
public sealed class ContractFileTests
{
    private const string Alice = "0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";

    [Fact]
    public void The_forms_of_ink_4_and_5_say_the_same()
    {
        ContractFile five = Read(ContractFileSamples.Five), four = Read(ContractFileSamples.Four);
        Assert.Equal(("sample", "0.1.0", "ink! 5", 8), (five.Name, five.Version, five.Language, five.Code!.Value.Length));
        Assert.Equal(["new(supply: u128) -> Result<(), LangError>"], five.Constructors.Select(five.Signature));
        string[] messages = ["Token::transfer(to: AccountId, value: u128) -> Result<(), LangError>", "place(order: Order)", "total() -> u128"];
        Assert.Equal(messages, five.Messages.Select(five.Signature));
        Assert.Equal(messages, four.Messages.Select(four.Signature));
        Assert.Equal(["True True", "True False", "False False"], five.Messages.Select(message => $"{message.Mutates} {message.IsPayable}"));
        Assert.Equal(("Transfer", 32, "Option<AccountId>"), (five.Events[0].Label, five.Events[0].SignatureTopic.Length, five.Values.NameOf(five.Events[0].Fields[0].Type)));
    }

    [Fact]
    public void The_forms_of_ink_3_have_traits_and_their_names_in_parts()
    {
        ContractFile three = Read(ContractFileSamples.Three), one = Read(ContractFileSamples.One);
        Assert.Equal("Switch::get() -> bool", three.Signature(Assert.Single(three.Messages)));
        Assert.True(Assert.Single(three.Constructors).IsPayable);
        Assert.Equal("Switch::flip()", one.Signature(Assert.Single(one.Messages)));
        Assert.Equal("new(on: bool)", one.Signature(Assert.Single(one.Constructors)));
        Assert.True(one.Messages[0].Mutates && one.Constructors[0].Mutates);
        Assert.Equal("Flipped", Assert.Single(one.Events).Label);
    }

    [Fact]
    public void The_first_form_of_ink_3_has_types_without_numbers_that_are_counted_from_1()
    {
        ContractFile zero = Read(ContractFileSamples.Zero);
        Assert.Equal("new(at: (u32, bool))", zero.Signature(Assert.Single(zero.Constructors)));
        Assert.Equal(["Dial::turn(by: Turn)", "get() -> Mode"], zero.Messages.Select(zero.Signature));
        Assert.Equal("(u32, bool)", zero.Values.NameOf(Assert.Single(zero.Events).Fields[0].Type));
        Assert.Null(zero.TryEncode(zero.Messages[0], ["""{"To":{"place":[7,true]}}"""], out byte[] input));
        Assert.Equal("0x633aa551" + "02" + "07000000" + "01", Hex.Format(input));
        Assert.Null(zero.TryDecodeOutput(zero.Messages[1], [5], out JsonNode? mode));
        Assert.Equal("\"On\"", mode!.ToJsonString());
        Assert.NotNull(zero.TryDecodeOutput(zero.Messages[1], [1], out _));
    }

    [Theory]
    [InlineData("UnknownType at types[2].def.tuple[0]", "types.2.def.tuple.0", "0")]
    [InlineData("UnknownType at types[2].def.tuple[0]", "types.2.def.tuple.0", "7")]
    [InlineData("UnknownType at spec.messages[1].returnType.type", "spec.messages.1.returnType.type", "0")]
    [InlineData("UnknownVersion at metadataVersion", "metadataVersion", "\"1.0.0\"")]
    [InlineData("UnknownVersion at metadataVersion", "metadataVersion", "0")]
    [InlineData("BadNumber at types[4].def.variant.variants[0].discriminant", "types.4.def.variant.variants.0.discriminant", "256")]
    [InlineData("Duplicate at types[4].def.variant.variants[1]", "types.4.def.variant.variants.1.discriminant", "3")]
    [InlineData("Missing at types[1].def", "types.1", "{\"id\": 1, \"type\": {}}")]
    [InlineData("Missing at types[1].id", "types.0", "{\"id\": 0, \"type\": {\"def\": {\"primitive\": \"u32\"}}}")]
    public void What_is_wrong_in_the_first_form_is_said_with_where(string expected, string way, string text) => AssertFault(ContractFileSamples.Zero, expected, way, text);

    [Fact]
    public void A_file_may_have_no_code()
    {
        JsonNode json = JsonNode.Parse(ContractFileSamples.Five)!;
        json["source"]!.AsObject().Remove("wasm");
        Assert.Null(Read(Bytes(json)).Code);
    }

    [Theory]
    [InlineData("NotJson", "", "")]
    [InlineData("UnknownVersion at version", "version", "3")]
    [InlineData("UnknownVersion", "version", "null")]
    [InlineData("Missing at source.hash", "source.hash", "null")]
    [InlineData("BadBytes at source.hash", "source.hash", "\"0x12\"")]
    [InlineData("CodeMismatch at source.wasm", "source.wasm", "\"0x12\"")]
    [InlineData("WrongKind at contract.name", "contract.name", "7")]
    [InlineData("Missing at spec.messages", "spec.messages", "null")]
    [InlineData("WrongKind at spec.messages", "spec.messages", "{}")]
    [InlineData("BadBytes at spec.messages[2].selector", "spec.messages.2.selector", "\"0xdb6375\"")]
    [InlineData("Duplicate at spec.messages[1]", "spec.messages.1.label", "\"Token::transfer\"")]
    [InlineData("Duplicate at spec.messages[1]", "spec.messages.1.selector", "\"0xdb20f9f5\"")]
    [InlineData("UnknownType at spec.messages[2].returnType.type", "spec.messages.2.returnType.type", "18")]
    [InlineData("WrongKind at spec.messages[2].mutates", "spec.messages.2.mutates", "1")]
    [InlineData("UnknownType at spec.constructors[0].args[0].type.type", "spec.constructors.0.args.0.type.type", "99")]
    [InlineData("BadBytes at spec.events[0].signature_topic", "spec.events.0.signature_topic", "\"0x00\"")]
    [InlineData("WrongOrder at types[4].id", "types.4.id", "5")]
    [InlineData("UnknownKind at types[0].type.def.primitive", "types.0.type.def.primitive", "\"u7\"")]
    [InlineData("UnknownKind at types[0].type.def", "types.0.type.def", "{\"set\": 1}")]
    [InlineData("BadNumber at types[2].type.def.array.len", "types.2.type.def.array.len", "4294967296")]
    [InlineData("BadNumber at types[10].type.def.variant.variants[1].index", "types.10.type.def.variant.variants.1.index", "256")]
    [InlineData("Duplicate at types[10].type.def.variant.variants[1]", "types.10.type.def.variant.variants.1.index", "0")]
    [InlineData("Duplicate at types[8].type.def.composite.fields[1].name", "types.8.type.def.composite.fields.1.name", "\"owner\"")]
    [InlineData("UnknownType at types[6].type.def.tuple[1]", "types.6.type.def.tuple.1", "18")]
    [InlineData("NotJson", "contract.name", "\"half\"")]
    public void What_is_wrong_is_said_with_where(string expected, string way, string text) => AssertFault(ContractFileSamples.Five, expected, way, text);

    private static void AssertFault(byte[] sample, string expected, string way, string text)
    {
        byte[] bytes = [0xff];
        if (way.Length > 0)
        {
            JsonNode root = JsonNode.Parse(sample)!, place = root;
            string[] steps = way.Split('.');
            foreach (string step in steps[..^1]) place = (int.TryParse(step, out int index) ? place[index] : place[step])!;
            if (int.TryParse(steps[^1], out int last)) place[last] = JsonNode.Parse(text);
            else place[steps[^1]] = JsonNode.Parse(text);
            bytes = Bytes(root);
        }

        Assert.Equal(expected, ContractFile.TryRead(bytes, out ContractFile? file)?.ToString());
        Assert.Null(file);
    }

    [Fact]
    public void A_message_is_found_by_its_name_or_its_selector_and_without_its_trait()
    {
        ContractFile file = Read(ContractFileSamples.Five);
        foreach (string name in (string[])["Token::transfer", "transfer", "0xdb20f9f5"]) Assert.Same(file.Messages[0], ContractFile.Find(file.Messages, name));
        Assert.Null(ContractFile.Find(file.Messages, "Transfer"));
        Assert.Null(ContractFile.Find(file.Messages, ""));
    }

    [Fact]
    public void An_input_is_the_selector_and_the_arguments()
    {
        ContractFile file = Read(ContractFileSamples.Five);
        Assert.Null(file.TryEncode(file.Messages[0], [Alice, "1_000"], out byte[] input));
        Assert.Equal("0xdb20f9f5" + Alice[2..] + "e8030000000000000000000000000000", Hex.Format(input));
        Assert.Equal("'Token::transfer' takes 2 arguments and not 1: Token::transfer(to: AccountId, value: u128) -> Result<(), LangError>.", file.TryEncode(file.Messages[0], [Alice], out _));
        Assert.Equal("Argument 'value' of 'Token::transfer': u128 is expected, not \"-1x\".", file.TryEncode(file.Messages[0], [Alice, "-1x"], out input));
        Assert.Empty(input);
    }

    [Fact]
    public void An_output_is_read_by_the_type_that_is_returned()
    {
        ContractFile file = Read(ContractFileSamples.Five);
        Assert.Null(file.TryDecodeOutput(file.Messages[0], [1, 1], out JsonNode? value));
        Assert.Equal("""{"Err":["CouldNotReadInput"]}""", value!.ToJsonString());
        Assert.Null(file.TryDecodeOutput(file.Messages[0], [0], out value));
        Assert.Null(value);
        Assert.Null(file.TryDecodeOutput(file.Messages[1], [], out value));
        Assert.Null(value);
        Assert.Equal("What 'place' returned: nothing is expected, not 0x00.", file.TryDecodeOutput(file.Messages[1], [0], out _));
        Assert.Equal("What 'Token::transfer' returned: Result<(), LangError> is expected, not a variant 2.", file.TryDecodeOutput(file.Messages[0], [2], out _));
        Assert.Equal("What 'Token::transfer' returned: the end of Result<(), LangError> is expected, not 1 more bytes.", file.TryDecodeOutput(file.Messages[0], [0, 0], out _));
    }

    private static ContractFile Read(byte[] json)
    {
        Assert.Null(ContractFile.TryRead(json, out ContractFile? file));
        return file!;
    }

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString().Replace("half", "\\ud800", StringComparison.Ordinal));
}
