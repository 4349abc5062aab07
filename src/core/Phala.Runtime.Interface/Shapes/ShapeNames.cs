using System.Text;
using Phala.Codec.TypeInfo;

namespace Phala.Runtime.Interface.Shapes;

/// <summary>How the names of records become those of metadata.</summary>
internal static class ShapeNames
{
    /// <summary><c>TransferKeepAlive</c> as <c>transfer_keep_alive</c>.</summary>
    public static string SnakeCase(string name)
    {
        StringBuilder text = new();
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>A record as a variant of an enum.</summary>
    public static TypeVariant Variant(TypeDescription record, string name, byte index) =>
        record.Definition is TypeDefinition.Composite composite
            ? new TypeVariant(name, composite.Fields, index, record.Docs)
            : throw new InvalidOperationException($"{name} is no record.");
}
