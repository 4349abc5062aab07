using System.Text;
using Phala.Codec;
using Phala.Worker.Interface.Contracts;

namespace Phala.Cli.Contracts;

/// <summary>A contract's input as people write it.</summary>
internal static class MessageText
{
    /// <summary>Reads an input: hexadecimal bytes, selector first; or a message's name and its arguments in hexadecimal, each encoded.</summary>
    /// <param name="words">The words of the command line.</param>
    /// <param name="message">The input.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public static string? TryRead(IReadOnlyList<string> words, out byte[] message)
    {
        message = [];
        List<byte[]> bytes = [];
        bool isNamed = !words[0].StartsWith("0x", StringComparison.Ordinal);
        foreach (string word in words.Skip(isNamed ? 1 : 0))
        {
            if (!Hex.TryParse(word, out byte[] read)) return $"'{word}' is not hexadecimal digits after 0x.";
            bytes.Add(read);
        }

        message = isNamed ? InkMessage.Of(Encoding.UTF8.GetBytes(words[0]), [.. bytes]) : [.. bytes.SelectMany(part => part)];
        return message.Length < InkMessage.SelectorLength ? "A message begins with a selector of 4 bytes." : null;
    }
}
