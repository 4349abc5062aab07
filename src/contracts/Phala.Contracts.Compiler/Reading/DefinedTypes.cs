using System.Reflection.Metadata;

namespace Phala.Contracts.Compiler.Reading;

/// <summary>The types that one assembly defines.</summary>
internal sealed class DefinedTypes
{
    private const int DeepestNesting = 32;

    private readonly AssemblyImage _image;
    private readonly Dictionary<TypeDefinitionHandle, TypeDef> _byHandle = [];
    private readonly Dictionary<string, TypeDef> _byName = new(StringComparer.Ordinal);

    public DefinedTypes(AssemblyImage image)
    {
        _image = image;
        All = [.. image.Metadata.TypeDefinitions.Select(handle => Add(handle, 0))];
    }

    /// <summary>In the assembly's order.</summary>
    public IReadOnlyList<TypeDef> All { get; }

    public TypeDef? Find(TypeDefinitionHandle handle) => _byHandle.GetValueOrDefault(handle);

    public TypeDef? Find(string fullName) => _byName.GetValueOrDefault(fullName);

    private TypeDef Add(TypeDefinitionHandle handle, int depth)
    {
        if (depth > DeepestNesting) throw new BadImageFormatException("types are nested too deeply");
        if (_byHandle.TryGetValue(handle, out TypeDef? known)) return known;
        TypeDefinitionHandle around = _image.Metadata.GetTypeDefinition(handle).GetDeclaringType();
        TypeDef made = new(_image, handle, around.IsNil ? null : Add(around, depth + 1));
        _byHandle[handle] = made;
        _byName.TryAdd(made.FullName, made);
        return made;
    }
}
