using System.Globalization;
using System.Text;
using Phala.Codec.TypeInfo;

namespace Phala.Node.Inspect.Metadata;

/// <summary>Types as people write them, such as <c>Vec&lt;AccountId32&gt;</c>.</summary>
/// <param name="types">The types.</param>
internal sealed class TypeNames(TypeRegistry types)
{
    private const int Longest = 120, Deepest = 6;

    /// <summary>The name of a type; its number where there is none.</summary>
    public string Of(int id)
    {
        StringBuilder text = new();
        Write(text, id, 0);
        return text.ToString();
    }

    private void Write(StringBuilder text, int id, int depth)
    {
        if (text.Length > Longest || depth > Deepest)
        {
            text.Append('…');
            return;
        }

        TypeDescription? type = (uint)id < (uint)types.Types.Count ? types.Types[id] : null;
        switch (type?.Definition)
        {
            case null:
                text.Append(CultureInfo.InvariantCulture, $"type {id}");
                break;
            case not null when type.Path.Count > 0:
                text.Append(type.Path[^1]);
                WriteParameters(text, type, depth);
                break;
            case TypeDefinition.Sequence sequence:
                WriteList(text, "Vec<", [sequence.Element], ">", depth);
                break;
            case TypeDefinition.Array array:
                WriteList(text, "[", [array.Element], string.Create(CultureInfo.InvariantCulture, $"; {array.Length}]"), depth);
                break;
            case TypeDefinition.Tuple tuple:
                WriteList(text, "(", tuple.Elements, ")", depth);
                break;
            case TypeDefinition.Compact compact:
                WriteList(text, "Compact<", [compact.Inner], ">", depth);
                break;
            case TypeDefinition.Simple simple:
                text.Append(simple.Kind.ToString().ToLowerInvariant());
                break;
            default:
                text.Append(type.Definition is TypeDefinition.BitSequence ? "BitVec" : "{…}");
                break;
        }
    }

    private void WriteParameters(StringBuilder text, TypeDescription type, int depth)
    {
        int[] arguments = [.. type.Parameters.Where(parameter => parameter.Type is not null).Select(parameter => parameter.Type!.Value)];
        if (arguments.Length > 0) WriteList(text, "<", arguments, ">", depth);
    }

    private void WriteList(StringBuilder text, string before, IReadOnlyList<int> ids, string after, int depth)
    {
        text.Append(before);
        for (int index = 0; index < ids.Count && text.Length <= Longest; index++)
        {
            if (index > 0) text.Append(", ");
            Write(text, ids[index], depth + 1);
        }

        text.Append(after);
    }
}
