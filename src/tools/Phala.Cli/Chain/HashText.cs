using System.CommandLine;
using Phala.Codec;
using Phala.Trie;

namespace Phala.Cli.Chain;

/// <summary>Hashes and ids as people write them.</summary>
internal static class HashText
{
    /// <summary>Reads 32 bytes in hexadecimal, with or without 0x.</summary>
    public static bool TryRead(string text, out Hash256 hash)
    {
        string digits = text.StartsWith("0x", StringComparison.Ordinal) ? text : "0x" + text;
        bool isHash = Hex.TryParse(digits, out byte[] bytes) && bytes.Length == Hash256.Size;
        hash = isHash ? new Hash256(bytes) : default;
        return isHash;
    }

    /// <summary>An option's hash; null where none was given.</summary>
    public static Hash256? Read(ParseResult line, System.CommandLine.Option<string?> option) => line.GetValue(option) is { } text && TryRead(text, out Hash256 hash) ? hash : null;

    /// <summary>Has a command refuse options that are no hashes.</summary>
    public static void Require(Command command, params System.CommandLine.Option<string?>[] options) => command.Validators.Add(result =>
    {
        foreach (System.CommandLine.Option<string?> option in options)
        {
            if (result.GetValue(option) is { } text && !TryRead(text, out _)) result.AddError($"{option.Name} is 32 bytes in hexadecimal.");
        }
    });
}
