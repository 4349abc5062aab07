using System.Text;
using Phala.Crypto.Hashing;

namespace Phala.Crypto.Ethereum;

/// <summary>A struct type of EIP-712: a name and members in order.</summary>
public sealed class TypedDataType
{
    private readonly TypedDataField[] _fields;

    /// <summary>A type with these members.</summary>
    public TypedDataType(string name, params ReadOnlySpan<TypedDataField> fields)
    {
        Name = name;
        _fields = fields.ToArray();
    }

    /// <summary>The type's name.</summary>
    public string Name { get; }

    /// <summary>The members.</summary>
    public IReadOnlyList<TypedDataField> Fields => _fields;

    /// <summary>encodeType of EIP-712: this type and after it, sorted by name, each struct type that it refers to, directly or not.</summary>
    /// <param name="others">The struct types to look names up in; a name that is not among them is an atomic type.</param>
    public string Encode(params ReadOnlySpan<TypedDataType> others)
    {
        SortedDictionary<string, TypedDataType> referenced = new(StringComparer.Ordinal);
        Collect(others, referenced);
        referenced.Remove(Name);
        StringBuilder text = new();
        Append(text);
        foreach (TypedDataType type in referenced.Values) type.Append(text);
        return text.ToString();
    }

    /// <summary>typeHash of EIP-712: Keccak-256 of the encoded type.</summary>
    /// <param name="hash">Receives 32 bytes.</param>
    /// <param name="others">The struct types to look names up in.</param>
    public void WriteHash(Span<byte> hash, params ReadOnlySpan<TypedDataType> others) => Keccak256.Hash(Encoding.UTF8.GetBytes(Encode(others)), hash);

    private void Collect(ReadOnlySpan<TypedDataType> others, SortedDictionary<string, TypedDataType> referenced)
    {
        if (!referenced.TryAdd(Name, this)) return;
        foreach (TypedDataField field in _fields)
        {
            int bracket = field.Type.IndexOf('[', StringComparison.Ordinal);
            string element = bracket < 0 ? field.Type : field.Type[..bracket];
            foreach (TypedDataType other in others)
            {
                if (other.Name == element) other.Collect(others, referenced);
            }
        }
    }

    private void Append(StringBuilder text)
    {
        text.Append(Name).Append('(');
        text.AppendJoin(',', _fields.Select(field => $"{field.Type} {field.Name}"));
        text.Append(')');
    }
}
