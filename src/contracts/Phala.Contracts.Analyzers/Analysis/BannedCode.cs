using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Analysis;

/// <summary>Finds members of the framework, and of the SDK, that a contract may not use.</summary>
internal static class BannedCode
{
    private static readonly string[] Clocks = ["DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeProvider", "TimeZoneInfo", "Stopwatch"];
    private static readonly string[] Machine = ["Console", "Environment", "AppContext", "AppDomain", "OperatingSystem", "GC", "Process", "Debug", "Trace"];
    private static readonly string[] Looking = ["Activator", "Attribute", "Delegate", "RuntimeHelpers"];

    internal static void Check(OperationAnalysisContext context)
    {
        ISymbol? symbol = context.Operation switch
        {
            IInvocationOperation invocation => invocation.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            IMemberReferenceOperation member => member.Member,
            _ => null,
        };
        if (symbol?.ContainingType is not { } type || context.Operation.IsImplicit || SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, context.Compilation.Assembly)) return;
        string space = type.ContainingNamespace.ToDisplayString();
        if (space == KnownNames.Hosting || (symbol.Name == "Enter" && type.Name == "QueryContext"))
        {
            if (!IsMarker(type)) Report(context, CodeRules.Hosting, symbol, type);
        }
        else if (space.StartsWith("System", StringComparison.Ordinal) && RuleOf(space, type.Name, symbol.Name) is { } rule)
        {
            Report(context, rule, symbol, type);
        }
    }

    private static DiagnosticDescriptor? RuleOf(string space, string type, string member)
    {
        if (Starts(space, "System.Threading") || type is "Parallel") return CodeRules.Threads;
        if (Starts(space, "System.IO") || Starts(space, "System.Net") || Starts(space, "System.Diagnostics") || Machine.Contains(type)) return type == "Stopwatch" ? CodeRules.Time : CodeRules.InputOutput;
        if (Clocks.Contains(type)) return CodeRules.Time;
        if (type is "Random" or "RandomNumberGenerator" || (type == "Guid" && member is "NewGuid" or "CreateVersion7")) return CodeRules.Randomness;
        if (Starts(space, "System.Reflection") || (space is "System" or "System.Runtime.CompilerServices" && Looking.Contains(type)) || type is "Type" || member == "GetType") return CodeRules.Reflection;
        return Starts(space, "System.Linq") ? CodeRules.Linq : null;
    }

    private static bool Starts(string space, string with) => space == with || space.StartsWith(with + ".", StringComparison.Ordinal);

    /// <summary>Attributes and the like: named by declarations, not used by code.</summary>
    private static bool IsMarker(INamedTypeSymbol type) => type.BaseType?.Name == "Attribute";

    private static void Report(OperationAnalysisContext context, DiagnosticDescriptor rule, ISymbol symbol, INamedTypeSymbol type)
    {
        string name = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? type.Name : $"{type.Name}.{symbol.Name}";
        context.ReportDiagnostic(Diagnostic.Create(rule, context.Operation.Syntax.GetLocation(), name));
    }
}
