using System.Reflection;
using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>A method's definition.</summary>
internal sealed class MethodDef
{
    private readonly Lazy<(string Module, string Name)?> _import;

    public MethodDef(TypeDef owner, MethodDefinitionHandle handle)
    {
        Owner = owner;
        Handle = handle;
        Row = owner.Image.Metadata.GetMethodDefinition(handle);
        Name = owner.Image.Metadata.GetString(Row.Name);
        Arity = Row.GetGenericParameters().Count;
        _import = new(() => Linking.HostFunctions.ImportOf(this));
    }

    public TypeDef Owner { get; }

    public MethodDefinitionHandle Handle { get; }

    public MethodDefinition Row { get; }

    public string Name { get; }

    public int Arity { get; }

    /// <summary>Module and name of the host function that takes its place, or null.</summary>
    public (string Module, string Name)? Import => _import.Value;

    public bool IsStatic => (Row.Attributes & MethodAttributes.Static) != 0;

    public bool IsVirtual => (Row.Attributes & MethodAttributes.Virtual) != 0;

    public bool IsAbstract => (Row.Attributes & MethodAttributes.Abstract) != 0;

    public bool IsNewSlot => (Row.Attributes & MethodAttributes.NewSlot) != 0;

    public bool HasBody => Row.RelativeVirtualAddress != 0;

    public bool WantsInlining => (Row.ImplAttributes & MethodImplAttributes.AggressiveInlining) != 0;

    public bool ForbidsInlining => (Row.ImplAttributes & MethodImplAttributes.NoInlining) != 0;

    public override string ToString() => $"{Owner}.{Name}";
}
