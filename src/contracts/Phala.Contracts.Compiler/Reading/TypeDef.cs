using System.Reflection;
using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>A type's definition, as its assembly has it.</summary>
internal sealed class TypeDef
{
    private readonly Lazy<MethodDef[]> _methods;
    private readonly Lazy<FieldDef[]> _fields;

    public TypeDef(AssemblyImage image, TypeDefinitionHandle handle, TypeDef? declaring)
    {
        Image = image;
        Handle = handle;
        Declaring = declaring;
        Row = image.Metadata.GetTypeDefinition(handle);
        Name = image.Metadata.GetString(Row.Name);
        Namespace = image.Metadata.GetString(Row.Namespace);
        FullName = declaring is not null ? $"{declaring.FullName}/{Name}" : Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
        Arity = Row.GetGenericParameters().Count;
        _methods = new(() => [.. Row.GetMethods().Select(method => new MethodDef(this, method))]);
        _fields = new(() => [.. Row.GetFields().Select((field, index) => new FieldDef(this, field, index))]);
    }

    public AssemblyImage Image { get; }

    public TypeDefinitionHandle Handle { get; }

    public TypeDef? Declaring { get; }

    public TypeDefinition Row { get; }

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>With namespace, nested types behind a slash.</summary>
    public string FullName { get; }

    /// <summary>How many type parameters it has, those of types around it included.</summary>
    public int Arity { get; }

    public MethodDef[] Methods => _methods.Value;

    public FieldDef[] Fields => _fields.Value;

    public bool IsInterface => (Row.Attributes & TypeAttributes.Interface) != 0;

    /// <summary>Made by the C# compiler rather than written.</summary>
    public bool IsGenerated => Name.StartsWith('<') || (Declaring?.IsGenerated ?? false);

    public override string ToString() => FullName;
}
