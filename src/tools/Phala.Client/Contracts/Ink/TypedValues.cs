using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Phala.Codec;
using Phala.Codec.TypeInfo;

namespace Phala.Client.Contracts.Ink;

/// <summary>Values of a contract's types: JSON on the one side, SCALE on the other.</summary>
/// <remarks>
/// <para>
/// <b>Concept.</b> Integers up to 32 bits are numbers and longer ones texts of decimal digits; both are read as either, also in hexadecimal. Bytes are hexadecimal after 0x, accounts SS58 addresses.
/// Records are objects, or lists where their fields have no names; tuples, arrays and sequences are lists; a record of one field without a name is that field. A variant is its name, or an object of its name
/// and its fields. None is null, and what is there is itself; where that could be mistaken it is <c>{"Some": […]}</c>.
/// </para>
/// <para><b>Invariant.</b> What a value's bytes are read as is written as the same bytes again. Any bytes and any JSON give a value or what is wrong with them.</para>
/// </remarks>
/// <param name="types">The types.</param>
public sealed class TypedValues(TypeRegistry types)
{
    /// <summary>How many levels a value may have: so many that its JSON can be written and read.</summary>
    private const int MostDepth = 60;

    private readonly TypeNames _names = new(types);

    /// <summary>The types.</summary>
    public TypeRegistry Types => types;

    /// <summary>A type as Rust writes it.</summary>
    /// <param name="type">Its id.</param>
    public string NameOf(int type) => _names.Of(type);

    /// <summary>Whether a type is the result that ink! 4 and 5 put around what a contract returns: the error is that the input could not be read.</summary>
    internal bool IsLanguageResult(int type) =>
        types.Types[type] is { Path: ["Result"], Definition: TypeDefinition.Variant { Variants: [{ Name: "Ok", Fields: [_] }, { Name: "Err", Fields: [{ Type: var error }] }] } } && types.Types[error].Path is [.., "LangError"];

    /// <summary>Writes a value.</summary>
    /// <param name="type">The id of its type.</param>
    /// <param name="value">It.</param>
    /// <param name="bytes">Its encoding.</param>
    /// <returns>What is wrong, or null.</returns>
    public ValueFault? TryEncode(int type, JsonElement value, out byte[] bytes)
    {
        ScaleWriter writer = ScaleWriter.Pooled();
        try
        {
            ValueFault? fault = new ValueWriter(types).Write(ref writer, type, value, MostDepth);
            bytes = fault is null ? writer.Written.ToArray() : [];
            return fault;
        }
        catch (InvalidOperationException)
        {
            // The JSON parser lets halves of surrogate pairs pass, and nobody can read them.
            return Broken(out bytes);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Writes a value as people type it: texts and characters as they are, all else as JSON, whose quotes may be left out around a single text.</summary>
    /// <param name="type">The id of its type.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="bytes">Its encoding.</param>
    /// <returns>What is wrong, or null.</returns>
    public ValueFault? TryEncodeText(int type, string text, out byte[] bytes)
    {
        if (Utf8.FromUtf16(text, new byte[3 * text.Length], out _, out _, replaceInvalidSequences: false) != OperationStatus.Done) return Broken(out bytes);
        bool isText = _names.Core(type) is TypeDefinition.Simple { Kind: Primitive.Str or Primitive.Char };
        using JsonDocument? json = isText ? null : TryParse(text);
        using JsonDocument value = json ?? JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(text));
        return TryEncode(type, value.RootElement, out bytes);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="type">The id of its type.</param>
    /// <param name="bytes">Its encoding, whole.</param>
    /// <param name="value">It; null is a value too.</param>
    /// <returns>What is wrong, or null.</returns>
    public ValueFault? TryDecode(int type, ReadOnlySpan<byte> bytes, out JsonNode? value)
    {
        ScaleReader reader = new(bytes);
        ValueFault? fault = new ValueReader(types).Read(ref reader, type, MostDepth, out value);
        if (fault is null && reader.Rest.Length > 0) fault = new ValueFault("", $"the end of {NameOf(type)}", string.Create(CultureInfo.InvariantCulture, $"{reader.Rest.Length} more bytes"));
        if (fault is not null) value = null;
        return fault;
    }

    private static ValueFault Broken(out byte[] bytes)
    {
        bytes = [];
        return new ValueFault("", "Unicode text", "half of a surrogate pair");
    }

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
