using System.CommandLine;
using System.Text.Json.Nodes;
using Phala.Cli.Output;
using Phala.Client.Contracts.Ink;
using Phala.Codec;

namespace Phala.Cli.Contracts;

/// <summary>What a contract returned, as a command prints it.</summary>
internal static class ContractAnswer
{
    /// <summary>Prints what a message returned among other things. Bytes that are not what the file says are printed as they are, with what is wrong with them.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="isJson">Whether as JSON.</param>
    /// <param name="file">The contract's file.</param>
    /// <param name="function">The constructor or message.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="output">What it returned; null where it did not.</param>
    /// <param name="more">More about it.</param>
    public static void Print(ParseResult line, bool isJson, ContractFile file, ContractFunction function, string result, Vec<byte>? output, params (string Name, string Value)[] more)
    {
        JsonNode? value = null;
        string? problem = output is { } bytes ? file.TryDecodeOutput(function, bytes.AsSpan(), out value) : null;
        if (problem is null) Print(line, isJson, result, output is not null, value, more);
        else PrintBytes(line, isJson, result, output, problem, more);
    }

    /// <summary>Prints what something returned as bytes, and why.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="isJson">Whether as JSON.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="output">What it returned; null where it did not.</param>
    /// <param name="problem">Why it is not read.</param>
    /// <param name="more">More about it.</param>
    public static void PrintBytes(ParseResult line, bool isJson, string result, Vec<byte>? output, string problem, params (string Name, string Value)[] more) =>
        Print(line, isJson, result, output is not null, output is { } bytes ? Hex.Format(bytes.AsSpan()) : null, [("problem", problem), .. more]);

    private static void Print(ParseResult line, bool isJson, string result, bool hasOutput, JsonNode? value, (string Name, string Value)[] more)
    {
        TextWriter writer = line.InvocationConfiguration.Output;
        if (!isJson)
        {
            Answer.Print(writer, isJson, [("result", result), ("output", !hasOutput ? "-" : value is null ? "null" : Answer.Line(value)), .. more]);
            return;
        }

        JsonObject told = new() { ["result"] = result, ["output"] = value };
        foreach ((string name, string text) in more) told[name] = text;
        Answer.PrintJson(writer, told);
    }
}
