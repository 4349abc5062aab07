using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Phala.Codec;

namespace Phala.Node.Inspect;

/// <summary>What a command looks at: bytes, given raw or in hexadecimal, or JSON, as an argument, a file or standard input. A reply of a node's RPC is what it answers.</summary>
internal sealed class InspectInput
{
    private const int DeepestJson = 64;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    private InspectInput(byte[] bytes, JsonElement? json) => (Bytes, Json) = (bytes, json);

    /// <summary>The bytes; empty where it is JSON.</summary>
    public byte[] Bytes { get; }

    /// <summary>The JSON; null where it is bytes.</summary>
    public JsonElement? Json { get; }

    /// <summary>Reads an argument: hexadecimal, a file's name, or '-' and nothing for standard input.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="input">What it stands for.</param>
    /// <param name="problem">What is wrong, in words.</param>
    public static bool TryRead(string? argument, [NotNullWhen(true)] out InspectInput? input, [NotNullWhen(false)] out string? problem)
    {
        input = null;
        if (argument?.StartsWith("0x", StringComparison.Ordinal) == true) return TryHex(argument, out input, out problem);
        byte[] content;
        try
        {
            content = argument is null or "-" ? ReadAll() : File.ReadAllBytes(argument);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"'{argument}' is neither hexadecimal behind 0x nor a file that can be read: {exception.Message}";
            return false;
        }

        return TryUnderstand(content, out input, out problem);
    }

    /// <summary>Tells raw bytes, hexadecimal and JSON apart. Any bytes give an answer.</summary>
    public static bool TryUnderstand(byte[] content, [NotNullWhen(true)] out InspectInput? input, [NotNullWhen(false)] out string? problem)
    {
        (input, problem) = (null, null);
        ReadOnlySpan<byte> text = content.AsSpan().Trim(" \t\r\n"u8);
        if (text.StartsWith("0x"u8)) return TryHex(Encoding.ASCII.GetString(text), out input, out problem);
        if (text.Length > 0 && text[0] is (byte)'{' or (byte)'[' or (byte)'"' && TryJson(content, out JsonElement json)) return TryUnwrap(json, out input, out problem);
        input = new InspectInput(content, null);
        return true;
    }

    private static byte[] ReadAll()
    {
        using MemoryStream all = new();
        using Stream standard = Console.OpenStandardInput();
        standard.CopyTo(all);
        return all.ToArray();
    }

    private static bool TryHex(string text, [NotNullWhen(true)] out InspectInput? input, [NotNullWhen(false)] out string? problem)
    {
        (input, problem) = (null, null);
        HexError error = Hex.Parse(text, out byte[] bytes);
        if (error == HexError.None)
        {
            input = new InspectInput(bytes, null);
            return true;
        }

        int bad = text.AsSpan(2).IndexOfAnyExcept(Digits);
        problem = bad >= 0 ? $"'{Printable(text[bad + 2])}' at character {bad + 2} is no hexadecimal digit." : "the number of hexadecimal digits is odd.";
        return false;
    }

    private static string Printable(char letter) => char.IsControl(letter) ? $"\\u{(int)letter:x4}" : $"{letter}";

    private static bool TryJson(byte[] content, out JsonElement json)
    {
        json = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = DeepestJson });
            json = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryUnwrap(JsonElement json, [NotNullWhen(true)] out InspectInput? input, [NotNullWhen(false)] out string? problem)
    {
        (input, problem) = (null, null);
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("jsonrpc", out _))
        {
            if (!json.TryGetProperty("result", out JsonElement result))
            {
                problem = "this is a reply of RPC without a result.";
                return false;
            }

            json = result;
        }

        if (Blocks.SignedBlockJson.TryText(json, out string? text)) return TryHex(text, out input, out problem);
        input = new InspectInput([], json);
        return true;
    }
}
