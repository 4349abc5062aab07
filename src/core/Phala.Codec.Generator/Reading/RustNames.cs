using System.Text;

namespace Phala.Codec.Generator.Reading;

/// <summary>Turns names of C# into those that Rust would have.</summary>
internal static class RustNames
{
    /// <summary><c>ParentHash</c> becomes <c>parent_hash</c>, <c>IOError</c> becomes <c>io_error</c>.</summary>
    internal static string SnakeCase(string name)
    {
        StringBuilder text = new();
        for (int at = 0; at < name.Length; at++)
        {
            bool startsWord = at > 0 && char.IsUpper(name[at])
                && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            if (startsWord && name[at - 1] != '_') text.Append('_');
            text.Append(char.ToLowerInvariant(name[at]));
        }

        return text.ToString();
    }
}
