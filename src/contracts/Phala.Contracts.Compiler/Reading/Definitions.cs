using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>The definitions of all assemblies, found by handle or by name.
/// What an assembly that is not among the inputs defines is looked for in the library of contracts: this is the whole type map.</summary>
internal sealed class Definitions
{
    private const int DeepestNesting = 32;

    private readonly Dictionary<AssemblyImage, DefinedTypes> _types = [];
    private readonly Dictionary<string, AssemblyImage> _images = new(StringComparer.Ordinal);

    public Definitions(IEnumerable<AssemblyImage> images)
    {
        _types[CoreImage] = CoreLibrary.Types;
        _images[CoreImage.Name] = CoreImage;
        foreach (AssemblyImage image in images)
        {
            _types[image] = new DefinedTypes(image);
            _images.TryAdd(image.Name, image);
        }
    }

    /// <summary>The library of contracts.</summary>
    public AssemblyImage CoreImage { get; } = CoreLibrary.Assembly;

    /// <summary>All definitions of an assembly, in its order.</summary>
    public IEnumerable<TypeDef> Of(AssemblyImage image) => _types[image].All;

    /// <summary>A definition by its handle.</summary>
    public TypeDef Get(AssemblyImage image, TypeDefinitionHandle handle) =>
        _types[image].Find(handle) is { } found ? found : throw CompilationException.Invalid("a type token leads nowhere");

    /// <summary>A definition of the library of contracts, or null.</summary>
    public static TypeDef? FindCore(string fullName) => CoreLibrary.Types.Find(fullName);

    /// <summary>What a reference means, or null if no input has it.</summary>
    public TypeDef? Resolve(AssemblyImage image, TypeReferenceHandle handle)
    {
        MetadataReader reader = image.Metadata;
        TypeReference reference = reader.GetTypeReference(handle);
        string name = FullNameOf(reader, reference, 0);
        EntityHandle scope = reference.ResolutionScope;
        for (int depth = 0; scope.Kind == HandleKind.TypeReference && depth < DeepestNesting; depth++) scope = reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        if (scope.Kind == HandleKind.AssemblyReference)
        {
            string assembly = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
            if (_images.TryGetValue(assembly, out AssemblyImage? other) && _types[other].Find(name) is { } found) return found;
        }
        else if (_types[image].Find(name) is { } own)
        {
            return own;
        }

        return FindCore(name);
    }

    /// <summary>A reference's name, nested types behind a slash.</summary>
    public static string NameOf(AssemblyImage image, TypeReferenceHandle handle) => FullNameOf(image.Metadata, image.Metadata.GetTypeReference(handle), 0);

    /// <summary>The full name of a definition's base type; empty where it has none or a generic one.</summary>
    public static string BaseNameOf(TypeDef definition)
    {
        EntityHandle handle = definition.Row.BaseType;
        if (handle.IsNil) return "";
        return handle.Kind switch
        {
            HandleKind.TypeReference => NameOf(definition.Image, (TypeReferenceHandle)handle),
            HandleKind.TypeDefinition => PlainNameOf(definition.Image, (TypeDefinitionHandle)handle),
            _ => "",
        };
    }

    private static string PlainNameOf(AssemblyImage image, TypeDefinitionHandle handle)
    {
        TypeDefinition row = image.Metadata.GetTypeDefinition(handle);
        return $"{image.Metadata.GetString(row.Namespace)}.{image.Metadata.GetString(row.Name)}";
    }

    private static string FullNameOf(MetadataReader reader, TypeReference reference, int depth)
    {
        if (depth > DeepestNesting) throw CompilationException.Invalid("type references are nested too deeply");
        string name = reader.GetString(reference.Name);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            return $"{FullNameOf(reader, reader.GetTypeReference((TypeReferenceHandle)reference.ResolutionScope), depth + 1)}/{name}";
        }

        string space = reader.GetString(reference.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }
}
