using Phala.Client.Contracts.Ink;

namespace Phala.Cli.Contracts;

/// <summary>A constructor or message and its arguments, out of the words of a command line.</summary>
internal static class ContractInput
{
    /// <summary>Reads words: the name, and the arguments.</summary>
    /// <param name="file">The contract's file.</param>
    /// <param name="functions">Its constructors, or its messages.</param>
    /// <param name="words">The words. Without any the only function is meant.</param>
    /// <param name="function">What is called.</param>
    /// <param name="input">The input.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public static string? TryRead(ContractFile file, IReadOnlyList<ContractFunction> functions, string[] words, out ContractFunction? function, out byte[] input)
    {
        input = [];
        string names = string.Join(", ", functions.Select(each => each.Label));
        function = words.Length > 0 ? ContractFile.Find(functions, words[0]) : functions.Count == 1 ? functions[0] : null;
        if (function is not null) return file.TryEncode(function, [.. words.Skip(1)], out input);
        return words.Length > 0 ? $"The contract has no '{words[0]}'. It has: {names}." : $"Which of these is meant: {names}?";
    }
}
