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
}
