using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>Attributes that connect a program with its host, recognized by their full names.</summary>
internal static class HostFunctions
{
    private const string Space = "Phala.Contracts.Hosting";

    /// <summary>Module and name of the function that takes a method's place, or null.</summary>
    public static (string Module, string Name)? ImportOf(MethodDef method) =>
        method.IsStatic && Strings(method, "HostFunctionAttribute") is [var module, var name] ? (module, name) : null;

    /// <summary>The name under which a method is exported, or null.</summary>
    public static string? ExportOf(MethodDef method) => Strings(method, "ContractExportAttribute") is [var name] ? name : null;

    /// <summary>Whether a method is told the message when something throws.</summary>
    public static bool IsRevertHandler(MethodDef method) => Strings(method, "RevertHandlerAttribute") is not null;

    private static string[]? Strings(MethodDef method, string attribute) =>
        Attributes.Find(method.Owner.Image.Metadata, method.Row.GetCustomAttributes(), Space, attribute) is { } blob ? ReadStrings(blob) : null;

    // Strings as the attributes have them, then the number of named arguments.
    private static string[] ReadStrings(BlobReader blob)
    {
        List<string> found = [];
        while (blob.RemainingBytes > 2) found.Add(blob.ReadSerializedString() ?? "");
        return [.. found];
    }
}
