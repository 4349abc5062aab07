using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Phala.Codec.Generator.Model;
using Phala.Codec.Generator.Reading;
using Phala.Contracts.Analyzers.Model;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Reading;

/// <summary>Reads constructors, commands and queries.</summary>
/// <param name="hasErrors">Whether the contract or interface has errors of its own.</param>
/// <param name="diagnostics">Where what is wrong is noted.</param>
internal sealed class MessageReader(bool hasErrors, List<DiagnosticModel> diagnostics)
{
    private readonly TypeReader _types = new();

    /// <summary>Reads a method that is marked; null where it is not.</summary>
    /// <param name="method">The method, or the interface's that it implements.</param>
    /// <param name="prefix">The interface's name to the outside.</param>
    internal MessageModel? Read(IMethodSymbol method, string? prefix)
    {
        if (Symbols.Find(method, KnownNames.ConstructorAttribute) is { } constructor) return Read(method, constructor, MessageKind.Constructor, null);
        if (Symbols.Find(method, KnownNames.CommandAttribute) is { } command) return Read(method, command, MessageKind.Command, prefix);
        return Symbols.Find(method, KnownNames.QueryAttribute) is { } query ? Read(method, query, MessageKind.Query, prefix) : null;
    }

    /// <summary>Notes messages of one name or selector.</summary>
    internal static void CheckDistinct(IReadOnlyList<(ISymbol At, MessageModel Message)> messages, List<DiagnosticModel> diagnostics)
    {
        for (int index = 1; index < messages.Count; index++)
        {
            (ISymbol at, MessageModel message) = messages[index];
            MessageModel? other = messages.Take(index).Select(static each => each.Message).FirstOrDefault(each => each.Selector == message.Selector || each.Label == message.Label);
            if (other is not null) diagnostics.Add(DiagnosticModel.At(at, ShapeRules.SameSelector, message.Method, message.Label, other.Method));
        }
    }

    private MessageModel? Read(IMethodSymbol method, AttributeData attribute, MessageKind kind, string? prefix)
    {
        bool isPublic = method.DeclaredAccessibility == Accessibility.Public && !method.IsStatic && method.TypeParameters.Length == 0;
        if (!isPublic || method.ReturnsByRef || method.ReturnsByRefReadonly || method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None || parameter.IsParams))
        {
            diagnostics.Add(DiagnosticModel.At(method, ShapeRules.MessageForm, method.Name));
            return null;
        }

        string? name = attribute.ConstructorArguments.FirstOrDefault().Value as string;
        string bare = name ?? RustNames.SnakeCase(method.Name);
        string label = prefix is null ? bare : $"{prefix}::{bare}";
        if (!label.Split(["::"], StringSplitOptions.None).All(IsIdentifier))
        {
            diagnostics.Add(DiagnosticModel.At(method, ShapeRules.MessageName, label));
            return null;
        }

        if (!TryReadFails(method, attribute, kind, out bool fails)) return null;
        if (ReadParameters(method, kind, out int contextAt) is not { } parameters) return null;
        TypeModel? returns = null;
        if (!method.ReturnsVoid && (returns = _types.Read(method.ReturnType)) is null)
        {
            NoEncoding(method, method.Name, method.ReturnType);
            return null;
        }

        uint selector = Named(attribute, "Selector") is uint given ? given : Blake2b.Selector(label);
        bool isPayable = Named(attribute, "Payable") is true;
        string called = kind == MessageKind.Constructor ? method.ContainingType.Name : method.Name;
        return new MessageModel(kind, called, label, selector, new(parameters), contextAt, returns, isPayable, fails, new(Documentation.Summary(method)));
    }

    /// <summary>Constructors and commands fail where there are errors, unless they say otherwise; queries where they say so.</summary>
    private bool TryReadFails(IMethodSymbol method, AttributeData attribute, MessageKind kind, out bool fails)
    {
        object? said = Named(attribute, "Fails");
        fails = hasErrors && (said is bool flag ? flag : kind != MessageKind.Query);
        if (said is not true || hasErrors) return true;
        diagnostics.Add(DiagnosticModel.At(method, ShapeRules.WithoutErrors, method.Name, method.ContainingType.Name));
        return false;
    }

    private ImmutableArray<PartModel>? ReadParameters(IMethodSymbol method, MessageKind kind, out int contextAt)
    {
        ImmutableArray<PartModel>.Builder parameters = ImmutableArray.CreateBuilder<PartModel>();
        contextAt = -1;
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).TrimEnd('?') == KnownNames.QueryContext)
            {
                if (kind == MessageKind.Query && contextAt < 0)
                {
                    contextAt = parameters.Count;
                    continue;
                }

                diagnostics.Add(DiagnosticModel.At(parameter, ShapeRules.CommandReachesOutside, method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name));
                return null;
            }

            if (_types.Read(parameter.Type) is not { } type)
            {
                NoEncoding(parameter, parameter.Name, parameter.Type);
                return null;
            }

            parameters.Add(new PartModel(parameter.Name, type));
        }

        return parameters.ToImmutable();
    }

    private static bool IsIdentifier(string part) =>
        part.Length > 0 && part[0] is not (>= '0' and <= '9') && part.All(static letter => letter is '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));

    private void NoEncoding(ISymbol at, string name, ITypeSymbol type) =>
        diagnostics.Add(DiagnosticModel.At(at, ShapeRules.NoEncoding, name, type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), _types.Problem));

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
