using System.Reflection;
using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>A method's definition.</summary>
internal sealed class MethodDef
{
    public MethodDef(TypeDef owner, MethodDefinitionHandle handle)
    {
        Owner = owner;
        Handle = handle;
        Row = owner.Image.Metadata.GetMethodDefinition(handle);
        Name = owner.Image.Metadata.GetString(Row.Name);
        Arity = Row.GetGenericParameters().Count;
    }

    public TypeDef Owner { get; }

    public MethodDefinitionHandle Handle { get; }

    public MethodDefinition Row { get; }

    public string Name { get; }

    public int Arity { get; }

    /// <summary>In terms of the type's and the method's parameters; set when it is first asked for.</summary>
    public MethodShape? Shape { get; set; }

    /// <summary>The decoded body; set when it is first asked for.</summary>
    public MethodBody? Body { get; set; }

    public bool IsStatic => (Row.Attributes & MethodAttributes.Static) != 0;

    public bool IsVirtual => (Row.Attributes & MethodAttributes.Virtual) != 0;

    public bool IsAbstract => (Row.Attributes & MethodAttributes.Abstract) != 0;

    public bool IsNewSlot => (Row.Attributes & MethodAttributes.NewSlot) != 0;

    public bool HasBody => Row.RelativeVirtualAddress != 0;

    public bool WantsInlining => (Row.ImplAttributes & MethodImplAttributes.AggressiveInlining) != 0;

    public bool ForbidsInlining => (Row.ImplAttributes & MethodImplAttributes.NoInlining) != 0;

    public override string ToString() => $"{Owner}.{Name}";
}
