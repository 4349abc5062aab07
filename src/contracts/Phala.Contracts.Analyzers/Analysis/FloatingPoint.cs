using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Analysis;

/// <summary>Finds floating point: in literals, local variables, conversions, parameters, results, fields and properties.</summary>
internal static class FloatingPoint
{
    internal static void Check(OperationAnalysisContext context)
    {
        IOperation operation = context.Operation;
        ITypeSymbol? type = operation is Microsoft.CodeAnalysis.Operations.IVariableDeclaratorOperation declarator ? declarator.Symbol.Type : operation.Type;
        if (!Is(type) || operation.IsImplicit) return;

        // What is inside of an expression is reported once: where it begins.
        if (operation.Parent is { IsImplicit: false, Kind: OperationKind.Binary or OperationKind.Conversion } parent && Is(parent.Type)) return;
        if (operation is not Microsoft.CodeAnalysis.Operations.IVariableDeclaratorOperation && operation.Parent?.Parent?.Kind == OperationKind.VariableDeclarator) return;
        context.ReportDiagnostic(Diagnostic.Create(CodeRules.FloatingPoint, operation.Syntax.GetLocation(), operation.Syntax.ToString()));
    }

    internal static void CheckSignature(SymbolAnalysisContext context)
    {
        ISymbol symbol = context.Symbol;
        if (symbol.IsImplicitlyDeclared || symbol is IMethodSymbol { AssociatedSymbol: not null }) return;
        if (symbol is IMethodSymbol method)
        {
            foreach (IParameterSymbol parameter in method.Parameters.Where(static parameter => Is(parameter.Type))) Report(context, parameter);
            if (Is(method.ReturnType)) Report(context, method);
        }
        else if ((symbol is IFieldSymbol { AssociatedSymbol: null } field && Is(field.Type)) || (symbol is IPropertySymbol property && Is(property.Type)))
        {
            Report(context, symbol);
        }
    }

    private static void Report(SymbolAnalysisContext context, ISymbol symbol) => context.ReportDiagnostic(Diagnostic.Create(CodeRules.FloatingPoint, symbol.Locations[0], symbol.Name));

    private static bool Is(ITypeSymbol? type) => type switch
    {
        null => false,
        { SpecialType: SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal } => true,
        IArrayTypeSymbol array => Is(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } generic => generic.TypeArguments.Any(Is),
        _ => type.ToDisplayString() == "System.Half",
    };
}
