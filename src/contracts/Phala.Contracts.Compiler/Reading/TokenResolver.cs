using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>What the tokens in a method's code mean.</summary>
internal sealed class TokenResolver(TypeUniverse types)
{
    private readonly Dictionary<(AssemblyImage Image, int Token), object> _members = [];

    /// <summary>A type.</summary>
    public ClrType Type(AssemblyImage image, EntityHandle handle, GenericContext context)
    {
        SignatureTypes signatures = new(types, image);
        return handle.Kind switch
        {
            HandleKind.TypeDefinition => signatures.GetTypeFromDefinition(image.Metadata, (TypeDefinitionHandle)handle, 0),
            HandleKind.TypeReference => signatures.GetTypeFromReference(image.Metadata, (TypeReferenceHandle)handle, 0),
            HandleKind.TypeSpecification => image.Metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(signatures, context),
            _ => throw CompilationException.Invalid("a token is not of a type"),
        };
    }

    public ClrType Type(AssemblyImage image, int token, GenericContext context) => Type(image, Handle(token), context);

    /// <summary>A method.</summary>
    public ClrMethod Method(AssemblyImage image, int token, GenericContext context)
    {
        EntityHandle handle = Handle(token);
        if (handle.Kind != HandleKind.MethodSpecification) return Method(image, handle, [], context);
        MethodSpecification specification = image.Metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
        ClrType[] arguments = [.. specification.DecodeSignature(new SignatureTypes(types, image), context)];
        return Method(image, specification.Method, arguments, context);
    }

    /// <summary>A field.</summary>
    public ClrField Field(AssemblyImage image, int token, GenericContext context)
    {
        EntityHandle handle = Handle(token);
        if (handle.Kind == HandleKind.FieldDefinition)
        {
            FieldDefinitionHandle row = (FieldDefinitionHandle)handle;
            TypeDef owner = types.Definitions.Get(image, image.Metadata.GetFieldDefinition(row).GetDeclaringType());
            return types.FieldOf(FieldAt(owner, row), types.Instance(owner, owner.Arity == 0 ? [] : context.TypeArguments ?? []));
        }

        if (handle.Kind != HandleKind.MemberReference) throw CompilationException.Invalid("a token is not of a field");
        MemberReference reference = image.Metadata.GetMemberReference((MemberReferenceHandle)handle);
        ClrType type = Type(image, reference.Parent, context);
        string name = image.Metadata.GetString(reference.Name);
        if (type.Definition is null) throw Missing.Type(type);
        FieldDef? field = type.Definition.Fields.FirstOrDefault(each => each.Name == name);
        return field is null ? throw Missing.Member(type, name, []) : types.FieldOf(field, type);
    }

    /// <summary>A method definition's handle in code or in a MethodImpl.</summary>
    public ClrMethod Method(AssemblyImage image, EntityHandle handle, ClrType[] arguments, GenericContext context)
    {
        if (handle.Kind == HandleKind.MethodDefinition)
        {
            MethodDefinitionHandle row = (MethodDefinitionHandle)handle;
            TypeDef owner = types.Definitions.Get(image, image.Metadata.GetMethodDefinition(row).GetDeclaringType());
            MethodDef method = owner.Methods.FirstOrDefault(each => each.Handle == row) ?? throw CompilationException.Invalid("a method token leads nowhere");
            ClrType[] ownArguments = owner.Arity == 0 ? [] : context.TypeArguments ?? [.. Enumerable.Range(0, owner.Arity).Select(types.TypeParameter)];
            return types.Method(method, types.Instance(owner, ownArguments), arguments);
        }

        if (handle.Kind != HandleKind.MemberReference) throw CompilationException.Invalid("a token is not of a method");
        MemberReference reference = image.Metadata.GetMemberReference((MemberReferenceHandle)handle);
        ClrType type = Type(image, reference.Parent, context);
        if (type.Kind == TypeKind.Array) type = types.Core("System.Array");
        if (type.Definition is null) throw Missing.Type(type);
        return types.Method(Find(image, (MemberReferenceHandle)handle, reference, type), type, arguments);
    }

    private static FieldDef FieldAt(TypeDef owner, FieldDefinitionHandle handle)
    {
        int index = 0;
        foreach (FieldDefinitionHandle each in owner.Row.GetFields())
        {
            if (each == handle) return owner.Fields[index];
            index++;
        }

        throw CompilationException.Invalid("a field token leads nowhere");
    }

    private static EntityHandle Handle(int token)
    {
        try
        {
            return MetadataTokens.EntityHandle(token);
        }
        catch (ArgumentException)
        {
            throw CompilationException.Invalid("a token is of no table");
        }
    }

    // By name and signature, both in the definition's own terms.
    private MethodDef Find(AssemblyImage image, MemberReferenceHandle handle, MemberReference reference, ClrType type)
    {
        (AssemblyImage, int) key = (image, MetadataTokens.GetToken(handle));
        if (_members.TryGetValue(key, out object? known) && known is MethodDef method && method.Owner == type.Definition) return method;
        string name = image.Metadata.GetString(reference.Name);
        if (reference.GetKind() != MemberReferenceKind.Method) throw CompilationException.Invalid("a field is called");
        MethodSignature<ClrType> signature = reference.DecodeMethodSignature(new SignatureTypes(types, image), GenericContext.Open);
        MethodShape shape = new(signature.Header.IsInstance, signature.GenericParameterCount, signature.ReturnType, [.. signature.ParameterTypes]);
        foreach (MethodDef candidate in type.Definition!.Methods)
        {
            if (candidate.Name != name || !types.ShapeOf(candidate).Matches(shape)) continue;
            _members[key] = candidate;
            return candidate;
        }

        throw Missing.Member(type, name, shape.Parameters);
    }
}
