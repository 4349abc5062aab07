using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>Turns the types in signatures into <see cref="ClrType"/>.</summary>
internal sealed class SignatureTypes(TypeUniverse types, AssemblyImage image) : ISignatureTypeProvider<ClrType, GenericContext>
{
    public ClrType GetArrayType(ClrType elementType, ArrayShape shape) => types.Unusable(TypeKind.Missing, $"{elementType}[{new string(',', Math.Clamp(shape.Rank - 1, 0, 32))}]");

    public ClrType GetByReferenceType(ClrType elementType) => types.ReferenceTo(elementType);

    public ClrType GetFunctionPointerType(MethodSignature<ClrType> signature) => types.FunctionPointer();

    public ClrType GetGenericInstantiation(ClrType genericType, ImmutableArray<ClrType> typeArguments) =>
        genericType.Definition is { } definition
            ? types.Instance(definition, [.. typeArguments])
            : types.Unusable(TypeKind.Missing, $"{genericType.Name.Split('`')[0]}<{string.Join(", ", typeArguments)}>");

    public ClrType GetGenericMethodParameter(GenericContext genericContext, int index) =>
        genericContext.MethodArguments is { } arguments ? At(arguments, index) : types.MethodParameter(index);

    public ClrType GetGenericTypeParameter(GenericContext genericContext, int index) =>
        genericContext.TypeArguments is { } arguments ? At(arguments, index) : types.TypeParameter(index);

    public ClrType GetModifiedType(ClrType modifier, ClrType unmodifiedType, bool isRequired) => unmodifiedType;

    public ClrType GetPinnedType(ClrType elementType) => elementType;

    public ClrType GetPointerType(ClrType elementType) => types.PointerTo(elementType);

    public ClrType GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Single or PrimitiveTypeCode.Double => types.Unusable(TypeKind.Floating, typeCode == PrimitiveTypeCode.Single ? "float" : "double"),
        PrimitiveTypeCode.TypedReference => types.Unusable(TypeKind.Missing, "System.TypedReference"),
        _ => types.Core($"System.{typeCode}"),
    };

    public ClrType GetSZArrayType(ClrType elementType) => types.ArrayOf(elementType);

    public ClrType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Plain(types.Definitions.Get(image, handle));

    public ClrType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeDef? found = types.Definitions.Resolve(image, handle);
        return found is null ? Missing(Definitions.NameOf(image, handle)) : Plain(found);
    }

    public ClrType GetTypeFromSpecification(MetadataReader reader, GenericContext genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        throw new BadImageFormatException("a type specification stands inside of a signature");

    // The arguments of a generic definition follow in GetGenericInstantiation; here it only has to be named.
    private ClrType Plain(TypeDef definition) =>
        definition.Arity == 0 ? types.Instance(definition, []) : types.Instance(definition, [.. Enumerable.Range(0, Math.Min(definition.Arity, 64)).Select(types.TypeParameter)]);

    private ClrType Missing(string name) =>
        types.Unusable(name is "System.Decimal" or "System.Half" or "System.Single" or "System.Double" ? TypeKind.Floating : TypeKind.Missing, name);

    private static ClrType At(ClrType[] arguments, int index) =>
        index < arguments.Length ? arguments[index] : throw new BadImageFormatException("a type parameter has no argument");
}
