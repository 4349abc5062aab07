using System.Reflection;
using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>A field's definition.</summary>
internal sealed class FieldDef
{
    public FieldDef(TypeDef owner, FieldDefinitionHandle handle, int index)
    {
        Owner = owner;
        Row = owner.Image.Metadata.GetFieldDefinition(handle);
        Name = owner.Image.Metadata.GetString(Row.Name);
        Index = index;
    }

    public TypeDef Owner { get; }

    public FieldDefinition Row { get; }

    public string Name { get; }

    /// <summary>The position among the owner's fields, static ones included.</summary>
    public int Index { get; }

    public bool IsStatic => (Row.Attributes & FieldAttributes.Static) != 0;

    public bool IsLiteral => (Row.Attributes & FieldAttributes.Literal) != 0;

    public bool IsReadOnly => (Row.Attributes & FieldAttributes.InitOnly) != 0;

    public override string ToString() => $"{Owner}.{Name}";
}
