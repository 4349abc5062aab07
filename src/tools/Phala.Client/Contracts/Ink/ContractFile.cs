using System.Globalization;
using System.Text.Json.Nodes;
using Phala.Codec;
using Phala.Codec.TypeInfo;
using Phala.Trie;

namespace Phala.Client.Contracts.Ink;

/// <summary>A contract as the ink! tool chain describes it: what a <c>.contract</c> file has, or a <c>.json</c> beside a module.</summary>
/// <remarks>
/// <para><b>Concept.</b> Constructors and messages with their selectors, and the types of what goes in and comes out, so that people's values become bytes and bytes become values again.</para>
/// <para><b>Invariant.</b> Every type's id is in the table. Where there is code, it has the hash that the file names.</para>
/// <para><b>Trust.</b> None in what a contract does: the file says how to talk to it. That a contract on a cluster runs this code, its code hash there says.</para>
/// </remarks>
public sealed class ContractFile
{
    /// <summary>The longest file that is read, in bytes: the longest code of a cluster in hexadecimal, and a long description.</summary>
    public const int MostBytes = 16 << 20;

    internal ContractFile(
        string name, string version, string language, Hash256 codeHash, byte[]? code, TypeRegistry types,
        IReadOnlyList<ContractFunction> constructors, IReadOnlyList<ContractFunction> messages, IReadOnlyList<ContractEventShape> events)
    {
        (Name, Version, Language, CodeHash) = (name, version, language, codeHash);
        if (code is not null) Code = code;
        (Values, Constructors, Messages, Events) = (new TypedValues(types), constructors, messages, events);
    }

    /// <summary>The contract's name.</summary>
    public string Name { get; }

    /// <summary>The contract's version.</summary>
    public string Version { get; }

    /// <summary>What it is written in, such as <c>ink! 5.0.0</c>.</summary>
    public string Language { get; }

    /// <summary>The BLAKE2b-256 hash of its code.</summary>
    public Hash256 CodeHash { get; }

    /// <summary>Its code; null where the file has none.</summary>
    public ReadOnlyMemory<byte>? Code { get; }

    /// <summary>Values of its types.</summary>
    public TypedValues Values { get; }

    /// <summary>What makes one.</summary>
    public IReadOnlyList<ContractFunction> Constructors { get; }

    /// <summary>What one does.</summary>
    public IReadOnlyList<ContractFunction> Messages { get; }

    /// <summary>What one may tell.</summary>
    public IReadOnlyList<ContractEventShape> Events { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="file">What it says.</param>
    /// <returns>What is wrong, or null.</returns>
    public static ContractFileFault? TryRead(ReadOnlyMemory<byte> json, out ContractFile? file) => ContractFileReader.TryRead(json, out file);

    /// <summary>Finds a constructor or message by its name, by what follows its trait's name where no other ends so, or by its selector in hexadecimal.</summary>
    /// <param name="functions">The constructors, or the messages.</param>
    /// <param name="name">The name.</param>
    /// <returns>Null where there is none.</returns>
    public static ContractFunction? Find(IReadOnlyList<ContractFunction> functions, string name)
    {
        if (functions.FirstOrDefault(function => function.Label == name || Hex.Format(function.Selector.Span) == name) is { } exact) return exact;
        ContractFunction[] ending = [.. functions.Where(function => function.Label.EndsWith("::" + name, StringComparison.Ordinal))];
        return ending.Length == 1 ? ending[0] : null;
    }

    /// <summary>A constructor or message with its arguments and what it returns, as people read it.</summary>
    public string Signature(ContractFunction function)
    {
        string arguments = string.Join(", ", function.Parameters.Select(parameter => $"{parameter.Name}: {Values.NameOf(parameter.Type)}"));
        return $"{function.Label}({arguments}){(function.ReturnType is { } type ? " -> " + Values.NameOf(type) : "")}";
    }

    /// <summary>Makes an input: the selector, and each argument's encoding.</summary>
    /// <param name="function">The constructor or message.</param>
    /// <param name="arguments">The arguments as people write them: see <see cref="TypedValues.TryEncodeText"/>.</param>
    /// <param name="input">The input.</param>
    /// <returns>What is wrong, in words that name the argument and its type, or null.</returns>
    public string? TryEncode(ContractFunction function, IReadOnlyList<string> arguments, out byte[] input)
    {
        input = [];
        int count = function.Parameters.Count;
        if (arguments.Count != count)
        {
            return string.Create(CultureInfo.InvariantCulture, $"'{function.Label}' takes {count} argument{(count == 1 ? "" : "s")} and not {arguments.Count}: {Signature(function)}.");
        }

        List<byte> bytes = [.. function.Selector.Span];
        foreach ((ContractParameter parameter, string text) in function.Parameters.Zip(arguments))
        {
            if (Values.TryEncodeText(parameter.Type, text, out byte[] encoded) is { } fault) return $"Argument '{parameter.Name}' of '{function.Label}'{fault}";
            bytes.AddRange(encoded);
        }

        input = [.. bytes];
        return null;
    }

    /// <summary>Reads what a constructor or message returned. What ink! 4 and 5 put around it, <c>Result&lt;T, LangError&gt;</c>, is taken away where it is good.</summary>
    /// <param name="function">The constructor or message.</param>
    /// <param name="output">The bytes.</param>
    /// <param name="value">What they say; null also where it returns nothing.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public string? TryDecodeOutput(ContractFunction function, ReadOnlySpan<byte> output, out JsonNode? value)
    {
        value = null;
        if (function.ReturnType is not { } type) return output.Length == 0 ? null : $"What '{function.Label}' returned: nothing is expected, not {Hex.Format(output)}.";
        if (Values.TryDecode(type, output, out value) is { } fault) return $"What '{function.Label}' returned{fault}";
        if (Values.IsLanguageResult(type) && value is JsonObject whole && whole["Ok"] is JsonArray inner) value = inner[0]?.DeepClone();
        return null;
    }
}
