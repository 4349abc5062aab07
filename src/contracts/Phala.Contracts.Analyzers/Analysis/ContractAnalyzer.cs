using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Phala.Contracts.Analyzers.Rules;

namespace Phala.Contracts.Analyzers.Analysis;

/// <summary>Explains, as it is typed, everything that a contract may not do. It looks at assemblies that have a contract, and at all of their code that was written by hand.</summary>
/// <remarks>The compiler of contracts would refuse most of it too; what it accepts and this does not is code that differs from worker to worker, or does something else than its author means.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContractAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        CodeRules.FloatingPoint, CodeRules.Threads, CodeRules.InputOutput, CodeRules.Time, CodeRules.Randomness, CodeRules.Reflection, CodeRules.StaticState, CodeRules.Unordered, CodeRules.QueryWrites,
        CodeRules.QueryFails, CodeRules.Handlers, CodeRules.Iterators, CodeRules.Linq, CodeRules.Hosting, CodeRules.NullContext,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownNames.ContractAttribute) is not { } marker || !HasContract(start.Compilation.Assembly.GlobalNamespace, marker)) return;
            Register(start);
        });
    }

    private static void Register(CompilationStartAnalysisContext start)
    {
        start.RegisterOperationAction(
            static context => BannedCode.Check(context),
            OperationKind.Invocation, OperationKind.ObjectCreation, OperationKind.PropertyReference, OperationKind.FieldReference, OperationKind.MethodReference, OperationKind.TypeOf);
        start.RegisterOperationAction(static context => FloatingPoint.Check(context), OperationKind.Literal, OperationKind.Binary, OperationKind.Conversion, OperationKind.VariableDeclarator);
        start.RegisterOperationAction(CheckLoop, OperationKind.Loop);
        start.RegisterOperationAction(CheckContext, OperationKind.DefaultValue, OperationKind.Conversion, OperationKind.Invocation);
        start.RegisterSymbolAction(static context => FloatingPoint.CheckSignature(context), SymbolKind.Method, SymbolKind.Field, SymbolKind.Property);
        start.RegisterSymbolAction(CheckStatic, SymbolKind.Field, SymbolKind.Property);
        start.RegisterSyntaxNodeAction(CheckHandler, SyntaxKind.TryStatement, SyntaxKind.LockStatement, SyntaxKind.AwaitExpression, SyntaxKind.YieldReturnStatement, SyntaxKind.YieldBreakStatement);
        start.RegisterSyntaxNodeAction(static context => context.ReportDiagnostic(Diagnostic.Create(CodeRules.Linq, ((QueryExpressionSyntax)context.Node).FromClause.FromKeyword.GetLocation(), "from")), SyntaxKind.QueryExpression);
        start.RegisterSymbolStartAction(static context => MessageFlow.Register(context), SymbolKind.NamedType);
    }

    private static bool HasContract(INamespaceSymbol space, INamedTypeSymbol marker) =>
        space.GetTypeMembers().Any(type => type.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, marker)))
        || space.GetNamespaceMembers().Any(inner => HasContract(inner, marker));

    private static void CheckLoop(OperationAnalysisContext context)
    {
        if (context.Operation is not IForEachLoopOperation { Collection: var collection }) return;
        ITypeSymbol? type = (collection is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : collection).Type;
        INamedTypeSymbol? owner = type?.ContainingType ?? type as INamedTypeSymbol;
        if (owner is not { Name: "Dictionary" or "HashSet" or "IDictionary" or "ISet" } || owner.ContainingNamespace.ToDisplayString() != "System.Collections.Generic") return;
        context.ReportDiagnostic(Diagnostic.Create(CodeRules.Unordered, collection.Syntax.GetLocation(), collection.Syntax.ToString()));
    }

    private static void CheckContext(OperationAnalysisContext context)
    {
        // What another assembly's method gives as one was something else before: Unsafe.As.
        bool isMade = context.Operation is IDefaultValueOperation or IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: null } }
            || (context.Operation is IInvocationOperation call && !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingAssembly, context.Compilation.Assembly));
        if (!isMade || context.Operation.Type?.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) != KnownNames.QueryContext) return;
        context.ReportDiagnostic(Diagnostic.Create(CodeRules.NullContext, context.Operation.Syntax.GetLocation()));
    }

    private static void CheckStatic(SymbolAnalysisContext context)
    {
        ISymbol symbol = context.Symbol;
        if (!symbol.IsStatic || symbol.IsImplicitlyDeclared) return;
        bool changes = symbol switch
        {
            IFieldSymbol field => !field.IsConst && (!field.IsReadOnly || CanChange(field.Type)),
            IPropertySymbol property => BackingField(property) is { } field && (property.SetMethod is { IsInitOnly: false } || CanChange(field.Type)),
            _ => false,
        };
        if (changes) context.ReportDiagnostic(Diagnostic.Create(CodeRules.StaticState, symbol.Locations[0], symbol.Name));
    }

    private static IFieldSymbol? BackingField(IPropertySymbol property) =>
        property.ContainingType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));

    /// <summary>Whether what a variable refers to can change while the variable stays: arrays, collections, builders, objects with fields that can be set.</summary>
    private static bool CanChange(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol) return true;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named) return false;
        string space = named.ContainingNamespace.ToDisplayString();
        if (space == "System.Collections.Generic") return named.Name is not ("Comparer" or "EqualityComparer");
        return (space == "System.Text" && named.Name == "StringBuilder")
            || (named.Locations.Any(static location => location.IsInSource) && named.GetMembers().OfType<IFieldSymbol>().Any(static field => field is { IsStatic: false, IsReadOnly: false, IsConst: false }));
    }

    private static void CheckHandler(SyntaxNodeAnalysisContext context)
    {
        (DiagnosticDescriptor rule, SyntaxToken at) = context.Node switch
        {
            TryStatementSyntax statement => (CodeRules.Handlers, statement.TryKeyword),
            LockStatementSyntax statement => (CodeRules.Threads, statement.LockKeyword),
            AwaitExpressionSyntax expression => (CodeRules.Threads, expression.AwaitKeyword),
            _ => (CodeRules.Iterators, ((YieldStatementSyntax)context.Node).YieldKeyword),
        };
        context.ReportDiagnostic(Diagnostic.Create(rule, at.GetLocation(), at.Text));
    }
}
