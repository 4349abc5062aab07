using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>Attributes that connect a program with its host, recognized by their full names.</summary>
internal static class HostFunctions
{
    private const string Space = "Phala.Contracts.Hosting";

    /// <summary>Module and name of the function that takes a method's place, or null.</summary>
    public static (string Module, string Name)? ImportOf(ClrMethod method) =>
        method.IsStatic && Strings(method.Definition, "HostFunctionAttribute") is [var module, var name] ? (module, name) : null;

    /// <summary>The name under which a method is exported, or null.</summary>
    public static string? ExportOf(MethodDef method) => Strings(method, "ContractExportAttribute") is [var name] ? name : null;

    /// <summary>Whether a method is told the message when something throws.</summary>
    public static bool IsRevertHandler(MethodDef method) => Strings(method, "RevertHandlerAttribute") is not null;

    private static string[]? Strings(MethodDef method, string attribute)
    {
        MetadataReader reader = method.Owner.Image.Metadata;
        foreach (CustomAttributeHandle handle in method.Row.GetCustomAttributes())
        {
            CustomAttribute row = reader.GetCustomAttribute(handle);
            if (TypeOf(reader, row.Constructor) is (Space, var name) && name == attribute) return ReadStrings(reader.GetBlobReader(row.Value));
        }

        return null;
    }

    private static (string Space, string Name) TypeOf(MetadataReader reader, EntityHandle constructor)
    {
        EntityHandle type = constructor.Kind switch
        {
            HandleKind.MemberReference => reader.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => reader.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default,
        };
        if (type.Kind == HandleKind.TypeReference)
        {
            TypeReference row = reader.GetTypeReference((TypeReferenceHandle)type);
            return (reader.GetString(row.Namespace), reader.GetString(row.Name));
        }

        if (type.IsNil || type.Kind != HandleKind.TypeDefinition) return ("", "");
        TypeDefinition definition = reader.GetTypeDefinition((TypeDefinitionHandle)type);
        return (reader.GetString(definition.Namespace), reader.GetString(definition.Name));
    }

    // The prolog, then strings as the attributes have them, then the number of named arguments.
    private static string[] ReadStrings(BlobReader blob)
    {
        List<string> found = [];
        if (blob.RemainingBytes < 2 || blob.ReadUInt16() != 1) return [];
        while (blob.RemainingBytes > 2) found.Add(blob.ReadSerializedString() ?? "");
        return [.. found];
    }
}
